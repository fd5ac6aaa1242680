"""Show that scans of the history flag cheats, once, and survive their own death."""

import pytest

from app.engine import checkpoint
from tests.support.armament import arm
from tests.support.empires import Empires
from workers import anticheat

FLAGS = "SELECT player, detector, shadow, confirmed FROM flags ORDER BY player"
EFFORTS = "SELECT player, sum(actions), sum(arms) FROM efforts GROUP BY 1 ORDER BY 1"
TELEPORT = (
    "UPDATE events SET body = jsonb_set(body, '{x_milli}',"
    " to_jsonb((body->>'x_milli')::bigint + 900000)) WHERE name = 'FleetStopped'"
)
MINUTE_MS = 60_000
CENTRE = 5_000


def flags(empires: Empires) -> list[tuple]:
    empires.wait_until_drained()
    anticheat.scan()
    return rows(empires, FLAGS)


def rows(empires: Empires, statement: str) -> list[tuple]:
    with empires.cluster.postgres.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def now_ms(empires: Empires) -> int:
    return empires.galaxy.store.client.time()[0] * 1_000


def rename(empires: Empires, player: str, colony: str, gaps: list[int]) -> None:
    at_ms = now_ms(empires) + 60_000
    for i, gap in enumerate(gaps):
        at_ms += gap
        empires.do(player, "colonies.rename", at_ms, colony=colony, name=f"Home {i}")


def pilot(empires: Empires, player: str) -> tuple[str, float, float]:
    """Found an empire with a fleet; give the fleet, and where it stands."""
    empires.join(player)
    colony = arm(empires.galaxy, player, units={"freighter": 3})
    fleet = empires.do(player, "fleets.launch", colony=colony, ships={"freighter": 2})
    return fleet["fleet"], fleet["x"], fleet["y"]


def fly(empires: Empires, player: str, *, percent: int, count: int = 8) -> None:
    """Fly to and fro, and claim to be there in a part of the time it takes."""
    fleet, x, y = pilot(empires, player)
    way = 600 if x < CENTRE else -600
    at_ms = now_ms(empires) + MINUTE_MS
    for i in range(count):
        away = {"x": x + way * (1 + i % 3), "y": y} if i % 2 == 0 else {"x": x, "y": y}
        gone = empires.do(player, "fleets.move", at_ms, fleet=fleet, to=away)
        travel_ms = gone["arrive_ms"] - gone["depart_ms"]
        empires.do(
            player,
            "fleets.move",
            at_ms + 15_000,
            fleet=fleet,
            to=away,
            predicted_arrival_ms=at_ms + 15_000 + travel_ms * percent // 100,
        )
        at_ms = gone["arrive_ms"] + 400_000 + 7_000 * i


def test_flags_a_bot_and_not_a_person(empires: Empires) -> None:
    homes = {player: empires.join(player) for player in ("bot", "person")}
    rename(empires, "bot", homes["bot"], [500] * 20)
    rename(empires, "person", homes["person"], [700, 1_900, 300, 4_000, 950] * 4)
    assert flags(empires) == [("bot", "machine_timing", True, None)]


def test_flags_an_impossible_claim_with_its_evidence(empires: Empires) -> None:
    colony = empires.join("liar")
    predicted = {"minerals": 900_000_000}
    empires.do("liar", "colonies.sync", colony=colony, predicted=predicted)
    assert flags(empires) == [("liar", "impossible_claims", True, None)]
    [(evidence,)] = rows(empires, "SELECT evidence FROM flags")
    example = evidence["examples"][0]
    assert example["colony"] == colony
    assert example["claimed_milli"] == {"minerals": 900_000_000_000}


def test_a_second_scan_raises_nothing_twice(empires: Empires) -> None:
    colony = empires.join("bot")
    rename(empires, "bot", colony, [500] * 20)
    assert len(flags(empires)) == 1
    assert len(flags(empires)) == 1


