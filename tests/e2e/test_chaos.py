"""Five kinds of faults under load: what was promised is kept, and all comes back."""

from pathlib import Path

import pytest

from tests.load.chaos.run import Plan, run
from tests.load.chaos.schedule import Fault, Round

pytestmark = pytest.mark.alone

SEED = 5
BOTS = 20
FAULTS = (
    Fault("kill", "valkey"),
    Fault("hole", "web>state", for_s=1.5),
    Fault("pause", "postgres", for_s=1.5),
    Fault("disk", "valkey", for_s=1.5),
    Fault("cut", "worker>broker", for_s=1.0),
)


def test_every_promise_is_kept(tmp_path: Path) -> None:
    said: list[str] = []
    rounds = tuple(Round(0.5, (fault,)) for fault in FAULTS)
    plan = Plan(seed=SEED, bots=BOTS, rounds=rounds, for_s=60.0, folder=tmp_path / "h")

    outcome = run(plan, said.append)

    assert not outcome.unkept(), said
    assert [one.fault for one in outcome.recoveries] == list(FAULTS)
    assert outcome.operations["ok"] > 10 * BOTS
    assert outcome.bots.tally.checked["player"] == BOTS
    assert outcome.laws == "all laws hold"
    assert (plan.folder / "history.jsonl").stat().st_size > 0
