"""Look at a stretch of the history with every detector.

What a detector found is an episode. One that goes on in the next stretch is raised
again, surer; however the history is cut into stretches, the episodes are the same.
"""

from collections.abc import Callable
from typing import TypeVar

from app.game.anticheat.model.flag import Flag, is_over
from app.game.anticheat.model.traces import Seen
from app.game.anticheat.model.watch import Boast, Hurry, Rhythm, Watch
from app.game.anticheat.rules.arrivals import hasten, impossible_arrivals, is_past
from app.game.anticheat.rules.claims import add, impossible_claims
from app.game.anticheat.rules.speed import impossible_speed
from app.game.anticheat.rules.timing import is_silent, listen, timing
from app.game.anticheat.rules.transfers import one_way_transfers

PLAYERS_MAX = 20_000
"""Players of whom one detector remembers something; past it the oldest give way."""

Kept = TypeVar("Kept")


def watch(before: Watch, seen: Seen) -> tuple[Watch, list[Flag]]:
    """Look at what is new together with what was kept; keep what may still matter."""
    flags: list[Flag | None] = []
    rhythms, boasts = dict(before.rhythms), dict(before.boasts)
    hurries = dict(before.hurries)
    for player, actions in seen.actions.items():
        rhythms[player], routines = listen(rhythms.pop(player, Rhythm()), actions)
        flags += [timing(player, routine) for routine in routines]
    for player, claims in seen.claims.items():
        for boast in add(boasts.pop(player, None), claims):
            boasts[player] = boast
            flags.append(impossible_claims(player, boast))
    for player, forecasts in seen.forecasts.items():
        for hurry in hasten(hurries.pop(player, None), forecasts):
            hurries[player] = hurry
            flags.append(impossible_arrivals(player, hurry))
    flags += impossible_speed(seen.legs)
    for pair in seen.pairs:
        flags += one_way_transfers(pair)
    kept = _kept(rhythms, boasts, hurries, seen.at_ms)
    return kept, [flag for flag in flags if flag is not None]


def _kept(
    rhythms: dict[str, Rhythm],
    boasts: dict[str, Boast],
    hurries: dict[str, Hurry],
    now_ms: int,
) -> Watch:
    heard = {
        player: one for player, one in rhythms.items() if not is_silent(one, now_ms)
    }
    boasting = {
        player: one
        for player, one in boasts.items()
        if not is_over(one.began_ms, one.last_ms, now_ms)
    }
    hurried = {
        player: one for player, one in hurries.items() if not is_past(one, now_ms)
    }
    return Watch(
        rhythms=_newest(heard, lambda one: one.seen_ms),
        boasts=_newest(boasting, lambda one: one.last_ms),
        hurries=_newest(hurried, lambda one: one.last_ms),
    )


def _newest(kept: dict[str, Kept], last_ms: Callable[[Kept], int]) -> dict[str, Kept]:
    """Let the oldest of what is too much give way."""
    if len(kept) <= PLAYERS_MAX:
        return kept
    ordered = sorted(kept.items(), key=lambda item: last_ms(item[1]))
    return dict(ordered[-PLAYERS_MAX:])
