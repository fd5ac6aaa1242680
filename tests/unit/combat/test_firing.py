"""Damage, cooldowns, counters, and what is lost on the way."""

from msgspec.structs import asdict

from app.game.colonies.model.units import UNITS
from app.game.combat.model.engine.run import begin, fight
from tests.unit.combat.arena import Arena, force

TOUGH = {"hp": 1_000}


def first(*forces: object, seeds: int = 40) -> list[int]:
    """Give what force a dealt in the first tick, over many seeds."""
    return [
        Arena(*forces, seed=seed).tick().tally("a").dealt  # type: ignore[arg-type]
        for seed in range(seeds)
    ]


def test_damage_is_attack_less_half_of_defense_times_chance() -> None:
    # Cruiser against battleship: 80 - 60 / 2 = 50, times 80% to 120%.
    dealt = first(
        force("a", 0, cruiser=1), force("b", 1, 100, battleship=1, modifiers=TOUGH)
    )
    assert min(dealt) >= 40
    assert max(dealt) <= 60
    assert len(set(dealt)) > 10


def test_all_percents_of_chance_are_drawn() -> None:
    strong = {"attack": 900, "hp": 1_000}
    big = {"hp": 1_000, "defense": -90}
    dealt = first(
        force("a", 0, carrier=1, modifiers=strong),
        force("b", 1, 100, freighter=1, modifiers=big),
        seeds=600,
    )
    base_milli = 600_000 - 800 // 2
    assert {round(one * 100_000 / base_milli) for one in dealt} == set(range(80, 121))


def test_a_shot_does_at_least_one() -> None:
    dealt = first(force("a", 0, colony_ship=1), force("b", 1, 40, carrier=1))
    assert set(dealt) == {1}


def test_each_ship_of_a_squadron_does_at_least_one() -> None:
    many = force("a", 0, colony_ship=1_000)
    arena = Arena(many, force("b", 1, 40, carrier=1, modifiers=TOUGH)).tick()
    in_range = [row for row in arena.rows("a") if row.target >= 0]
    assert 0 < arena.tally("a").dealt <= 1_000
    assert len(in_range) == 500


def test_who_counters_does_more() -> None:
    # Interceptor against fighter: (26 - 2) * 140%.
    dealt = first(
        force("a", 0, interceptor=1), force("b", 1, 100, fighter=1, modifiers=TOUGH)
    )
    percent = UNITS["interceptor"].counters["fighter"]
    assert min(dealt) >= 24 * percent * 80 // 10_000
    assert max(dealt) <= 24 * percent * 120 // 10_000
    assert max(dealt) > 24 * 120 // 100


def test_attack_and_defense_grow_with_their_modifiers() -> None:
    # (80 * 1.5 - 60 * 2 / 2) = 60.
    dealt = first(
        force("a", 0, cruiser=1, modifiers={"attack": 50}),
        force("b", 1, 100, battleship=1, modifiers=TOUGH | {"defense": 100}),
    )
    assert min(dealt) >= 48
    assert max(dealt) <= 72


def test_the_first_shot_falls_in_the_first_tick_and_the_next_after_the_cooldown() -> (
    None
):
    arena = Arena(
        force("a", 0, frigate=1), force("b", 1, 100, colony_ship=1, modifiers=TOUGH)
    ).tick(20)
    fired = [tick for tick, dealt in enumerate(arena.dealt("a"), start=1) if dealt]
    assert fired == [1, 9, 17]
    assert UNITS["frigate"].fire_rate == 8


def test_the_cooldown_goes_on_when_the_target_dies() -> None:
    arena = Arena(
        force("a", 0, battleship=1, modifiers=TOUGH),
        force("b", 1, 100, scout=3, modifiers={"attack": -90}),
    ).tick(32)
    fired = [tick for tick, dealt in enumerate(arena.dealt("a"), start=1) if dealt]
    assert fired == [1, 16, 31]


def test_overkill_is_lost() -> None:
    arena = Arena(force("a", 0, battleship=5), force("b", 1, 100, scout=1)).tick()
    assert arena.tally("a").dealt == UNITS["scout"].hp
    assert arena.tally("b").lost == {"scout": 1}


def test_overkill_does_not_reach_the_next_squadron() -> None:
    mighty = force("a", 0, battleship=1, modifiers={"attack": 1_000})
    arena = Arena(mighty, force("b", 1, 100, fighter=1_000)).tick()
    squadron = arena.rows("b")[0]
    assert sum(row.ships == 0 for row in arena.rows("b")) == 1
    assert arena.tally("b").lost == {"fighter": 2}
    assert squadron.unit == "fighter"


def test_ships_that_kill_one_another_die_together() -> None:
    frail = {"hp": -90}
    arena = Arena(
        force("a", 0, bomber=1, modifiers=frail),
        force("b", 1, 100, bomber=1, modifiers=frail),
    ).tick()
    assert arena.tally("a").state == arena.tally("b").state == "destroyed"
    assert arena.frame.over
    assert arena.frame.winner == -1


def test_a_hurt_squadron_loses_ships_and_strikes_less() -> None:
    arena = Arena(
        force("a", 0, battleship=1, modifiers={"attack": 1_000, "hp": 1_000}),
        force("b", 1, 100, frigate=5_000),
    )
    before = arena.rows("b")[0].ships
    arena.tick()
    hit = [row for row in arena.rows("b") if row.hp_percent < 100]
    assert [row.ships for row in hit] == [10 - arena.tally("b").lost["frigate"]]
    assert before == 10
    assert 0 < hit[0].ships < 10


def test_what_is_lost_is_credited_to_who_destroyed_it() -> None:
    forces = (
        force("a", 0, cruiser=9, frigate=20),
        force("b", 1, 300, fighter=40, bomber=10, grid=2),
        force("c", 1, (300, 300), carrier=2),
    )
    tallies = fight(3, forces).tallies
    value = {
        side: sum(
            sum(UNITS[unit].cost.values()) * count * 1_000
            for name in names
            for unit, count in tallies[name].lost.items()
        )
        for side, names in {0: "a", 1: "bc"}.items()
    }
    assert tallies["a"].destroyed_milli == value[1]
    assert tallies["b"].destroyed_milli + tallies["c"].destroyed_milli == value[0]
    assert value[0] > 0
    assert value[1] > 0


def test_what_is_left_and_lost_is_what_was_brought() -> None:
    brought = {"fighter": 700, "scout": 3, "carrier": 1}
    for seed in range(20):
        arena = Arena(
            force("a", 0, **brought), force("b", 1, 150, frigate=seed + 1), seed=seed
        )
        for _ in range(15):
            tally = asdict(arena.tick().tally("a"))
            left, lost = tally["ships"], tally["lost"]
            sums = {unit: left.get(unit, 0) + lost.get(unit, 0) for unit in brought}
            assert sums == brought
            assert left.keys() | lost.keys() == brought.keys()


def test_before_the_first_tick_nothing_is_lost() -> None:
    frame = begin(1, (force("a", 0, scout=1), force("b", 1, scout=2)))
    assert [tally.ships for tally in frame.tallies.values()] == [
        {"scout": 1},
        {"scout": 2},
    ]
    assert [tally.lost for tally in frame.tallies.values()] == [{}, {}]
