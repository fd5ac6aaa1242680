"""Show what the anti-cheat makes of battles: who feeds whom, and what was fought."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.core.units import DAY_MS, MINUTE_MS
from app.engine import metrics
from app.game.colonies.model.state import ref as colony_ref
from app.web.addresses import HASH_BYTES
from tests.support.armament import arm
from tests.support.empires import Empires
from workers import anticheat, replays

CARRIED = "SELECT carry->>'steps' FROM checkpoints WHERE reader = 'replays'"
FLAGS = "SELECT player, detector FROM flags ORDER BY player, detector"
GIFTS = "SELECT sender, receiver, value_milli, stakes_milli, is_flagged FROM gifts"
CHANGE = text(
    "UPDATE events SET body = jsonb_set(body, CAST(:field AS text[]),"
    " CAST(:value AS jsonb)) WHERE kind = 'battle' AND id = :battle AND name = :name"
    " AND version = (SELECT max(version) FROM events"
    " WHERE kind = 'battle' AND id = :battle AND name = :name)"
)
FOUGHT_OUT_MS = 11 * MINUTE_MS
HOME = "a" * 2 * HASH_BYTES


class Raids:
    """Let one player raid another, day after day."""

    def __init__(self, empires: Empires, raider: str = "main") -> None:
        self.empires = empires
        self.raider = raider
        empires.join(raider)
        colony = arm(
            empires.galaxy,
            raider,
            units={"fighter": 60, "freighter": 20},
            ends_shield=True,
        )
        ships = {"fighter": 60, "freighter": 20}
        launched = empires.do(raider, "fleets.launch", colony=colony, ships=ships)
        self.fleet = launched["fleet"]
        self.at_ms = empires.galaxy.store.client.time()[0] * 1_000 + MINUTE_MS

    def raid(self, victim: str, colony: str) -> str:
        """Fly there, attack, and let the battle be fought out; give its id."""
        stock = {"minerals": 4_000, "energy": 4_000}
        arm(self.empires.galaxy, victim, resources=stock, ends_shield=True)
        there = self.empires.galaxy.reads.states(colony_ref(colony))[1]
        place = there[colony_ref(colony)]
        x, y = place.x_milli / 1_000, place.y_milli / 1_000
        gone = self._do("fleets.move", to={"x": x, "y": y})
        self.at_ms = max(self.at_ms, gone["arrive_ms"]) + 1_000
        target = {"kind": "colony", "id": colony}
        battle = self._do("fleets.attack", target=target)["battle"]
        self.at_ms += FOUGHT_OUT_MS
        self._do("fleets.rename", name=f"Raiders {self.at_ms % 1_000_000}")
        return battle

    def _do(self, wire_name: str, /, **data) -> dict:
        return self.empires.do(
            self.raider, wire_name, self.at_ms, fleet=self.fleet, **data
        )


@pytest.fixture
def raids(empires: Empires) -> Raids:
    return Raids(empires)


def rows(empires: Empires, statement: str, **values: str) -> list[tuple]:
    with empires.cluster.postgres.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]


def scanned(empires: Empires) -> list[tuple]:
    empires.wait_until_drained()
    anticheat.scan()
    return rows(empires, FLAGS)


def live_together(empires: Empires, *players: str) -> None:
    statement = text(
        "INSERT INTO account_addresses (account_id, address, first_at, last_at)"
        " VALUES (:player, :home, now(), now())"
    )
    with empires.cluster.postgres.begin() as connection:
        for player in players:
            connection.execute(statement, {"player": player, "home": HOME})


def feed(empires: Empires, raids: Raids, days: int) -> Iterator[list[tuple]]:
    """Raid a farm every day; give the flags after each."""
    farm = empires.join("farm")
    for _day in range(days):
        raids.raid("farm", farm)
        yield scanned(empires)
        raids.at_ms += DAY_MS


def test_a_raid_is_a_gift_with_its_stakes(empires: Empires, raids: Raids) -> None:
    farm = empires.join("farm")
    raids.raid("farm", farm)
    assert scanned(empires) == []
    [(sender, receiver, value_milli, stakes_milli, is_flagged)] = rows(empires, GIFTS)
    assert (sender, receiver) == ("farm", "main")
    assert value_milli > 0
    assert (stakes_milli, is_flagged) == (0, False)


def test_a_defence_is_at_stake(empires: Empires, raids: Raids) -> None:
    colony = empires.join("brave")
    arm(empires.galaxy, "brave", units={"fighter": 8})
    raids.raid("brave", colony)
    scanned(empires)
    [(_sender, _receiver, value_milli, stakes_milli, _flagged)] = rows(empires, GIFTS)
    assert stakes_milli > value_milli // 10


def test_a_farm_of_the_same_home_is_flagged_with_whom_it_feeds(
    empires: Empires, raids: Raids
) -> None:
    live_together(empires, "main", "farm")
    stories = list(feed(empires, raids, 4))
    both = [("farm", "one_way_transfers"), ("main", "one_way_transfers")]
    assert stories == [[], [], both, both]
    [(evidence,)] = rows(empires, "SELECT evidence FROM flags WHERE player = 'main'")
    assert (evidence["gifts"], evidence["days"]) == (3, 3)
    assert evidence["accounts_at_address"] == 2
    counted = [row[-1] for row in rows(empires, GIFTS + " ORDER BY at_ms")]
    assert counted == [True, True, True, False]


def test_the_same_raids_between_strangers_are_war(
    empires: Empires, raids: Raids
) -> None:
    assert list(feed(empires, raids, 4)) == [[]] * 4


def fought_again(empires: Empires, budget_s: float = 20.0) -> list[tuple]:
    empires.wait_until_drained()
    replays.fight_galaxy(empires.cluster, "1", budget_s)
    return rows(empires, FLAGS)


def position(empires: Empires, reader: str) -> int:
    statement = "SELECT position FROM checkpoints WHERE reader = :reader"
    found = rows(empires, statement, reader=reader)
    return found[0][0] if found else 0


@pytest.fixture
def battle(empires: Empires, raids: Raids) -> str:
    """Give a battle in which both sides had ships."""
    colony = empires.join("brave")
    arm(empires.galaxy, "brave", units={"fighter": 30, "frigate": 6})
    return raids.raid("brave", colony)


def test_an_honest_battle_comes_out_as_recorded(empires: Empires, battle: str) -> None:
    steps = "SELECT count(*) FROM events WHERE id = :battle AND name = 'StepFought'"
    assert fought_again(empires) == []
    assert rows(empires, steps, battle=battle)[0][0] > 1
    assert position(empires, "replays") == position(empires, "persister")


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("BattleBegan", "seed", "7"),
        ("BattleEnded", "winner", "-1"),
        ("StepFought", "chain", '"00"'),
    ],
)
def test_a_changed_record_is_an_alarm(
    empires: Empires, battle: str, name: str, field: str, value: str
) -> None:
    empires.wait_until_drained()
    values = {"name": name, "field": "{" + field + "}", "value": value}
    with empires.cluster.postgres.begin() as connection:
        assert connection.execute(CHANGE, values | {"battle": battle}).rowcount == 1
    found = fought_again(empires)
    assert found == [("brave", "replay_mismatch"), ("main", "replay_mismatch")]
    assert fought_again(empires) == found


def test_pirates_are_never_flagged(empires: Empires) -> None:
    empires.join("ada")
    at_ms = empires.galaxy.store.client.time()[0] * 1_000
    battle = empires.do("ada", "skirmish:begin", at_ms)["battle"]
    empires.do("ada", "skirmish:begin", at_ms + FOUGHT_OUT_MS)
    assert scanned(empires) == fought_again(empires) == []
    values = {"name": "BattleEnded", "field": "{winner}", "value": "1"}
    with empires.cluster.postgres.begin() as connection:
        changed = connection.execute(CHANGE, values | {"battle": battle})
        assert changed.rowcount == 1
        connection.execute(text("DELETE FROM checkpoints WHERE reader = 'replays'"))
    assert fought_again(empires) == [("ada", "replay_mismatch")]


def test_a_battle_without_a_beginning_is_an_alarm_and_holds_nothing_up(
    empires: Empires, battle: str
) -> None:
    empires.wait_until_drained()
    alarms = metrics.REPLAYS.labels("mismatch")
    before = alarms._value.get()
    with empires.cluster.postgres.begin() as connection:
        connection.execute(text("DELETE FROM events WHERE name = 'BattleBegan'"))
    assert fought_again(empires) == []
    assert alarms._value.get() == before + 1
    assert position(empires, "replays") == position(empires, "persister")


def test_a_long_battle_is_taken_up_where_a_scan_left_it(
    empires: Empires, battle: str, monkeypatch
) -> None:
    """Each scan has time for a step or two."""
    empires.wait_until_drained()
    times = iter(range(10**6))
    monkeypatch.setattr(replays, "monotonic", lambda: next(times))
    seen = []
    for _scan in range(1_000):
        replays.fight_galaxy(empires.cluster, "1", 4)
        seen += rows(empires, CARRIED)
        if position(empires, "replays") == position(empires, "persister"):
            break
    assert position(empires, "replays") == position(empires, "persister")
    assert len({steps for (steps,) in seen if steps}) > 1
    assert rows(empires, FLAGS) == []


def test_a_long_battle_is_fought_with_rests(
    empires: Empires, battle: str, monkeypatch
) -> None:
    empires.wait_until_drained()
    rests = []

    class Restless:
        def __init__(self, _share: float) -> None:
            pass

        def rest(self) -> None:
            rests.append(rows(empires, CARRIED))

    monkeypatch.setattr(replays, "STRETCH_S", 0.0)
    monkeypatch.setattr(replays, "Pace", Restless)
    replays.fight_galaxy(empires.cluster, "1", replays.BUDGET_S)
    assert position(empires, "replays") == position(empires, "persister")
    assert len({steps for ((steps,),) in rests if steps}) > 1
    assert rows(empires, FLAGS) == []
