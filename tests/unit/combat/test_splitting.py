"""A run gives the same, however it is split into steps."""

from random import Random

import msgspec

from app.game.combat.model.engine.run import advance, begin, fight
from app.game.combat.model.engine.spec import FORMATIONS, Force, Frame, Order
from tests.unit.combat.arena import force

SEEDS = 1_000
UNITS = ("fighter", "interceptor", "bomber", "frigate", "cruiser", "scout")

Battle = tuple[tuple[Force, ...], tuple[Order, ...]]


def drawn(random: Random) -> Battle:
    """Draw a small battle, with reinforcements and orders in its course."""
    ticks = [0, 0, *sorted(random.choices(range(40), k=random.randint(0, 2)))]
    forces = tuple(
        force(
            f"f{number}",
            number if number < 2 else random.randint(0, 2),
            (random.randint(-150, 150), random.randint(-150, 150)),
            tick=tick,
            modifiers={"attack": random.randint(0, 300)},
            **{unit: random.randint(1, 4) for unit in random.sample(UNITS, 2)},
        )
        for number, tick in enumerate(ticks)
    )
    orders = tuple(order(random, forces) for _ in range(random.randint(0, 3)))
    return forces, tuple(sorted(orders, key=lambda one: one.tick))


def order(random: Random, forces: tuple[Force, ...]) -> Order:
    to = random.choice(forces)
    kind = random.choice(("focus", "formation", "retreat"))
    value = {
        "focus": random.choice(forces).id,
        "formation": random.choice(FORMATIONS),
        "retreat": "",
    }
    tick = random.randint(to.tick, to.tick + 30)
    return Order(tick=tick, force=to.id, kind=kind, value=value[kind])


def split(seed: int, battle: Battle, random: Random) -> Frame:
    """Fight in random steps, each knowing only what was known by then."""
    forces, orders = battle
    first = tuple(one for one in forces if one.tick == 0)
    frame = begin(seed, first)
    while not frame.over:
        known = tuple(one for one in forces if one.tick <= frame.tick)
        given = tuple(
            one
            for one in orders
            if one.tick <= frame.tick
            and (one.value in names(known) | {*FORMATIONS, ""})
        )
        ahead = [one.tick for one in (*forces, *orders) if one.tick > frame.tick]
        to_tick = min([frame.tick + random.randint(1, 60), *ahead])
        frame = advance(seed, known, given, frame, to_tick)
    return frame


def names(forces: tuple[Force, ...]) -> set[str]:
    return {one.id for one in forces}


def test_a_thousand_seeds_split_at_random_give_the_same() -> None:
    ends = set()
    for seed in range(SEEDS):
        random = Random(seed)
        battle = drawn(random)
        frame = split(seed, battle, random)
        assert frame == fight(seed, *battle), seed
        ends.add(frame.tick)
    assert len(ends) > 50


def test_the_whole_frame_goes_through_the_wire() -> None:
    forces, orders = drawn(Random(5))
    frame = begin(5, forces)
    while not frame.over:
        frame = advance(5, forces, orders, frame, frame.tick + 10)
        packed = msgspec.msgpack.encode(frame)
        frame = msgspec.msgpack.decode(packed, type=Frame)
    assert frame == fight(5, forces, orders)
