"""Show that scans of the history flag cheats, once and in shadow only."""

from tests.support.empires import Empires
from workers import anticheat

FLAGS = "SELECT player, detector, shadow, confirmed FROM flags ORDER BY player"


def flags(empires: Empires) -> list[tuple]:
    empires.wait_until_drained()
    anticheat.scan()
    with empires.cluster.postgres.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(FLAGS)]


def now_ms(empires: Empires) -> int:
    return empires.cluster.state.time()[0] * 1_000


def rename(empires: Empires, player: str, colony: str, gaps: list[int]) -> None:
    at_ms = now_ms(empires) + 60_000
    for i, gap in enumerate(gaps):
        at_ms += gap
        empires.do(player, "colonies.rename", at_ms, colony=colony, name=f"Home {i}")


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
    with empires.cluster.postgres.connect() as connection:
        evidence = connection.exec_driver_sql("SELECT evidence FROM flags").scalar_one()
    example = evidence["examples"][0]
    assert example["colony"] == colony
    assert example["claimed_milli"] == {"minerals": 900_000_000_000}


def test_a_second_scan_raises_nothing_twice(empires: Empires) -> None:
    colony = empires.join("bot")
    rename(empires, "bot", colony, [500] * 20)
    assert len(flags(empires)) == 1
    assert len(flags(empires)) == 1


def test_a_run_that_a_scan_cuts_is_found(empires: Empires) -> None:
    colony = empires.join("bot")
    first_ms = now_ms(empires) + 60_000
    for i in range(6):
        at_ms = first_ms + i * 500
        empires.do("bot", "colonies.rename", at_ms, colony=colony, name=f"A{i}")
    assert flags(empires) == []
    for i in range(6, 12):
        at_ms = first_ms + i * 500
        empires.do("bot", "colonies.rename", at_ms, colony=colony, name=f"A{i}")
    assert len(flags(empires)) == 1
