"""The engine's arrays do what one ship after the other would do."""

from hashlib import sha256
from random import Random

import pytest

from app.game.colonies.model.units import UNITS
from app.game.combat.model.engine import squadrons
from app.game.combat.model.engine.run import advance, begin
from app.game.combat.model.engine.spec import MODIFIERS, Force
from tests.unit.combat.scalar import Scalar

TICKS = 250
FEW = 24
"""Entities of a side here, so that the slow way takes part with squadrons too."""
SUMS_BYTES = 17
"""Bytes a force at the end of a packed field: who dealt what has its own tests."""


def drawn(random: Random, number: int, sides: int) -> Force:
    units = random.sample(list(UNITS), random.randint(1, 4))
    far = random.choice((100_000, 400_000, 400_000, 3_000_000))
    return Force(
        id=f"f{number}",
        side=number % sides,
        ships={unit: random.choice((1, 2, 5, 400)) for unit in units},
        x_milli=random.randint(-far, far),
        y_milli=random.randint(-far, far),
        modifiers={name: random.randint(-50, 200) for name in MODIFIERS},
    )


@pytest.mark.parametrize("seed", range(16))
def test_each_tick_is_that_of_ships_one_after_the_other(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(squadrons, "ENTITIES_MAX", FEW)
    random = Random(seed)
    sides = random.randint(2, 3)
    forces = tuple(drawn(random, number, sides) for number in range(sides + 1))
    frame, scalar = begin(seed, forces), Scalar(seed, forces)
    while not frame.over and frame.tick < TICKS:
        frame = advance(seed, forces, (), frame, frame.tick + 1)
        scalar.step()
        body = frame.entities[: -SUMS_BYTES * len(forces)]
        assert sha256(body).hexdigest() == scalar.packed_hash(), frame.tick
    assert frame.tick
