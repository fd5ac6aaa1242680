"""When a battle is over, and who has won it."""

from itertools import pairwise

from app.game.combat.model.engine.run import advance, begin, fight
from app.game.combat.model.engine.spec import MARK_TICKS, TICKS_MAX
from tests.unit.combat.arena import SEED, Arena, force


def test_nobody_to_fight_is_a_battle_won_at_once() -> None:
    frame = begin(SEED, (force("a", 0, fighter=1), force("b", 1)))
    assert (frame.tick, frame.over, frame.winner) == (0, True, 0)
    assert frame.tallies["b"].state == "destroyed"
    assert frame.tallies["a"].state == "fighting"


def test_a_battle_of_nobody_is_over_and_won_by_nobody() -> None:
    frame = begin(SEED, (force("a", 0), force("b", 1, scout=0)))
    assert (frame.over, frame.winner) == (True, -1)


def test_a_side_on_its_own_has_won() -> None:
    frame = begin(SEED, (force("a", 3, fighter=1), force("b", 3, scout=1)))
    assert (frame.over, frame.winner) == (True, 3)


def test_the_last_side_standing_wins_in_the_tick_of_the_last_death() -> None:
    arena = Arena(force("a", 0, battleship=1), force("b", 1, 100, scout=2))
    frame = arena.end()
    assert (frame.tick, frame.winner) == (16, 0)
    assert frame.tallies["b"].lost == {"scout": 2}


def test_nothing_happens_after_the_end() -> None:
    forces = (force("a", 0, battleship=1), force("b", 1, 100, scout=2))
    frame = fight(SEED, forces)
    assert advance(SEED, forces, (), frame, frame.tick + 500) is frame


def test_a_battle_stops_where_it_was_told_to() -> None:
    forces = (force("a", 0, scout=1), force("b", 1, 900, scout=1))
    frame = advance(SEED, forces, (), begin(SEED, forces), 12)
    assert (frame.tick, frame.over, frame.winner) == (12, False, -1)
    assert advance(SEED, forces, (), frame, 12) is frame


def test_time_runs_out_in_a_draw() -> None:
    slow = {"speed": -90, "hp": 1_000}
    forces = (
        force("a", 0, -4_000, colony_ship=1, modifiers=slow),
        force("b", 1, 4_000, colony_ship=1, modifiers=slow),
    )
    frame = fight(SEED, forces)
    assert (frame.tick, frame.over, frame.winner) == (TICKS_MAX, True, -1)
    assert {tally.state for tally in frame.tallies.values()} == {"fighting"}


def test_the_chain_grows_at_marks_and_at_the_end() -> None:
    arena = Arena(force("a", 0, battleship=1), force("b", 1, 100, scout=2))
    arena.end()
    chains = [frame.chain for frame in arena.frames]
    grown = [
        tick
        for tick, (before, after) in enumerate(pairwise(chains), 1)
        if before != after
    ]
    assert grown == [MARK_TICKS, 16]


def test_the_chain_tells_forces_seeds_and_orders_apart() -> None:
    forces = (force("a", 0, frigate=5), force("b", 1, 100, frigate=5))
    more = (force("a", 0, frigate=5), force("b", 1, 100, frigate=6))
    assert begin(1, forces).chain == begin(2, forces).chain, "the seed is secret"
    assert begin(1, forces).chain != begin(1, more).chain
    assert fight(1, forces).chain != fight(2, forces).chain


def test_the_order_of_a_mapping_is_nothing_to_it() -> None:
    one = force("a", 0, frigate=5, scout=2, modifiers={"hp": 5, "attack": 9})
    other = force("a", 0, scout=2, frigate=5, modifiers={"attack": 9, "hp": 5})
    enemy = force("b", 1, 100, frigate=5)
    assert fight(1, (one, enemy)) == fight(1, (other, enemy))
