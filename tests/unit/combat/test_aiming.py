"""Targets are chosen among enemies in range, by hp, distance and attack."""

from tests.unit.combat.arena import Arena, force

HARMLESS = {"attack": -90}


def test_chooses_the_nearer_of_two_alike() -> None:
    arena = Arena(
        force("a", 0, frigate=1),
        force("b", 1, 200, scout=1),
        force("c", 1, 190, scout=1),
    )
    assert arena.tick().targets("a") == ["c scout"]


def test_prefers_the_weaker_hull_at_the_same_distance() -> None:
    arena = Arena(
        force("a", 0, frigate=1),
        force("b", 1, 100, freighter=1),
        force("c", 1, -100, colony_ship=1),
    )
    assert arena.tick().targets("a") == ["b freighter"]


def test_prefers_who_is_already_hurt() -> None:
    # A frigate takes 40 of 200 hp off the freighter that it meets first: 12 points,
    # where 20 units of distance are worth 10.
    arena = Arena(
        force("a", 0, frigate=1),
        force("b", 1, 100, freighter=1),
        force("c", 1, 300, freighter=1, modifiers=HARMLESS),
    )
    arena.tick()
    assert arena.targets("a") == ["b freighter"]
    arena.join(force("d", 1, 80, freighter=1, tick=1))
    assert arena.tick(8).targets("a") == ["b freighter"]


def test_fears_attack_by_a_fifth_of_a_point() -> None:
    # Hulls and places alike, so that only the modified attack differs: 45 and 90.
    arena = Arena(
        force("a", 0, frigate=1),
        force("b", 1, 100, frigate=1),
        force("c", 1, -100, frigate=1, modifiers={"attack": 100}),
    )
    assert arena.tick().targets("a") == ["c frigate"]


def test_the_first_of_equals_is_chosen() -> None:
    arena = Arena(
        force("a", 0, frigate=1),
        force("b", 1, 100, scout=1),
        force("c", 1, -100, scout=1),
    )
    assert arena.tick().targets("a") == ["b scout"]


def test_who_is_out_of_range_is_never_shot_at() -> None:
    arena = Arena(
        force("a", 0, fighter=1, modifiers={"speed": -90}),
        force("b", 1, 1_000, colony_ship=1),
    )
    arena.tick(100)
    assert arena.distance() > 202_000
    assert arena.tally("a").dealt == 0


def test_who_stands_exactly_at_the_end_of_the_range_is_shot_at() -> None:
    for at in ((200, 0), (0, -200), (120, 160), (-120, -160)):
        arena = Arena(force("a", 0, at, fighter=1), force("b", 1, freighter=1)).tick()
        assert arena.tally("a").dealt > 0, at


def test_places_between_units_take_nobody_out_of_range() -> None:
    near = force("a", 0, fighter=1)
    for x, y in ((141_421, 141_421), (-141_421, 141_421), (-199_999, 500)):
        away = type(near)(id="b", side=1, ships={"scout": 1}, x_milli=x, y_milli=y)
        assert Arena(near, away).tick().tally("a").dealt > 0, (x, y)


def test_with_nobody_in_range_the_nearest_is_approached() -> None:
    arena = Arena(
        force("a", 0, fighter=1),
        force("b", 1, 900, scout=1),
        force("c", 1, (0, 800), battleship=1),
    )
    assert arena.tick().targets("a") == ["c battleship"]


def test_a_dead_target_is_replaced_at_once() -> None:
    arena = Arena(
        force("a", 0, battleship=1),
        force("b", 1, 100, scout=1),
        force("c", 1, 300, scout=1),
    )
    arena.tick()
    assert arena.tally("b").state == "destroyed"
    assert arena.tick().targets("a") == ["c scout"]


def test_friends_are_no_targets() -> None:
    arena = Arena(
        force("a", 0, fighter=3),
        force("b", 0, 20, fighter=3),
        force("c", 1, 900, scout=1),
    )
    assert set(arena.tick().targets("a")) == {"c scout"}


def test_range_grows_with_its_modifier() -> None:
    far = force("b", 1, 230, colony_ship=1)
    assert Arena(force("a", 0, fighter=1), far).tick().tally("a").dealt == 0
    farther = force("a", 0, fighter=1, modifiers={"range": 20})
    assert Arena(farther, far).tick().tally("a").dealt > 0


def test_a_ship_that_comes_into_range_is_shot_at_in_that_tick() -> None:
    arena = Arena(force("a", 0, grid=1), force("b", 1, 600, colony_ship=1))
    # Ranges are 2 units longer, since places are rounded down to units.
    while arena.distance() >= 503_000:
        assert arena.tally("a").dealt == 0
        arena.tick()
    assert arena.tally("a").dealt > 0
