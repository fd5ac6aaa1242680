"""Detect actions that follow one another as regularly as no hand is.

At least `ACTIONS_MIN` arrivals whose intervals deviate by less than `DEVIATION_MAX_MS`
at a mean below `MEAN_MAX_MS`. A lag spike or a reconnect hands over in one burst what
was sent over seconds, so a burst counts as one arrival.

A hand that hits one key again and again is regular, too: its intervals deviate by a
twentieth and more. And a client that sends what waited while it was offline, one after
the other, keeps the time of its connection. So a short run must be steadier than a hand
and slower than a connection; a long one need not be.
"""

from collections.abc import Iterable, Sequence
from math import isqrt

from msgspec.structs import replace

from app.core.units import SECOND_MS
from app.game.anticheat.model.flag import (
    CONFIDENCE_MAX,
    EPISODE_MS_MAX,
    Flag,
    is_over,
)
from app.game.anticheat.model.traces import Action
from app.game.anticheat.model.watch import Rhythm, Routine, Run

TIMING = "machine_timing"

ACTIONS_MIN = 10
DEVIATION_MAX_MS = 50
MEAN_MAX_MS = SECOND_MS
BURST_MS = 100
"""What follows sooner came in the same burst; limits let nobody play that fast."""
GAP_MAX_MS = MEAN_MAX_MS + 3 * DEVIATION_MAX_MS
"""No interval of a regular window is longer."""
STEADY_ACTIONS = 20
"""From here on a run needs not be steadier than a hand."""
STEADY_PERCENT = 4
"""How far intervals of a shorter run may deviate, in percent of their mean."""
ROUND_TRIP_MS = 300
"""The mean of a shorter run is at least this."""
CONFIDENCE_MIN = 30
"""What is less sure is not worth a look."""

INTERVALS_KEPT = 20
NAMES_KEPT = 8
_WINDOW = ACTIONS_MIN - 1


def listen(before: Rhythm, actions: Iterable[Action]) -> tuple[Rhythm, list[Routine]]:
    """Go through a player's next actions; give what to remember, and what is regular.

    However the actions are cut into stretches, the routines come out the same: the
    last one may go on in the next stretch, and then comes again, longer.
    """
    ear = _Ear(before)
    known = ear.routines()
    for action in actions:
        ear.hear(action)
    return ear.rhythm(), [one for one in ear.routines() if one not in known]


def timing(player: str, routine: Routine) -> Flag | None:
    """Flag an episode. Longer and more regular is surer."""
    run = routine.longest
    intervals = run.actions - 1
    deviation_ms = isqrt(_spread(run)) // intervals
    regular_percent = 100 - 100 * deviation_ms // DEVIATION_MAX_MS
    confidence = 15 + 2 * (routine.actions - ACTIONS_MIN) + regular_percent * 3 // 10
    if confidence < CONFIDENCE_MIN:
        return None
    return Flag(
        player=player,
        detector=TIMING,
        at_ms=routine.began_ms,
        confidence_percent=min(confidence, CONFIDENCE_MAX),
        evidence={
            "runs": routine.runs,
            "actions": run.actions,
            "mean_ms": run.total_ms // intervals,
            "deviation_ms": deviation_ms,
            "intervals_ms": list(run.intervals),
            "commands": sorted(run.names),
        },
    )


def is_silent(rhythm: Rhythm, now_ms: int) -> bool:
    """Tell whether nothing of a rhythm matters for what comes next."""
    for one in (rhythm.run, rhythm.routine):
        if one is not None and not is_over(one.began_ms, one.last_ms, now_ms):
            return False
    return now_ms - rhythm.arrival_ms > GAP_MAX_MS


