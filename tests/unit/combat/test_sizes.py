"""What the engine is made for, and what it refuses."""

import ast
from collections.abc import Callable
from dataclasses import fields
from math import isqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from app.game.colonies.model.units import UNITS
from app.game.combat.model import engine
from app.game.combat.model.engine.dice import below
from app.game.combat.model.engine.field import unpack
from app.game.combat.model.engine.roots import SQUARES_MAX, roots
from app.game.combat.model.engine.roster import ROUNDING, roster
from app.game.combat.model.engine.run import advance, begin, fight, rows
from app.game.combat.model.engine.spec import (
    FORCES_MAX,
    GRID,
    MODIFIER_MAX,
    MODIFIER_MIN,
    MODIFIERS,
    ORDERS_MAX,
    PLACE_MAX_MILLI,
    RANGE_MAX,
    SHIPS_MAX,
    SIDES_MAX,
    Force,
    Order,
)
from tests.unit.combat.arena import SEED, force

MOST = dict.fromkeys(MODIFIERS, MODIFIER_MAX)
ENEMY = force("b", 1, 100, scout=1)
HP_MAX = 2**63 - 1


def test_roots_are_exact_wherever_they_are_taken() -> None:
    squares = np.arange(SQUARES_MAX, dtype=np.int32)
    found = roots(squares).astype(np.int64)
    assert (found * found <= squares).all()
    assert ((found + 1) * (found + 1) > squares).all()


def test_no_weapon_reaches_farther_than_roots() -> None:
    assert (RANGE_MAX + ROUNDING) ** 2 < SQUARES_MAX
    ranges = roster([force("a", 0, modifiers=MOST, **dict.fromkeys(UNITS, 1))]).range
    assert int(ranges.max()) == RANGE_MAX + ROUNDING
    assert isqrt(SQUARES_MAX) > RANGE_MAX


def test_draws_follow_the_published_generator() -> None:
    # First outputs of SplitMix64 for seed 1234567, as published with the algorithm.
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    drawn = below(1 << 31, 1234567, 0, np.arange(3))
    assert drawn.tolist() == [bits >> 33 for bits in published]


def test_draws_of_entities_and_ticks_are_all_different() -> None:
    drawn = [below(1 << 31, SEED, tick, np.arange(2_000)) for tick in range(9)]
    assert len(np.unique(np.concatenate(drawn))) == 18_000


@pytest.mark.parametrize("unit", [*UNITS, None])
def test_the_most_ships_of_the_strongest_stay_within_64_bits(unit: str | None) -> None:
    ships = {unit: SHIPS_MAX} if unit else dict.fromkeys(UNITS, SHIPS_MAX // 10)
    forces = tuple(
        force(f"f{n}", n % 2, (n, n % 2 * 40), grid=30, modifiers=MOST, **ships)
        for n in range(FORCES_MAX)
    )
    orders = tuple(
        Order(tick=0, force=one.id, kind="formation", value="assault") for one in forces
    )
    frame = begin(SEED, forces)
    hp = hp_of(frame.entities, forces)
    assert hp > sum(sum(one.ships.values()) for one in forces) * 1_000
    for _ in range(4):
        before, frame = frame, advance(SEED, forces, orders, frame, frame.tick + 1)
        for one in forces:
            brought = sum(one.ships.values())
            tally, earlier = frame.tallies[one.id], before.tallies[one.id]
            left, lost = sum(tally.ships.values()), sum(tally.lost.values())
            assert left + lost == brought
            assert left <= sum(earlier.ships.values())
            assert tally.dealt >= earlier.dealt
            assert tally.destroyed_milli >= earlier.destroyed_milli
        lost_hp = hp - hp_of(frame.entities, forces)
        dealt = sum(tally.dealt for tally in frame.tallies.values())
        assert dealt <= lost_hp // 1_000 <= dealt + len(forces)


def hp_of(entities: bytes, forces: tuple[Force, ...]) -> int:
    """Sum all hp with Python's integers, checking each on the way."""
    listed = roster(forces)
    field = unpack(entities, listed.size, len(forces))
    values = field.hp.tolist()
    full = [
        count * each
        for count, each in zip(
            listed.count.tolist(), listed.hp_each.tolist(), strict=True
        )
    ]
    assert all(0 <= hp <= most for hp, most in zip(values, full, strict=True))
    assert sum(full) < HP_MAX // 10
    return sum(values)


def test_twenty_eight_million_of_the_dearest_fight_to_the_end() -> None:
    forces = (
        force("a", 0, -100, carrier=28_000_000),
        force("b", 1, 100, carrier=15_000_000),
    )
    frame = fight(SEED, forces)
    assert frame.winner == 0
    assert frame.tallies["b"].lost == {"carrier": 15_000_000}
    value = sum(UNITS["carrier"].cost.values()) * 1_000
    assert frame.tallies["a"].destroyed_milli == 15_000_000 * value


def test_all_arrays_are_integers() -> None:
    forces = (force("a", 0, fighter=5_000, grid=3), ENEMY)
    listed = roster(forces)
    field = unpack(begin(SEED, forces).entities, listed.size, len(forces))
    for holder in (listed, field):
        for one in fields(holder):
            value = getattr(holder, one.name)
            if isinstance(value, np.ndarray):
                assert value.dtype.kind in "ib", one.name


def test_no_module_of_the_engine_asks_for_a_float() -> None:
    forbidden = {"sqrt", "mean", "std", "true_divide", "divide", "hypot", "linspace"}
    for path in Path(str(engine.__path__[0])).glob("*.py"):
        text = path.read_text()
        names = {
            node.attr
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Attribute)
        }
        assert not names & forbidden, path.name
        assert "float" not in text, path.name


