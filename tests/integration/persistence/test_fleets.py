"""Fleets are where they are after every loss of the hot state, and keep all laws."""

from collections import Counter

import pytest
from msgspec.structs import replace

from app.core.message import Ref
from app.core.units import HOUR_MS
from app.engine.laws.audit import audit
from app.game.fleets.model.state import Fleet
from tests.support.armament import arm
from tests.support.empires import Empires
from tests.support.waiting import wait_for
from workers.verify import checked

SHIPS = {"scout": 9, "freighter": 2, "fighter": 4}


@pytest.fixture
def colony(empires: Empires) -> str:
    empires.join("ann")
    return arm(empires.galaxy, "ann", units=SHIPS)


def launch(empires: Empires, colony: str, **ships: int) -> str:
    answer = empires.do("ann", "fleets.launch", colony=colony, ships=ships)
    return str(answer["fleet"])


def state(empires: Empires, fleet: str) -> Fleet:
    ref = Ref("fleet", fleet)
    found: Fleet = empires.galaxy.reads.states(ref)[1][ref]
    return found


def away(empires: Empires, fleet: str, units: int = 250) -> dict[str, float]:
    """Give a point towards the centre, where the galaxy goes on."""
    here = state(empires, fleet)
    signs = [1 if one < 5_000_000 else -1 for one in (here.x_milli, here.y_milli)]
    return {
        "x": (here.x_milli + signs[0] * units * 1_000) / 1_000,
        "y": (here.y_milli + signs[1] * units * 1_000) / 1_000,
    }


def test_a_course_goes_on_after_all_hot_state_was_lost(
    empires: Empires, colony: str
) -> None:
    fleet = launch(empires, colony, scout=3)
    home = state(empires, fleet)
    answer = empires.do("ann", "fleets.move", fleet=fleet, to=away(empires, fleet))
    empires.wait_until_drained()
    before = state(empires, fleet)
    empires.galaxy.store.client.flushall()
    epoch = empires.galaxy.keys.epoch
    wait_for(lambda: bool(empires.galaxy.store.client.exists(epoch)), "an epoch")
    after = state(empires, fleet)  # it may have crossed a border meanwhile
    assert replace(after, sector=before.sector, since_ms=before.since_ms) == before
    back = {"x": home.x_milli / 1_000, "y": home.y_milli / 1_000}
    later_ms = answer["arrive_ms"] + HOUR_MS
    again = empires.do("ann", "fleets.move", later_ms, fleet=fleet, to=back)
    there = {"x": answer["path"][-1]["x"], "y": answer["path"][-1]["y"]}
    assert again["path"][0] == there | {"at_ms": later_ms}


def test_a_play_with_fleets_keeps_all_laws(empires: Empires, colony: str) -> None:
    scouts, cargo = (
        launch(empires, colony, scout=5),
        launch(empires, colony, freighter=2),
    )
    to = away(empires, scouts)
    at_ms = empires.do("ann", "fleets.move", fleet=scouts, to=to)["arrive_ms"] + 1
    empires.do("ann", "fleets.split", at_ms, fleet=scouts, ships={"scout": 2})
    empires.do(
        "ann",
        "fleets.transport",
        at_ms,
        fleet=cargo,
        cargo={"minerals": 40},
        **{"from": colony, "to": colony},
    )
    empires.do("ann", "fleets.defend", at_ms, fleet=cargo, colony=colony, queue=True)
    empires.do("ann", "fleets.return", at_ms + 5, fleet=scouts)
    empires.do("ann", "fleets.rename", at_ms + HOUR_MS, fleet=cargo, name="Guard")
    assert state(empires, cargo).post == colony
    empires.wait_until_drained()
    found = audit(checked(empires.cluster, "1"), Counter())
    assert not {finding.law: finding.wrong for finding in found if finding.wrong}
