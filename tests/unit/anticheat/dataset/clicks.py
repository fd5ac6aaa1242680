"""Make traces of actions: people at their best and worst, and scripts that hide."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from random import Random

from app.game.anticheat.model.traces import Action
from app.game.anticheat.rules.timing import TIMING
from tests.unit.anticheat.dataset.trace import PLAYER, START_MS, Trace

COMMANDS = ("Build", "Train", "MoveFleet", "StartResearch", "RenameColony")


def _trace(gaps: Iterable[float], *, cheats: bool, names: Sequence[str] = ()) -> Trace:
    at_ms = float(START_MS)
    actions = [Action(int(at_ms), "Build")]
    for i, gap in enumerate(gaps):
        at_ms += gap
        name = names[i % len(names)] if names else COMMANDS[i % len(COMMANDS)]
        actions.append(Action(int(at_ms), name))
    return Trace(
        detector=TIMING if cheats else "",
        culprits=frozenset({PLAYER} if cheats else ()),
        actions={PLAYER: actions},
    )


def person(chance: Random, count: int = 80) -> list[float]:
    """Act now and then, sometimes a few clicks at once."""
    pace = chance.uniform(6.6, 7.6)
    return [chance.lognormvariate(pace, 0.7) + 150 for _ in range(count)]


def arrived(
    gaps: Sequence[float],
    chance: Random,
    *,
    jitter_ms: float = 25,
    spikes: float = 0.03,
    spike_ms: float = 3_000,
) -> list[float]:
    """Send what was done at `gaps` through a network that jitters and stands still.

    What waits during a spike comes in one burst; nothing overtakes.
    """
    sent, late, last = 0.0, 0.0, 0.0
    arrivals = []
    for gap in gaps:
        sent += gap
        if chance.random() < spikes:
            late = sent + chance.uniform(300, spike_ms)
        last = max(last + chance.uniform(0, 8), sent + _jitter(chance, jitter_ms), late)
        arrivals.append(last)
    return [after - before for before, after in pairwise([0.0, *arrivals])]


def _jitter(chance: Random, mean_ms: float) -> float:
    return chance.expovariate(1 / mean_ms) if mean_ms else 0.0


def ordinary_player(chance: Random) -> Trace:
    return _trace(arrived(person(chance), chance), cheats=False)


def fast_clicker(chance: Random) -> Trace:
    """Hit one button again and again, as fast as a hand does."""
    gaps: list[float] = []
    for _ in range(chance.randint(5, 14)):
        pace, rough = chance.uniform(130, 270), chance.uniform(0.08, 0.25)
        clicks = chance.randint(3, 16)
        gaps += [max(60.0, chance.gauss(pace, pace * rough)) for _ in range(clicks)]
        gaps.append(chance.lognormvariate(8, 0.6))
    return _trace(arrived(gaps, chance, jitter_ms=8), cheats=False, names=("Train",))


def steady_hand(chance: Random) -> Trace:
    """Click through a list, one line after the other, as steadily as a hand can."""
    gaps: list[float] = []
    for _ in range(chance.randint(3, 8)):
        pace, rough = chance.uniform(350, 900), chance.uniform(0.06, 0.14)
        clicks = chance.randint(5, 14)
        gaps += [max(60.0, chance.gauss(pace, pace * rough)) for _ in range(clicks)]
        gaps.append(chance.lognormvariate(8, 0.6))
    return _trace(arrived(gaps, chance, jitter_ms=10), cheats=False, names=("Train",))


def lag_spikes(chance: Random) -> Trace:
    gaps = arrived(
        person(chance, 120), chance, jitter_ms=60, spikes=0.15, spike_ms=12_000
    )
    return _trace(gaps, cheats=False)


def reconnect_bursts(chance: Random) -> Trace:
    """Queue commands while offline; the client sends them once it is back.

    Some clients send all at once, some wait for each answer before the next.
    """
    gaps: list[float] = []
    for _ in range(chance.randint(3, 8)):
        gaps += person(chance, chance.randint(3, 10))
        gaps.append(chance.uniform(5_000, 60_000))
        queued = chance.randint(2, 14)
        trip = chance.choice((5, 40, 90, 160, 240))
        gaps += [trip + _jitter(chance, trip / 12) for _ in range(queued)]
    return _trace(gaps, cheats=False)


def routine_player(chance: Random) -> Trace:
    """Go through all colonies in the same order day by day, at one's own pace."""
    pace, rough = chance.uniform(550, 1_400), chance.uniform(0.18, 0.35)
    gaps: list[float] = []
    for _ in range(chance.randint(6, 20)):
        steps = chance.randint(4, 9)
        gaps += [max(200.0, chance.gauss(pace, pace * rough)) for _ in range(steps)]
        gaps.append(chance.uniform(1_500, 9_000))
    return _trace(arrived(gaps, chance), cheats=False)


def held_key(chance: Random) -> Trace:
    """Hold a key down: the keyboard repeats it thirty times a second."""
    gaps: list[float] = []
    for _ in range(chance.randint(2, 6)):
        gaps += person(chance, 8)
        gaps += [chance.gauss(33, 2) for _ in range(chance.randint(10, 60))]
    return _trace(gaps, cheats=False, names=("Train",))


def batches(chance: Random) -> Trace:
    """Send several commands in one message, as clients may."""
    gaps: list[float] = []
    for _ in range(chance.randint(4, 12)):
        gaps.append(chance.lognormvariate(9, 0.8))
        gaps += [chance.uniform(0.5, 6) for _ in range(chance.randint(3, 19))]
    return _trace(gaps, cheats=False)


def timer(chance: Random) -> Trace:
    """Act by a timer."""
    pace = chance.uniform(250, 950)
    gaps = [pace] * chance.randint(15, 150)
    return _trace(arrived(gaps, chance, jitter_ms=10, spikes=0.005), cheats=True)


def jittered_timer(chance: Random) -> Trace:
    """Act by a timer with some noise added, to look alive."""
    pace, noise = chance.uniform(300, 900), chance.uniform(15, 70)
    gaps = [
        pace + chance.uniform(-noise, noise) for _ in range(chance.randint(25, 150))
    ]
    return _trace(arrived(gaps, chance, jitter_ms=8, spikes=0.005), cheats=True)


def hidden_timer(chance: Random) -> Trace:
    """Let a script do parts of the play, between what a person does."""
    gaps: list[float] = []
    for _ in range(chance.randint(2, 6)):
        gaps += person(chance, chance.randint(10, 25))
        pace = chance.uniform(300, 900)
        gaps += [pace + chance.gauss(0, 12) for _ in range(chance.randint(12, 40))]
    return _trace(arrived(gaps, chance, jitter_ms=10, spikes=0.01), cheats=True)


def quick_script(chance: Random) -> Trace:
    """Act faster than any hand for long."""
    pace = chance.uniform(120, 280)
    gaps = [pace + chance.gauss(0, 10) for _ in range(chance.randint(30, 120))]
    return _trace(arrived(gaps, chance, jitter_ms=6, spikes=0), cheats=True)


def noisy_script(chance: Random) -> Trace:
    """Act with as much noise as a hand: intervals don't tell it."""
    pace, noise = chance.uniform(400, 1_000), chance.uniform(90, 160)
    gaps = [
        pace + chance.uniform(-noise, noise) for _ in range(chance.randint(30, 150))
    ]
    return _trace(arrived(gaps, chance, jitter_ms=10, spikes=0), cheats=True)
