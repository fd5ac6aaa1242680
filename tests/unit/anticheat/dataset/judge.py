"""Let the detectors look at all traces, and count how often they are right.

The seed of the tests is another than the one that thresholds were tuned with.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from app.game.anticheat.model.flag import Flag
from app.game.anticheat.model.fought import Again
from app.game.anticheat.model.watch import Watch
from app.game.anticheat.rules.arrivals import ARRIVALS
from app.game.anticheat.rules.claims import CLAIMS
from app.game.anticheat.rules.replays import (
    REPLAY,
    fight_on,
    is_done,
    replay_mismatch,
)
from app.game.anticheat.rules.speed import SPEED
from app.game.anticheat.rules.timing import TIMING
from app.game.anticheat.rules.transfers import TRANSFERS
from app.game.anticheat.rules.watch import watch
from tests.unit.anticheat.dataset import battles, boasts, clicks, flows, voyages
from tests.unit.anticheat.dataset.trace import Generator, Trace

TUNING_SEED = "tuning"
TEST_SEED = "test"

DETECTORS = (TIMING, CLAIMS, ARRIVALS, SPEED, TRANSFERS, REPLAY)

HONEST: Mapping[Generator, int] = {
    clicks.ordinary_player: 60,
    clicks.fast_clicker: 60,
    clicks.steady_hand: 40,
    clicks.lag_spikes: 40,
    clicks.reconnect_bursts: 40,
    clicks.routine_player: 60,
    clicks.held_key: 20,
    clicks.batches: 20,
    boasts.two_tabs: 40,
    boasts.queued_syncs: 20,
    boasts.refund_above_room: 20,
    voyages.traveller: 40,
    voyages.stale_weather: 40,
    voyages.old_client: 40,
    voyages.commuter: 40,
    voyages.wrong_clock: 40,
    voyages.voyage: 40,
    flows.household: 60,
    flows.sparring_siblings: 40,
    flows.retired_sibling: 20,
    flows.raided_by_many: 40,
    flows.raider_of_many: 40,
    flows.newcomer: 40,
    flows.gift_once: 20,
    flows.rivals: 20,
    flows.school: 20,
    battles.honest_battle: 20,
}
"""Kind of honest trace -> how many of them."""

CHEATS: Mapping[Generator, int] = {
    clicks.timer: 30,
    clicks.jittered_timer: 30,
    clicks.hidden_timer: 30,
    clicks.quick_script: 20,
    clicks.noisy_script: 10,
    boasts.inventor: 30,
    boasts.persistent_liar: 30,
    boasts.patient_liar: 20,
    boasts.rare_liar: 10,
    voyages.faster_client: 30,
    voyages.sometimes_faster: 30,
    voyages.instant: 20,
    voyages.shuttle: 10,
    voyages.teleport: 30,
    voyages.overdrive: 20,
    flows.feeder: 30,
    flows.farms: 20,
    flows.distant_feeder: 20,
    flows.feeder_with_decoys: 20,
    flows.feeder_with_mock_fights: 20,
    flows.careful_feeder: 10,
    battles.changed_record: 20,
}
"""Kind of cheat -> how many traces of it."""


@dataclass
class Score:
    """Count what was flagged of what."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )

    @property
    def precision(self) -> float:
        """Give the part of the flagged that cheated."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Give the part of the cheats that were flagged."""
        return self.right / max(1, self.right + self.missed)


@dataclass
class Verdict:
    """Hold the scores of all traces of a seed; kinds are named as their generators."""

    traces: int = 0
    by_detector: dict[str, Score] = field(default_factory=dict)
    flagged: Counter[str] = field(default_factory=Counter)
    """Kind -> traces in which a detector was right, or wrong where it is honest."""

    @property
    def overall(self) -> Score:
        """Give the score of all detectors together."""
        return sum(self.by_detector.values(), Score())


def traces(seed: str) -> Iterator[tuple[Generator, Random, Trace]]:
    """Make all traces of a seed."""
    for kind, count in (HONEST | CHEATS).items():
        for number in range(count):
            chance = Random(f"{seed}/{kind.__name__}/{number}")
            yield kind, chance, kind(chance)


def judged(seed: str) -> Verdict:
    """Judge all traces of a seed."""
    verdict = Verdict(by_detector={name: Score() for name in DETECTORS})
    for kind, chance, trace in traces(seed):
        verdict.traces += 1
        _count(verdict, kind.__name__, trace, flags_of(trace, chance))
    return verdict


def flags_of(trace: Trace, chance: Random) -> list[Flag]:
    """Look at a trace as scans do, some of it at a time."""
    kept, flags = Watch(), []
    for seen in trace.stretches(chance):
        kept, found = watch(kept, seen)
        flags += found
    if trace.battle is not None:
        again = Again(battle=trace.battle.battle)
        while not is_done(trace.battle, again):
            again = fight_on(trace.battle, again)
        flags += replay_mismatch(trace.battle, again)
    return flags


def _count(verdict: Verdict, kind: str, trace: Trace, flags: list[Flag]) -> None:
    """Count a trace once for each detector that flagged somebody in it."""
    found: dict[str, set[str]] = {}
    for flag in flags:
        found.setdefault(flag.detector, set()).add(flag.player)
    for detector, players in found.items():
        is_right = detector == trace.detector and players <= trace.culprits
        score = verdict.by_detector[detector]
        score.right += is_right
        score.wrong += not is_right
        verdict.flagged[kind] += is_right or not trace.detector
    if trace.detector and trace.detector not in found:
        verdict.by_detector[trace.detector].missed += 1
