"""Orders in battle: focus, formation, retreat."""

from app.game.combat.model.engine.spec import RETREAT_TICKS, Order
from tests.unit.combat.arena import Arena, force

TOUGH = {"hp": 1_000, "attack": -90}


def test_a_focused_force_comes_first_within_range() -> None:
    arena = Arena(
        force("a", 0, frigate=1),
        force("b", 1, 50, scout=1, modifiers=TOUGH),
        force("c", 1, 300, carrier=1, modifiers=TOUGH),
    )
    arena.order("a", "focus", "c")
    assert arena.tick().targets("a") == ["c carrier"]


def test_a_focus_beyond_the_range_is_no_reason_to_hold_fire() -> None:
    arena = Arena(
        force("a", 0, frigate=1),
        force("b", 1, 50, scout=1, modifiers=TOUGH),
        force("c", 1, 900, carrier=1, modifiers=TOUGH),
    )
    arena.order("a", "focus", "c")
    assert arena.tick().targets("a") == ["b scout"]


def test_a_focus_is_each_forces_own_and_can_be_lifted() -> None:
    arena = Arena(
        force("a", 0, frigate=1, modifiers=TOUGH),
        force("d", 0, frigate=1, modifiers=TOUGH),
        force("b", 1, 50, scout=1, modifiers=TOUGH),
        force("c", 1, 300, carrier=1, modifiers=TOUGH),
    )
    arena.order("a", "focus", "c")
    arena.tick()
    assert arena.targets("a") == ["c carrier"]
    assert arena.targets("d") == ["b scout"]
    arena.order("a", "focus")
    assert arena.tick(8).targets("a") == ["b scout"]


def test_an_order_takes_effect_in_the_tick_after_its_own() -> None:
    arena = Arena(
        force("a", 0, frigate=1, modifiers=TOUGH),
        force("b", 1, 50, scout=1, modifiers=TOUGH),
        force("c", 1, 300, carrier=1, modifiers=TOUGH),
    )
    arena.orders = (Order(tick=8, force="a", kind="focus", value="c"),)
    assert arena.tick(8).targets("a") == ["b scout"]
    assert arena.tick().targets("a") == ["c carrier"]


def exchange(formation_a: str, formation_b: str) -> tuple[int, int]:
    """Give what two battleships deal to one another in the first tick."""
    mighty = {"hp": 1_000, "attack": 1_000}
    arena = Arena(
        force("a", 0, battleship=1, modifiers=mighty),
        force("b", 1, 100, battleship=1, modifiers=mighty),
    )
    arena.order("a", "formation", formation_a)
    arena.order("b", "formation", formation_b)
    arena.tick()
    return arena.tally("a").dealt, arena.tally("b").dealt


def changed_by(formation_a: str, formation_b: str) -> tuple[int, int]:
    """Give what that is in percent of what they deal in line."""
    a, b = exchange("line", "line")
    to_b, to_a = exchange(formation_a, formation_b)
    return round(to_b * 100 / a), round(to_a * 100 / b)


def test_assault_deals_and_takes_a_tenth_more() -> None:
    assert changed_by("assault", "line") == (110, 110)


def test_defensive_deals_and_takes_a_tenth_less() -> None:
    assert changed_by("line", "defensive") == (90, 90)


def test_formations_meet() -> None:
    assert changed_by("assault", "defensive") == (99, 99)
    assert changed_by("assault", "assault") == (121, 121)


def test_the_last_formation_stands() -> None:
    line = exchange("line", "line")
    mighty = {"hp": 1_000, "attack": 1_000}
    arena = Arena(
        force("a", 0, battleship=1, modifiers=mighty),
        force("b", 1, 100, battleship=1, modifiers=mighty),
    )
    arena.order("a", "formation", "assault")
    arena.order("a", "formation", "line")
    arena.tick()
    assert (arena.tally("a").dealt, arena.tally("b").dealt) == line


def test_who_retreats_flees_from_the_enemys_middle_and_holds_fire() -> None:
    arena = Arena(
        force("a", 0, fighter=1, modifiers=TOUGH),
        force("b", 1, 100, colony_ship=1, modifiers=TOUGH),
        force("c", 1, (100, 100), colony_ship=1, modifiers=TOUGH),
    )
    arena.order("a", "retreat")
    arena.tick(30)
    row = arena.rows("a")[0]
    assert row.target == -1
    assert arena.tally("a").dealt == 0
    assert row.x_milli < 0
    assert row.y_milli < 0
    assert abs(row.x_milli) > abs(row.y_milli)


def test_who_has_lived_through_the_retreat_has_fled() -> None:
    arena = Arena(
        force("a", 0, fighter=4, modifiers=TOUGH),
        force("b", 1, 100, frigate=1, modifiers=TOUGH),
    )
    arena.tick(3)
    arena.order("a", "retreat")
    arena.tick(RETREAT_TICKS - 1)
    assert arena.tally("a").state == "fighting"
    assert not arena.frame.over
    arena.tick()
    assert arena.tally("a").state == "fled"
    assert arena.tally("a").ships == {"fighter": 4}
    assert arena.tally("a").lost == {}
    assert (arena.frame.over, arena.frame.winner) == (True, 1)
    assert [row.ships for row in arena.rows("a")] == [0] * 4


def test_who_retreats_can_be_shot_until_it_has_fled() -> None:
    arena = Arena(force("a", 0, scout=4), force("b", 1, 100, battleship=4))
    arena.order("a", "retreat")
    arena.end()
    assert arena.tally("a").state == "destroyed"
    assert arena.tally("a").lost == {"scout": 4}


def test_a_retreat_is_for_good_and_its_time_is_that_of_the_first_order() -> None:
    arena = Arena(
        force("a", 0, fighter=1, modifiers=TOUGH), force("b", 1, 100, frigate=1)
    )
    arena.order("a", "retreat")
    arena.tick(20)
    arena.order("a", "retreat")
    arena.order("a", "focus", "b")
    assert arena.end().tick == RETREAT_TICKS


def test_who_has_fled_is_no_target_while_others_fight_on() -> None:
    arena = Arena(
        force("a", 0, scout=1, modifiers=TOUGH),
        force("d", 0, (0, 300), freighter=1, modifiers=TOUGH),
        force("b", 1, 100, frigate=1, modifiers={"attack": -90}),
    )
    arena.order("a", "retreat")
    arena.tick(RETREAT_TICKS + 9)
    assert arena.tally("a").state == "fled"
    assert arena.targets("b") == ["d freighter"]
    assert not arena.frame.over


def test_when_all_flee_nobody_wins() -> None:
    arena = Arena(
        force("a", 0, fighter=1, modifiers=TOUGH),
        force("b", 1, 500, fighter=1, modifiers=TOUGH),
    )
    arena.order("a", "retreat")
    arena.order("b", "retreat")
    frame = arena.end()
    assert (frame.tick, frame.winner) == (RETREAT_TICKS, -1)
