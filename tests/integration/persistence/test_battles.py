"""Battles reach Postgres: reports, scores, rankings, what the check finds."""

from typing import Any

import pytest
from sqlalchemy import text

from app.core.message import Ref
from app.game.combat import projection as combat
from app.game.combat.model.engine import run
from app.game.leaderboard import projection as leaderboard
from app.game.registry import LEADERBOARDS
from tests.support.armament import arm, deploy
from tests.support.empires import Empires
from workers import verify

OURS = {"cruiser": 8}
THEIRS = {"frigate": 3}


def duel(empires: Empires) -> str:
    """Let two fleets meet and fight, as fast as the clock allows; give the battle."""
    x, y = place(empires, empires.join("ada"))
    empires.join("bo")
    ours = deployed(empires, "ada", OURS, (x, y))
    theirs = deployed(empires, "bo", THEIRS, (x, y + 60))
    target = {"kind": "fleet", "id": theirs}
    answer = empires.do("ada", "fleets.attack", fleet=ours, target=target)
    return str(answer["battle"])


def deployed(
    empires: Empires, player: str, ships: dict[str, int], at: tuple[int, int]
) -> str:
    colony = arm(empires.galaxy, player, units=ships)
    return deploy(empires.galaxy, player, ships, at, colony=colony)


def place(empires: Empires, colony: str) -> tuple[int, int]:
    _at_ms, states = empires.galaxy.reads.states(Ref("colony", colony))
    found = states[Ref("colony", colony)]
    return found.x_milli // 1_000, found.y_milli // 1_000


def fight_out(empires: Empires, battle: str) -> Any:
    """Fight all steps at the times at which they are due, ahead of the clock."""
    ref = Ref("battle", battle)
    while True:
        _at_ms, states = empires.galaxy.reads.states(ref)
        if states[ref].is_over:
            return states[ref]
        due = [
            name.decode()
            for name in empires.galaxy.store.client.zrange(
                empires.galaxy.keys.timers, 0, -1
            )
        ]
        for name in due:
            if name.startswith(battle):
                empires.galaxy.dispatcher.settle(name)


@pytest.fixture
def fought(empires: Empires) -> Any:
    battle = fight_out(empires, duel(empires))
    empires.wait_until_drained()
    return battle


def test_reports_scores_and_rankings_follow(empires: Empires, fought: Any) -> None:
    assert fought.winner == 0
    with empires.cluster.postgres.connect() as connection:
        first, second = (
            combat.reports(connection, ("1", player), (2**62, ""), 10)
            for player in ("ada", "bo")
        )
        places = LEADERBOARDS["battles"].top(connection, "1", limit=10)
        around = LEADERBOARDS["battles"].around(connection, "1", "bo", each_side=1)
        arenas = LEADERBOARDS["arenas"].top(connection, "1", limit=10)
    assert [one["battle"] for one in (*first, *second)] == [fought.id] * 2
    assert (first[0]["won"], second[0]["won"]) == (True, False)
    lost = sum(second[0][name] for name in ("lost",))
    assert lost == first[0]["destroyed"]
    assert [(one.rank, one.player, one.victories) for one in places] == [
        (1, "ada", 1),
        (2, "bo", 0),
    ]
    assert places[0].points > places[1].points
    assert around == places
    assert arenas == []


def test_a_skirmish_is_reported_and_counts_in_no_ranking(empires: Empires) -> None:
    empires.join("ada")
    battle = empires.do("ada", "skirmish:begin")["battle"]
    ended = fight_out(empires, battle)
    empires.wait_until_drained()
    with empires.cluster.postgres.connect() as connection:
        (shown,) = combat.reports(connection, ("1", "ada"), (2**62, ""), 10)
        scored = connection.execute(text("SELECT player FROM battle_scores")).all()
        ranked = connection.execute(text("SELECT * FROM battle_ranks")).all()
        assert combat.endless(connection, "1", ended.began_ms + 1_000_000) == {}
    assert (shown["battle"], shown["board"]) == (battle, combat.SKIRMISHES)
    assert shown["won"]
    assert ([tuple(row) for row in scored], ranked) == ([("ada",)], [])
    assert verify.verify(empires.cluster.settings)


def test_reports_are_paged(empires: Empires, fought: Any) -> None:
    with empires.cluster.postgres.connect() as connection:
        before = (fought.ended_ms, fought.id)
        assert combat.reports(connection, ("1", "ada"), before, 10) == []


def test_power_falls_with_losses(empires: Empires) -> None:
    battle = duel(empires)
    empires.wait_until_drained()
    before = power(empires)
    fight_out(empires, battle)
    empires.wait_until_drained()
    assert power(empires)["bo"] < before["bo"]


def power(empires: Empires) -> dict[str, int]:
    with empires.cluster.postgres.connect() as connection:
        places = leaderboard.top(connection, "1", limit=10)
    return {place.player: place.power for place in places}


def test_the_laws_hold_on_what_was_journaled(empires: Empires, fought: Any) -> None:
    assert verify.verify(empires.cluster.settings)
    again = run.fight(fought.seed, fought.forces, fought.orders)
    assert again.chain == fought.frame.chain


def test_the_check_of_the_world_finds_endless_battles_and_stuck_fleets(
    empires: Empires,
) -> None:
    battle = duel(empires)
    empires.wait_until_drained()
    with empires.cluster.postgres.begin() as connection:
        began_ms = connection.execute(text("SELECT began_ms FROM battles")).scalar()
        assert combat.endless(connection, "1", began_ms + 600_000) == {}
        assert set(combat.endless(connection, "1", began_ms + 1_000_000)) == {battle}
        assert combat.stuck(connection, "1", began_ms + 1_000_000) == {}
        over = text("UPDATE battles SET ended_ms = :at_ms")
        connection.execute(over, {"at_ms": began_ms + 1})
        assert len(combat.stuck(connection, "1", began_ms + 1_000_000)) == 2
