"""Show that what is played can be read from Postgres, and how power ranks."""

import pytest

from app.core.units import HOUR_MS
from app.game.colonies import projection as colonies
from app.game.fleets import projection as fleets
from app.game.leaderboard import projection as leaderboard
from tests.support.armament import arm
from tests.support.empires import Empires
from workers import locks, maintenance, project, verify

PROJECTED = ("TABLE players", "TABLE colonies", "TABLE research", "TABLE powers")


def rows(empires: Empires, statement: str) -> list[tuple]:
    with empires.cluster.postgres.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def build_up(empires: Empires, player: str, colony: str, levels: int) -> None:
    """Let a player build, each level settled an hour later."""
    now_ms = empires.galaxy.store.client.time()[0] * 1_000
    for level in range(1, levels + 1):
        at_ms = now_ms + level * HOUR_MS
        empires.do(player, "colonies.build", at_ms, colony=colony, building="mine")
    empires.do(player, "colonies.rename", at_ms + HOUR_MS, colony=colony, name="Home")


def test_players_colonies_and_research_are_projected(empires: Empires) -> None:
    colony = empires.join("ada")
    build_up(empires, "ada", colony, levels=2)
    empires.wait_until_drained()
    assert rows(empires, "SELECT id, username, colonies FROM players") == [
        ("ada", "ada-name", 1)
    ]
    assert rows(empires, "SELECT id, player, name, buildings FROM colonies") == [
        (colony, "ada", "Home", {"mine": 2})
    ]


def launch(empires: Empires, player: str, *, scouts: int, flying: int) -> str:
    colony = arm(empires.galaxy, player, units={"scout": scouts})
    ships = {"scout": flying}
    fleet = empires.do(player, "fleets.launch", colony=colony, ships=ships)["fleet"]
    return str(fleet)


def test_fleets_are_projected_while_they_fly(empires: Empires) -> None:
    empires.join("ada")
    fleet = launch(empires, "ada", scouts=5, flying=3)
    empires.wait_until_drained()
    assert rows(empires, "SELECT id, player, ships FROM fleets") == [
        (fleet, "ada", {"scout": 3})
    ]
    assert rows(empires, "SELECT fleets FROM players") == [(1,)]
    empires.do("ada", "fleets.return", fleet=fleet)
    empires.wait_until_drained()
    assert rows(empires, "TABLE fleets") == []
    assert rows(empires, "SELECT fleets FROM players") == [(0,)]


def test_power_stays_the_same_when_ships_fly_and_land(empires: Empires) -> None:
    empires.join("ada")
    fleet = launch(empires, "ada", scouts=500, flying=200)
    empires.wait_until_drained()
    power = rows(empires, "SELECT power FROM powers")
    assert power[0][0] > 0
    empires.do("ada", "fleets.return", fleet=fleet)
    empires.wait_until_drained()
    assert rows(empires, "SELECT power FROM powers") == power
    assert (fleet,) not in rows(empires, "SELECT part FROM power_parts")


def test_the_check_of_the_world_finds_dead_and_stray_fleets(empires: Empires) -> None:
    empires.join("ada")
    launch(empires, "ada", scouts=5, flying=3)
    empires.wait_until_drained()
    with empires.cluster.postgres.connect() as connection:
        assert fleets.dead(connection, "1") == {}
        assert fleets.without_player(connection, "1") == {}
        connection.exec_driver_sql("UPDATE fleets SET player = 'eve'")
        assert set(fleets.dead(connection, "1")) == {"ada"}
        (wrong,) = fleets.without_player(connection, "1").values()
        assert "eve" in wrong
        connection.rollback()


def test_power_ranks_players(empires: Empires) -> None:
    for player, levels in (("ada", 1), ("bob", 3), ("cyd", 0), ("dan", 0)):
        colony = empires.join(player)
        if levels:
            build_up(empires, player, colony, levels=levels)
    empires.wait_until_drained()
    with empires.cluster.postgres.connect() as connection:
        top = leaderboard.top(connection, "1", limit=10)
        around = leaderboard.around(connection, "1", "cyd", each_side=1)
        nobody = leaderboard.around(connection, "1", "eve", each_side=1)
    assert [place.player for place in top] == ["bob", "ada", "cyd", "dan"]
    assert [place.rank for place in top] == [1, 2, 3, 4]
    assert top[0].power > top[1].power > top[2].power >= 0
    assert top[0].username == "bob-name"
    assert around == top[1:4]
    assert nobody == []


def test_a_played_galaxy_verifies(empires: Empires, capsys) -> None:
    colony = empires.join("ada")
    build_up(empires, "ada", colony, levels=3)
    assert verify.verify(empires.cluster.settings)
    printed = capsys.readouterr().out
    assert "all laws hold" in printed
    assert "produced" in printed


def test_a_forged_state_does_not_verify(empires: Empires, capsys) -> None:
    empires.join("ada")
    empires.wait_until_drained()
    rows(empires, "SELECT 1")
    with empires.cluster.postgres.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE events SET body = body || '{\"credits_milli\": 5}'"
            " WHERE name = 'PlayerJoined'"
        )
    assert not verify.verify(empires.cluster.settings)
    assert "player:ada" in capsys.readouterr().out


def test_the_tasks_of_maintenance_run(empires: Empires) -> None:
    empires.join("ada")
    empires.wait_until_drained()
    maintenance.prepare_partitions()
    maintenance.evict()
    maintenance.check_world()
    assert rows(empires, "SELECT problems FROM world_checks") == [(0,)]


def test_a_galaxy_is_checked_by_one_worker_at_a_time(empires: Empires) -> None:
    empires.join("ada")
    empires.wait_until_drained()
    with empires.cluster.postgres.begin() as connection:
        assert locks.take(connection, "1", locks.WORLD)
        maintenance.check_world()
        assert rows(empires, "SELECT problems FROM world_checks") == []
    maintenance.check_world()
    assert rows(empires, "SELECT problems FROM world_checks") == [(0,)]


def test_projections_can_be_made_again(empires: Empires) -> None:
    colony = empires.join("ada")
    build_up(empires, "ada", colony, levels=3)
    empires.wait_until_drained()
    before = [rows(empires, table) for table in PROJECTED]
    with empires.cluster.postgres.begin() as connection:
        connection.exec_driver_sql(
            "TRUNCATE players, colonies, research, powers, power_parts"
        )
    assert project.project_again(empires.cluster, "1") == 2
    assert [rows(empires, table) for table in PROJECTED] == before


def test_a_mistake_in_a_projection_does_not_hold_the_history_up(
    empires: Empires, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise AttributeError("a mistake")

    monkeypatch.setattr(colonies, "project", fail)
    empires.join("ada")
    empires.wait_until_drained()
    assert rows(empires, "SELECT name FROM commands") == [("JoinGalaxy",)]
    assert rows(empires, "SELECT id FROM players") == []