def test_a_run_that_a_scan_cuts_is_one_flag_that_grows(empires: Empires) -> None:
    colony = empires.join("bot")
    first_ms = now_ms(empires) + 60_000
    confidences = []
    for part in range(3):
        for i in range(8):
            at_ms = first_ms + (part * 8 + i) * 500
            name = f"A{part}{i}"
            empires.do("bot", "colonies.rename", at_ms, colony=colony, name=name)
        flags(empires)
        confidences.append(rows(empires, "SELECT confidence_percent FROM flags"))
    none, [(some,)], [(more,)] = confidences
    assert none == []
    assert some < more


def test_fleets_that_fly_honestly_raise_nothing(empires: Empires) -> None:
    fly(empires, "ann", percent=100)
    assert flags(empires) == []
    stopped = rows(empires, "SELECT count(*) FROM events WHERE name = 'FleetStopped'")
    assert stopped[0][0] >= 5


def test_flags_a_client_that_shows_its_fleets_faster(empires: Empires) -> None:
    fly(empires, "ann", percent=100)
    fly(empires, "bob", percent=15)
    assert flags(empires) == [("bob", "impossible_arrivals", True, None)]


@pytest.mark.parametrize("scans_before", [0, 1])
def test_flags_a_record_in_which_a_fleet_jumps(
    empires: Empires, scans_before: int
) -> None:
    """Also where only what an earlier scan saw tells where the fleet was."""
    fleet, x, y = pilot(empires, "ann")
    at_ms = now_ms(empires) + MINUTE_MS
    empires.do("ann", "fleets.move", at_ms, fleet=fleet, to={"x": x + 90, "y": y})
    for _ in range(scans_before):
        assert flags(empires) == []
    empires.do("ann", "fleets.stop", at_ms + 2_000, fleet=fleet)
    empires.wait_until_drained()
    with empires.cluster.postgres.begin() as connection:
        connection.exec_driver_sql(TELEPORT)
    assert flags(empires) == [("ann", "impossible_speed", True, None)]
    [(evidence,)] = rows(empires, "SELECT evidence FROM flags")
    assert evidence["examples"][0]["fleet"] == fleet


def test_a_scan_that_dies_is_done_again(empires: Empires, monkeypatch) -> None:
    colony = empires.join("bot")
    rename(empires, "bot", colony, [500] * 20)
    empires.wait_until_drained()

    def die(*_args, **_named) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(checkpoint, "carry", die)
        with pytest.raises(KeyboardInterrupt):
            anticheat.scan()
    assert rows(empires, FLAGS) == []
    assert rows(empires, EFFORTS) == []
    assert flags(empires) == [("bot", "machine_timing", True, None)]
    assert rows(empires, EFFORTS) == [("bot", 21, 0)]


def test_counts_what_players_do_and_what_of_it_is_for_war(empires: Empires) -> None:
    pilot(empires, "ann")
    flags(empires)
    [(player, actions, arms)] = rows(empires, EFFORTS)
    assert (player, actions >= 1, arms) == ("ann", True, 1)


def test_looks_at_a_long_history_in_steps(empires: Empires, monkeypatch) -> None:
    monkeypatch.setattr(anticheat, "COMMITS_MAX", 7)
    colony = empires.join("bot")
    rename(empires, "bot", colony, [500] * 40)
    [found] = flags(empires)
    assert found[0] == "bot"
    [(evidence,)] = rows(empires, "SELECT evidence FROM flags")
    assert evidence["actions"] == 40


def test_history_that_was_dropped_holds_nothing_up(empires: Empires) -> None:
    colony = empires.join("bot")
    rename(empires, "bot", colony, [500] * 20)
    empires.wait_until_drained()
    with empires.cluster.postgres.begin() as connection:
        connection.exec_driver_sql("DELETE FROM commands WHERE position <= 5")
    assert flags(empires) == [("bot", "machine_timing", True, None)]
