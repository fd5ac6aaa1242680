"""What tests give to players by armament keeps all laws."""

from collections import Counter

from app.core.message import Ref
from app.engine.laws.audit import audit
from tests.support.armament import arm, deploy
from tests.support.empires import Empires
from workers.verify import checked


def test_an_armed_player_has_it_all_and_no_law_is_broken(empires: Empires) -> None:
    home = empires.join("ann")
    given = arm(
        empires.galaxy,
        "ann",
        units={"scout": 3, "fighter": 500},
        buildings={"shipyard": 4, "mine": 2},
        resources={"minerals": 100_000},
        technologies={"sensors": 2, "reactor_design": 3},
        ends_shield=True,
    )
    assert given == home
    colony_ref, player_ref = Ref("colony", home), Ref("player", "ann")
    _at_ms, states = empires.galaxy.reads.states(colony_ref, player_ref)
    colony, player = states[colony_ref], states[player_ref]
    assert colony.units == {"scout": 3, "fighter": 500}
    assert colony.buildings == {"shipyard": 4, "mine": 2}
    assert colony.stock.amounts_milli["minerals"] >= 101_000_000
    assert player.modifiers == {"sensor_range": 20, "energy_rate": 15}
    assert player.shield_until_ms == 0
    fleet = deploy(empires.galaxy, "ann", {"scout": 2}, (5_000.5, 42), colony=home)
    _at_ms, states = empires.galaxy.reads.states(Ref("fleet", fleet))
    (flying,) = states.values()
    assert (flying.x_milli, flying.y_milli) == (5_000_500, 42_000)
    assert (flying.sector, flying.ships) == ("50:0", {"scout": 2})
    empires.wait_until_drained()
    found = audit(checked(empires.cluster, "1"), Counter())
    assert not {finding.law: finding.wrong for finding in found if finding.wrong}
