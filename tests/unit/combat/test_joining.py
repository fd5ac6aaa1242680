"""Who takes part: several sides, reinforcements, squadrons, grids."""

from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.units import UNITS
from app.game.combat.model.engine.run import advance, begin, rows
from app.game.combat.model.engine.spec import (
    ENTITIES_JOINING,
    ENTITIES_MAX,
    ENTITIES_TOTAL,
    GRID,
)
from tests.unit.combat.arena import Arena, force

TOUGH = {"hp": 1_000, "attack": -90}


def test_all_sides_are_enemies_of_all_others() -> None:
    arena = Arena(
        force("a", 0, battleship=1, modifiers={"attack": -90}),
        force("b", 1, 100, frigate=1, modifiers={"attack": -90}),
        force("c", 5, (0, 100), scout=1),
    )
    arena.tick()
    assert arena.targets("a") == ["c scout"]
    assert arena.targets("b") == ["c scout"]
    assert arena.targets("c") == ["a battleship"]
    frame = arena.end()
    assert frame.winner == 0
    assert frame.tallies["b"].state == frame.tallies["c"].state == "destroyed"


def test_a_battle_of_three_goes_on_when_one_is_gone() -> None:
    arena = Arena(
        force("a", 0, frigate=1, modifiers=TOUGH),
        force("b", 1, 100, battleship=2),
        force("c", 2, (0, 100), scout=1),
    )
    arena.tick()
    assert arena.tally("c").state == "destroyed"
    assert not arena.frame.over


def test_reinforcements_fight_from_the_tick_after_theirs() -> None:
    arena = Arena(
        force("a", 0, colony_ship=1, modifiers=TOUGH),
        force("b", 1, 100, colony_ship=1, modifiers=TOUGH),
    )
    arena.tick(5)
    arena.join(force("c", 0, 300, battleship=1, tick=5))
    assert list(arena.frame.tallies) == ["a", "b"]
    arena.tick()
    assert list(arena.frame.tallies) == ["a", "b", "c"]
    assert arena.tally("c").dealt > 0
    assert arena.rows("c")[0].x_milli == 300_000


def test_it_matters_not_when_reinforcements_are_announced() -> None:
    forces = (
        force("a", 0, frigate=20),
        force("b", 1, 300, frigate=25),
        force("c", 0, -200, cruiser=6, tick=33),
    )
    late = advance(9, forces[:2], (), begin(9, forces[:2]), 33)
    early = advance(9, forces, (), begin(9, forces), 33)
    assert late == early
    late = advance(9, forces, (), late, 40)
    assert late == advance(9, forces, (), early, 40)
    assert late.tallies["c"].ships == {"cruiser": 6}


def test_a_side_of_five_hundred_ships_fights_ship_by_ship() -> None:
    shown = Arena(force("a", 0, fighter=300, cruiser=200), force("b", 1, scout=1)).all()
    assert [row.ships for row in shown] == [1] * 501


def test_more_ships_fight_as_squadrons_alike_in_size() -> None:
    arena = Arena(
        force("a", 0, fighter=14_999, cruiser=1, scout=501), force("b", 1, scout=1)
    )
    own = arena.rows("a")
    assert len(own) <= ENTITIES_MAX
    assert len(own) > ENTITIES_MAX * 9 // 10
    for unit, count in {"fighter": 14_999, "cruiser": 1, "scout": 501}.items():
        sizes = [row.ships for row in own if row.unit == unit]
        assert sum(sizes) == count
        assert max(sizes) - min(sizes) <= 1


def test_forces_of_a_side_share_its_entities() -> None:
    arena = Arena(
        force("a", 0, fighter=9_000),
        force("c", 0, 50, fighter=1_000),
        force("b", 1, scout=1),
    )
    sizes = {name: len(arena.rows(name)) for name in "ac"}
    assert sum(sizes.values()) <= ENTITIES_MAX
    assert 8 <= sizes["a"] // sizes["c"] <= 10


def test_who_joins_a_full_side_still_gets_a_few_entities() -> None:
    arena = Arena(
        force("a", 0, fighter=9_000), force("b", 1, 900, scout=1, modifiers=TOUGH)
    )
    arena.tick(2)
    arena.join(force("c", 0, fighter=9_000, tick=2))
    arena.join(force("d", 0, tick=2, **dict.fromkeys(UNITS, 70)))
    arena.tick()
    own = [arena.rows(name) for name in "cd"]
    assert 2 <= sum(map(len, own)) <= 2 * ENTITIES_JOINING
    assert {row.unit for row in own[1]} == set(UNITS)
    assert sum(row.ships for row in own[0]) == 9_000


def test_many_sides_share_what_a_battle_can_hold() -> None:
    forces = tuple(
        force(f"f{side}", side, 100 * side, fighter=10_000) for side in range(10)
    )
    shown = rows(begin(1, forces), forces)
    assert len(shown) <= ENTITIES_TOTAL
    assert sum(row.ships for row in shown) == 100_000
    sizes = [sum(row.force == one.id for row in shown) for one in forces]
    assert len(set(sizes)) == 1


def test_the_farthest_reaching_ship_stands_in_its_forces_place() -> None:
    shown = Arena(
        force("a", 0, (70, -30), fighter=60, carrier=1, scout=20),
        force("b", 1, scout=1),
    ).rows("a")
    carrier = next(row for row in shown if row.unit == "carrier")
    assert (carrier.x_milli, carrier.y_milli) == (70_000, -30_000)
    assert len({(row.x_milli, row.y_milli) for row in shown}) == 81


def test_so_an_attack_in_range_strikes_in_the_first_tick() -> None:
    for fighters in (0, 1, 2, 3, 30, 300, 3_000):
        arena = Arena(
            force("a", 0, (424, 424), battleship=1, fighter=fighters),
            force("b", 1, scout=40),
            seed=fighters,
        )
        assert arena.tick().tally("a").dealt > 0, fighters


def test_a_grid_fights_with_the_points_of_its_level() -> None:
    effects = BUILDINGS["defense_grid"].effects
    arena = Arena(
        force("a", 0, grid=3),
        force("b", 1, 500, colony_ship=1, modifiers={"hp": 1_000, "defense": -90}),
    )
    row = arena.rows("a")[0]
    assert (row.unit, row.ships) == (GRID, 1)
    arena.tick(11)
    fired = [tick for tick, dealt in enumerate(arena.dealt("a"), start=1) if dealt]
    assert fired == [1, 1 + UNITS["cruiser"].fire_rate]
    expected = effects["attack_points"] * 3
    assert expected * 80 // 100 - 1 <= arena.dealt("a")[0] <= expected * 120 // 100
    assert arena.rows("a")[0].x_milli == row.x_milli


def test_a_grid_dies_at_the_end_of_its_points_and_is_in_no_tally_of_ships() -> None:
    arena = Arena(force("a", 0, grid=2), force("b", 1, 100, battleship=9))
    frame = arena.end()
    tally = frame.tallies["a"]
    assert (tally.ships, tally.lost, tally.state) == ({}, {}, "destroyed")
    points = BUILDINGS["defense_grid"].effects["defense_points"] * 2
    assert frame.tallies["b"].dealt == points
    assert frame.tallies["b"].destroyed_milli == 0
    assert frame.winner == 1


def test_stationed_ships_and_grid_stand_on_one_side() -> None:
    arena = Arena(
        force("a", 0, fighter=5, grid=4),
        force("d", 0, frigate=2),
        force("b", 1, 150, fighter=3),
    )
    frame = arena.end()
    assert frame.winner == 0
    assert frame.tallies["a"].ships["fighter"] > 0
