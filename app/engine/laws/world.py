"""Check the world every few minutes, within a bound of time, and keep a report.

States are checked in turns: each check goes on where the last one ended, so that every
aggregate's turn comes. The rest is checked as a whole.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from time import monotonic
from typing import Any

from sqlalchemy import delete, insert

from app.core.message import Ref
from app.core.units import DAY_MS, MINUTE_MS
from app.engine import checkpoint
from app.engine.laws.galaxy import Checked
from app.engine.laws.sectors import Sectors
from app.engine.laws.states import FIRST, States
from app.engine.laws.subjects import settled
from app.engine.laws.timers import Timers
from app.engine.peeks import cut
from app.engine.postgres import world_checks

READER = "world"
STUCK_MS = MINUTE_MS
"""How late a timer may be before something is wrong with it."""
STATES_A_TIME = 25
"""Aggregates between two rests."""
SHOWN_MAX = 20
KEPT_MS = 30 * DAY_MS

Wrong = Mapping[Any, str]
Orphans = Callable[[Checked], Wrong]
"""Names what the game itself would call an orphan."""


def _go_on() -> None:
    return


def check_world(
    checked: Checked,
    orphans: Orphans,
    *,
    now_ms: int,
    budget_s: float,
    rest: Callable[[], None] = _go_on,
) -> dict[str, Any]:
    """Check, write the report to `world_checks`, and give it.

    `rest` is called between pieces of the work, which take up to `budget_s` with it.
    """
    timers, sectors = Timers(checked), Sectors(checked)
    states, wrong_states = _states(checked, budget_s, rest)
    places, wrong_places = settled(sectors.check, sectors.batches())
    report = {
        "states": _line(wrong_states, checked=states),
        "sectors": _line(wrong_places, checked=places),
        "stuck_timers": _line(timers.stuck(now_ms - STUCK_MS)),
        "orphan_timers": _line(timers.orphans()),
        "orphans": _line(orphans(checked)),
    }
    _keep(checked, report, now_ms)
    return report


def problems(report: Mapping[str, Mapping[str, Any]]) -> int:
    """Count what a report calls wrong."""
    return sum(line["wrong"] for line in report.values())


def _states(
    checked: Checked, budget_s: float, rest: Callable[[], None]
) -> tuple[int, Wrong]:
    states = States(checked)
    with checked.postgres.connect() as connection:
        _position, carry = checkpoint.carried(connection, checked.id, READER)
    turn = _Turn(Ref(*carry.get("after", FIRST)), monotonic() + budget_s, rest)
    result = settled(states.check, turn.batches(states), states.recheck)
    with checked.postgres.begin() as connection:
        after = {"after": list(turn.after)}
        checkpoint.carry(connection, checked.id, READER, position=0, carry=after)
    return result


class _Turn:
    """Take aggregates from a place on until the time is up; `after` is where next."""

    def __init__(self, after: Ref, deadline: float, rest: Callable[[], None]) -> None:
        self.after = after
        self._deadline = deadline
        self._rest = rest

    def batches(self, states: States) -> Iterator[list[Ref]]:
        named = chain.from_iterable(states.batches(self.after))
        for refs in cut(named, STATES_A_TIME):
            if monotonic() > self._deadline:
                return
            yield refs
            self.after = refs[-1]
            self._rest()
        self.after = FIRST


def _line(wrong: Wrong, **counts: int) -> dict[str, Any]:
    shown = {str(subject): what for subject, what in list(wrong.items())[:SHOWN_MAX]}
    return counts | {"wrong": len(wrong), "shown": shown}


def _keep(checked: Checked, report: dict[str, Any], now_ms: int) -> None:
    row = {"galaxy": checked.id, "at_ms": now_ms, "report": report}
    with checked.postgres.begin() as connection:
        connection.execute(insert(world_checks), row | {"problems": problems(report)})
        connection.execute(
            delete(world_checks).where(
                world_checks.c.galaxy == checked.id,
                world_checks.c.at_ms < now_ms - KEPT_MS,
            )
        )
