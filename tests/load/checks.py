"""Compare what a bot folded with fresh snapshots: law L2, from outside."""

import asyncio
from contextlib import suppress
from random import Random

from tests.load.client import Dropped
from tests.load.folding import Views
from tests.load.link import Link
from tests.load.sight import FULL
from tests.load.tally import Tally

LOOKS_MAX, LOOK_PAUSE_S = 10, 0.2
SECTORS_MAX = 2
BATTLES_MAX = 2


async def check_views(
    own: str, views: Views, link: Link, tally: Tally, draws: Random
) -> None:
    """Compare the own room, and some of the sectors and battles that are seen."""
    full = [room for room, _view in views.sectors() if room.endswith(FULL)]
    busy = [room for room in full if (views.get(room) or {}).get("fleets")]
    sectors = draws.sample(busy or full, min(SECTORS_MAX, len(busy or full)))
    battles = [f"battle:{name}" for name in views.battles()][-BATTLES_MAX:]
    for room in (own, *sectors, *battles):
        for _ in range(LOOKS_MAX):
            with suppress(Dropped, TimeoutError):
                if await _is_checked(room, views, link, tally):
                    break
            await asyncio.sleep(LOOK_PAUSE_S)


async def _is_checked(room: str, views: Views, link: Link, tally: Tally) -> bool:
    seq, snapshot = await link.look(room)
    view, known = views.get(room), link.hearing.seqs().get(room)
    if view is None or known is None:  # it was left meanwhile
        return True
    if seq != known:
        return False
    tally.checked[room.partition(":")[0]] += 1
    if view != snapshot:
        tally.flaw(f"{room} at {seq}: {view} is not {snapshot}")
    return True
