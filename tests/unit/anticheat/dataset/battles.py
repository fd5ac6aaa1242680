"""Make traces of battles: as they were fought, and with a record that was changed."""

from random import Random

from msgspec.structs import replace

from app.game.anticheat.model.fought import Fought, Step
from app.game.anticheat.rules.replays import REPLAY
from app.game.combat.model.engine.run import advance, begin
from app.game.combat.model.engine.spec import VERSION, Force, Order
from tests.unit.anticheat.dataset.trace import START_MS, Trace

UNITS = ("fighter", "interceptor", "frigate")
STEP_TICKS = 10
STEPS_MAX = 12


def _force(chance: Random, number: int, tick: int = 0) -> Force:
    return Force(
        id=f"f{number}",
        side=number % 2,
        ships={unit: chance.randint(0, 4) for unit in UNITS} | {"fighter": 2},
        x_milli=chance.randint(-150_000, 150_000),
        y_milli=chance.randint(-150_000, 150_000),
        modifiers={"attack": chance.randint(0, 50)},
        tick=tick,
    )


def _orders(chance: Random, forces: tuple[Force, ...]) -> tuple[Order, ...]:
    force = chance.choice(forces)
    late = force.tick + chance.randint(0, 30)
    kind = chance.choice(("formation", "focus", "retreat"))
    values = {"formation": "assault", "focus": forces[0].id, "retreat": ""}
    return (Order(tick=late, force=force.id, kind=kind, value=values[kind]),)


def fought(chance: Random) -> Fought:
    """Fight a small battle in steps, as the game does."""
    forces = (_force(chance, 0), _force(chance, 1))
    if chance.random() < 0.5:
        forces += (_force(chance, 2, tick=chance.randint(1, 3) * STEP_TICKS),)
    orders, seed = _orders(chance, forces), chance.getrandbits(64)
    frame, steps = begin(seed, forces), []
    while not frame.over and len(steps) < STEPS_MAX:
        frame = advance(seed, forces, orders, frame, frame.tick + STEP_TICKS)
        steps.append(Step(frame.tick, frame.chain))
    return Fought(
        battle="b",
        at_ms=START_MS,
        engine=VERSION,
        seed=seed,
        forces=forces,
        orders=orders,
        steps=tuple(steps),
        tick=frame.tick,
        winner=frame.winner,
        players=("ann", "bob"),
    )


def honest_battle(chance: Random) -> Trace:
    return Trace(battle=fought(chance))


def changed_record(chance: Random) -> Trace:
    """Change one thing of the record: ships, an order, the seed, a chain, a place."""
    battle = fought(chance)
    force, step = battle.forces[0], chance.randrange(len(battle.steps))
    more = replace(force, ships=force.ships | {"fighter": 3})
    moved = replace(force, x_milli=force.x_milli + 1)
    steps = list(battle.steps)
    steps[step] = Step(steps[step].tick, "0" * 64)
    changed = chance.choice(
        (
            replace(battle, forces=(more, *battle.forces[1:])),
            replace(battle, forces=(moved, *battle.forces[1:])),
            replace(battle, seed=battle.seed ^ 1),
            replace(battle, steps=tuple(steps)),
            replace(battle, winner=battle.winner + 1),
            replace(battle, orders=(Order(tick=0, force="f9", kind="retreat"),)),
        )
    )
    return Trace(detector=REPLAY, culprits=frozenset(battle.players), battle=changed)
