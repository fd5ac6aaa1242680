"""Ships close in, hold off and circle, as far as their range tells them to."""

from math import isqrt

import pytest

from app.game.combat.model.engine.moving import CIRCLE, CLOSE_IN, HOLD_OFF
from tests.unit.combat.arena import Arena, force

FULL = 14_000
"""Speed of a fighter, milli-units a second; its range is 200 units."""


def fighters(distance: int) -> Arena:
    """Let two fighters meet that have nothing to fear for a while."""
    tough = {"hp": 1_000, "attack": -90}
    return Arena(
        force("a", 0, fighter=1, modifiers=tough),
        force("b", 1, distance, fighter=1, modifiers=tough),
    )


def velocity(arena: Arena, name: str) -> tuple[int, int]:
    """Give what an entity moved in the last tick, milli-units a second."""
    after = arena.rows(name)[0]
    places = [(after.x_milli, after.y_milli)]
    arena.frame, now = arena.frames[-2], arena.frame
    before = arena.rows(name)[0]
    arena.frame = now
    places.append((before.x_milli, before.y_milli))
    (x, y), (x0, y0) = places
    return 10 * (x - x0), 10 * (y - y0)


def test_stands_still_until_it_has_seen_someone() -> None:
    arena = fighters(1_000).tick()
    assert velocity(arena, "a") == (0, 0)
    assert arena.targets("a") == ["b fighter"]


def test_velocity_moves_a_tenth_toward_the_wish_in_a_tick() -> None:
    arena = fighters(1_000).tick(2)
    assert velocity(arena, "a") == (FULL // 10, 0)
    arena.tick()
    assert velocity(arena, "a") == (FULL // 10 + FULL * 9 // 100, 0)


def test_closes_in_beyond_seven_tenths_of_its_range_at_full_speed() -> None:
    arena = fighters(1_000).tick(100)
    x, y = velocity(arena, "a")
    assert FULL * 99 // 100 <= x <= FULL
    assert y == 0
    assert velocity(arena, "b") == (-x, 0)


def test_holds_off_below_four_tenths_of_its_range_at_half_speed() -> None:
    arena = fighters(30).tick(25)
    x, y = velocity(arena, "a")
    assert arena.distance() < 80_000
    assert -FULL // 2 <= x <= -FULL // 2 * 9 // 10
    assert y == 0


def test_circles_between_at_seven_tenths_of_its_speed() -> None:
    arena = fighters(120).tick(2)
    x, y = velocity(arena, "a")
    assert (x, y) == (0, FULL * 7 // 100)
    assert velocity(arena, "b") == (0, -FULL * 7 // 100)
    arena.tick(20)
    x, y = velocity(arena, "a")
    assert FULL * 6 // 10 < isqrt(x * x + y * y) <= FULL * 7 // 10


def test_left_and_right_are_rounded_alike() -> None:
    arena = fighters(777).tick(300)
    a, b = arena.rows("a")[0], arena.rows("b")[0]
    # Places are seen in whole units, rounded down: the two may turn a tick apart.
    assert abs(a.x_milli + b.x_milli - 777_000) <= 2 * FULL // 10
    assert a.x_milli != 0


@pytest.mark.parametrize("distance", [0, 40, 150, 900])
def test_nobody_is_faster_than_their_speed(distance: int) -> None:
    arena = fighters(distance)
    for _ in range(120):
        x, y = velocity(arena.tick(), "a")
        assert x * x + y * y <= FULL * FULL


def test_modifiers_change_the_speed() -> None:
    arena = Arena(
        force("a", 0, fighter=1, modifiers={"speed": 50}), force("b", 1, 900, scout=1)
    )
    assert velocity(arena.tick(2), "a") == (FULL * 3 // 20, 0)


def test_nobody_leaves_the_space_of_the_battle() -> None:
    tough = {"hp": 1_000, "attack": -90, "speed": 1_000}
    arena = Arena(
        force("a", 0, 4_000, scout=1, modifiers=tough),
        force("b", 1, -4_000, grid=1),
    )
    arena.order("a", "retreat")
    arena.tick(49)
    assert arena.rows("a")[0].x_milli <= 8_000_000
    assert not arena.frame.over


def test_the_paces_are_those_of_the_rules() -> None:
    assert (CLOSE_IN, CIRCLE, HOLD_OFF) == (100, 70, -50)