class _Ear:
    """Hear actions one after the other."""

    def __init__(self, before: Rhythm) -> None:
        self._seen_ms = before.seen_ms
        self._arrival_ms = before.arrival_ms
        self._gaps = list(before.gaps)
        self._names = list(before.names)
        self._run = before.run
        self._kept = before.routine
        self._ended: list[Routine] = []

    def hear(self, action: Action) -> None:
        at_ms = action.at_ms
        is_burst = at_ms - self._seen_ms < BURST_MS
        self._seen_ms = at_ms
        if is_burst:
            return
        gap_ms, self._arrival_ms = at_ms - self._arrival_ms, at_ms
        if gap_ms > GAP_MAX_MS:
            self._break()
            self._names = [action.name]
            return
        self._gaps = [*self._gaps[1 - _WINDOW :], gap_ms]
        self._names = [*self._names[-_WINDOW:], action.name]
        if len(self._gaps) == _WINDOW and _is_regular(self._gaps):
            self._go_on(gap_ms, action.name)
        elif self._run is not None:
            self._end()

    def rhythm(self) -> Rhythm:
        return Rhythm(
            self._seen_ms,
            self._arrival_ms,
            tuple(self._gaps),
            tuple(self._names),
            self._run,
            self._ended[-1] if self._ended else self._kept,
        )

    def routines(self) -> list[Routine]:
        """Give every episode that these actions began or prolonged."""
        run, last = self._run, self._ended[-1] if self._ended else self._kept
        if run is None or not _counts(run):
            return [*self._ended]
        going = _joined(last, run)
        if self._ended and going.began_ms == self._ended[-1].began_ms:
            return [*self._ended[:-1], going]
        return [*self._ended, going]

    def _go_on(self, gap_ms: int, name: str) -> None:
        if self._run is None:
            self._run = _begun(self._arrival_ms, self._gaps, self._names)
        else:
            self._run = _longer(self._run, self._arrival_ms, gap_ms, name)
        if self._arrival_ms - self._run.began_ms > EPISODE_MS_MAX:
            self._break()

    def _break(self) -> None:
        if self._run is not None:
            self._end()
        self._gaps = []

    def _end(self) -> None:
        run, self._run = self._run, None
        if run is None or not _counts(run):
            return
        self._gaps = []  # no action counts in two runs
        last = self._ended[-1] if self._ended else self._kept
        joined = _joined(last, run)
        if self._ended and joined.began_ms == self._ended[-1].began_ms:
            self._ended[-1] = joined
        else:
            self._ended.append(joined)


def _begun(at_ms: int, gaps: Sequence[int], names: Sequence[str]) -> Run:
    return Run(
        began_ms=at_ms - sum(gaps),
        last_ms=at_ms,
        actions=len(gaps) + 1,
        total_ms=sum(gaps),
        squares=sum(gap * gap for gap in gaps),
        intervals=tuple(gaps),
        names=tuple(dict.fromkeys(names))[:NAMES_KEPT],
    )


def _longer(run: Run, at_ms: int, gap_ms: int, name: str) -> Run:
    return replace(
        run,
        last_ms=at_ms,
        actions=run.actions + 1,
        total_ms=run.total_ms + gap_ms,
        squares=run.squares + gap_ms * gap_ms,
        intervals=(*run.intervals, gap_ms)[:INTERVALS_KEPT],
        names=tuple(dict.fromkeys((*run.names, name)))[:NAMES_KEPT],
    )


def _joined(routine: Routine | None, run: Run) -> Routine:
    """Add a run to the episode that it belongs to, or begin one."""
    if routine is None or is_over(routine.began_ms, routine.last_ms, run.began_ms):
        return Routine(run.began_ms, run.last_ms, 1, run.actions, run)
    return Routine(
        routine.began_ms,
        run.last_ms,
        routine.runs + 1,
        routine.actions + run.actions,
        max(routine.longest, run, key=lambda one: one.actions),
    )


def _is_regular(gaps: Sequence[int]) -> bool:
    """Compare mean and deviation, multiplied out: integers are exact."""
    total, squares = sum(gaps), sum(gap * gap for gap in gaps)
    count = len(gaps)
    is_quick = total < count * MEAN_MAX_MS
    return (
        is_quick and count * squares - total * total < (count * DEVIATION_MAX_MS) ** 2
    )


def _spread(run: Run) -> int:
    """Give the square of the intervals' deviation, times that of their count."""
    return (run.actions - 1) * run.squares - run.total_ms * run.total_ms


def _counts(run: Run) -> bool:
    if run.actions >= STEADY_ACTIONS:
        return True
    if run.total_ms < (run.actions - 1) * ROUND_TRIP_MS:
        return False
    return _spread(run) * 100**2 < (run.total_ms * STEADY_PERCENT) ** 2
