"""Say what each entity of a battle is: what follows from the forces and never changes.

Sizes, so that no product or sum leaves 64 bits. A ship has at most 1,000 units of hp
and 160 of attack before modifiers (a grid 6,000 and 1,200), modifiers make that 11
times as much at most, and all is in milli-units. So an entity of SHIPS_MAX ships has
1.1e16 of hp, and the 32 forces of a battle have less than 4e17.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.units import MILLI
from app.game.combat.model.engine.arrays import Flags, Ints, Small, ints
from app.game.combat.model.engine.spec import MODIFIERS, RANGE_MAX, Force
from app.game.combat.model.engine.squadrons import squadrons
from app.game.combat.model.engine.stats import GRID_KIND, stats

ROUNDING = 2
"""Units added to every range: places are rounded down to units, two of them can be
farther apart by 1.5, and who was in range by the milli-unit shall be in range here."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Hold one value an entity; `attack` to `hp_each` are milli-units of one ship.

    `range` is in units, `speed` in milli-units a second, `fire_rate` in ticks.
    `counters` are percent by kind of shooter and target.
    """

    forces: tuple[Force, ...]
    force: Ints
    side: Ints
    kind: Ints
    count: Ints
    hp_each: Ints
    attack: Ints
    defense: Ints
    range: Ints
    speed: Ints
    fire_rate: Ints
    value_milli: Ints
    counters: Ints
    is_ship: Flags
    far_square: Small
    """Square of the range: who is not farther away is in range."""

    @property
    def size(self) -> int:
        """Count the entities."""
        return len(self.force)


def roster(forces: Sequence[Force]) -> Roster:
    """List the entities of forces, in the order of the forces."""
    force, kind, count = ints(squadrons(forces)).reshape(-1, 3).T.copy()
    table = stats()
    percent = _percents(forces)[:, force]
    attack, hp, defense, reach, speed = percent
    # A grid is worth its level; its count is one, so that it dies as a whole.
    worth = np.where(kind == GRID_KIND, ints([one.grid for one in forces])[force], 1)
    reach = np.minimum(table.range[kind] * reach // 100, RANGE_MAX) + ROUNDING
    return Roster(
        forces=tuple(forces),
        force=force,
        side=ints([one.side for one in forces])[force],
        kind=kind,
        count=count,
        hp_each=_milli(table.hp[kind] * worth, hp),
        attack=_milli(table.attack[kind] * worth, attack),
        defense=_milli(table.defense[kind], defense),
        range=reach,
        speed=_milli(table.speed[kind], speed),
        fire_rate=table.fire_rate[kind],
        value_milli=table.value_milli[kind],
        counters=table.counters,
        is_ship=kind != GRID_KIND,
        far_square=(reach * reach).astype(np.int32),
    )


def _percents(forces: Sequence[Force]) -> Ints:
    """Give, for each of MODIFIERS, what percent of the table each force has."""
    return ints(
        [[100 + one.modifiers.get(name, 0) for one in forces] for name in MODIFIERS]
    )


def _milli(whole: Ints, percent: Ints) -> Ints:
    return whole * percent * (MILLI // 100)
