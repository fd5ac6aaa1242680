"""Battles fought again: what agrees, what doesn't, and going on where one was."""

from random import Random

import pytest
from msgspec import convert, to_builtins
from msgspec.structs import replace

from app.game.anticheat.model.fought import Again, Fought, Step
from app.game.anticheat.rules.replays import (
    REPLAY,
    can_fight_again,
    fight_on,
    is_done,
    replay_mismatch,
)
from app.game.combat.model.engine.spec import VERSION, Order
from tests.unit.anticheat.dataset.battles import fought

BATTLES = 6


def again(battle: Fought) -> Again:
    done = Again(battle=battle.battle)
    while not is_done(battle, done):
        done = fight_on(battle, done)
    return done


@pytest.fixture(scope="module")
def battle() -> Fought:
    return fought(Random(1))


@pytest.mark.parametrize("seed", range(BATTLES))
def test_an_honest_battle_comes_out_as_recorded(seed: int) -> None:
    battle = fought(Random(seed))
    done = again(battle)
    assert done.steps == len(battle.steps)
    assert replay_mismatch(battle, done) == []


def test_a_changed_chain_flags_all_who_fought(battle: Fought) -> None:
    steps = (*battle.steps[:2], Step(battle.steps[2].tick, "f" * 64))
    changed = replace(battle, steps=steps)
    flags = replay_mismatch(changed, again(changed))
    assert [flag.player for flag in flags] == list(battle.players)
    assert {(flag.detector, flag.at_ms) for flag in flags} == {(REPLAY, battle.at_ms)}
    evidence = flags[0].evidence
    assert (evidence["steps_agreed"], evidence["tick"]) == (2, steps[2].tick)
    assert evidence["chain_recorded"] == "f" * 64
    assert evidence["chain_found"] == battle.steps[2].chain


def test_a_record_that_the_engine_refuses_is_a_mismatch(battle: Fought) -> None:
    ghost = Order(tick=0, force="nobody", kind="retreat")
    changed = replace(battle, orders=(ghost,))
    [flag, _other] = replay_mismatch(changed, again(changed))
    assert "nobody" in flag.evidence["reason"]


def test_another_winner_is_a_mismatch(battle: Fought) -> None:
    changed = replace(battle, winner=battle.winner + 1)
    [flag, _other] = replay_mismatch(changed, again(changed))
    assert flag.evidence["steps_agreed"] == len(battle.steps)


def test_a_battle_is_taken_up_where_it_was_left(battle: Fought) -> None:
    done = Again(battle=battle.battle)
    while not is_done(battle, done):
        kept = to_builtins(fight_on(battle, done))
        done = convert(kept, Again)
    assert done == again(battle)


def test_only_the_engine_that_fought_can_judge(battle: Fought) -> None:
    assert can_fight_again(battle)
    assert not can_fight_again(replace(battle, engine=VERSION + 1))