def test_a_battle_of_a_thousand_entities_takes_thirty_kilobytes() -> None:
    forces = (force("a", 0, fighter=10**6), force("b", 1, 300, scout=10**6))
    assert len(begin(SEED, forces).entities) <= 30 * 1_000 + 100


def bad(**changes: Any) -> Callable[[], object]:
    good = force("a", 0, fighter=1)
    return lambda: begin(SEED, (replace(good, **changes), ENEMY))


REFUSED: dict[str, Callable[[], object]] = {
    "1 to 32 forces": lambda: begin(SEED, ()),
    "not 33": lambda: begin(
        SEED, tuple(force(f"f{n}", 0, scout=1) for n in range(FORCES_MAX + 1))
    ),
    "the same id": lambda: begin(SEED, (ENEMY, ENEMY)),
    "order of their ticks": lambda: begin(
        SEED, (replace(ENEMY, id="c", tick=3), ENEMY)
    ),
    "64 bits": lambda: begin(1 << 64, (ENEMY,)),
    "a seed": lambda: begin(-1, (ENEMY,)),
    "sides are": bad(side=SIDES_MAX),
    "sides are 0": bad(side=-1),
    "no such unit": bad(ships={"dreadnought": 1}),
    "such unit": bad(ships={GRID: 1}),
    "negative count": bad(ships={"scout": -1}),
    "more than": bad(ships={"scout": SHIPS_MAX, "fighter": 1}),
    "no such modifier": bad(modifiers={"luck": 1}),
    "modifiers are": bad(modifiers={"hp": MODIFIER_MIN - 1}),
    "to 1000 percent": bad(modifiers={"hp": MODIFIER_MAX + 1}),
    "grids are": bad(grid=31),
    "farther than": bad(x_milli=PLACE_MAX_MILLI + 1),
    "from the place": bad(y_milli=-PLACE_MAX_MILLI - 1),
    "negative tick": bad(tick=-1),
}


@pytest.mark.parametrize("words", REFUSED)
def test_refuses_forces_that_it_is_not_made_for(words: str) -> None:
    with pytest.raises(ValueError, match=words):
        REFUSED[words]()


BAD_ORDERS = {
    "unknown force x": Order(tick=0, force="x", kind="retreat"),
    "no such order": Order(tick=0, force="a", kind="dance"),
    "before it joins": Order(tick=4, force="c", kind="retreat"),
    "no such formation": Order(tick=0, force="a", kind="formation", value="circle"),
    "no such force": Order(tick=0, force="a", kind="focus", value="x"),
    "can't retreat": Order(tick=0, force="g", kind="retreat"),
}


@pytest.mark.parametrize("words", BAD_ORDERS)
def test_refuses_orders_that_mean_nothing(words: str) -> None:
    forces = (
        force("a", 0, scout=1),
        force("g", 0, grid=1),
        ENEMY,
        force("c", 0, scout=1, tick=5),
    )
    with pytest.raises(ValueError, match=words):
        fight(SEED, forces, (BAD_ORDERS[words],))


def test_refuses_more_orders_than_a_battle_takes() -> None:
    orders = (Order(tick=0, force="b", kind="focus"),) * (ORDERS_MAX + 1)
    with pytest.raises(ValueError, match="orders"):
        fight(SEED, (force("a", 0, scout=1), ENEMY), orders)


def test_refuses_a_frame_of_other_forces() -> None:
    frame = begin(SEED, (force("a", 0, scout=1), ENEMY))
    others = (force("a", 0, scout=2), ENEMY)
    with pytest.raises(ValueError, match="frame"):
        advance(SEED, others, (), frame, 5)
    with pytest.raises(ValueError, match="frame"):
        rows(frame, others)
