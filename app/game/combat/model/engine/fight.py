"""Keep what a battle's ticks hand on to one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as later

import numpy as np

from app.core.units import MILLI
from app.game.combat.model.engine.arrays import Flags, Ints, Small
from app.game.combat.model.engine.field import NONE, Field
from app.game.combat.model.engine.roster import Roster
from app.game.combat.model.engine.spec import Force, Order
from app.game.combat.model.engine.standing import NEVER, Standing, standing

SCORE_HP = 3
SCORE_DISTANCE = 5
SCORE_ATTACK = 2
"""Tenths of a target's score."""
SCORE_SPAN = 1_000


@dataclass(slots=True)
class Fight:
    """Hold a battle between two ticks, and what would be costly to find out again.

    All but `tick` and `field` follows from these and from what the battle was given.
    `joins` and `ordered` are the ticks after which forces join and orders stand.
    """

    seed: int
    forces: Sequence[Force]
    orders: Sequence[Order]
    tick: int
    roster: Roster
    field: Field
    joins: frozenset[int] = later(init=False)
    ordered: frozenset[int] = later(init=False)
    on: Flags = later(init=False)
    flees: Flags = later(init=False)
    sides: list[int] = later(init=False)
    enemies: dict[int, Ints] = later(init=False)
    worth: Small = later(init=False)
    units: Small = later(init=False)
    standing: Standing = later(init=False)

    def __post_init__(self) -> None:
        self.joins = frozenset(force.tick for force in self.forces if force.tick)
        self.ordered = frozenset(order.tick for order in self.orders)
        self.units = self.field.units()
        self.obey()

    def obey(self) -> None:
        """Take the orders that stand in the next tick."""
        self.standing = standing(self.forces, self.orders, self.tick + 1)
        self.flees = self.standing.escape[self.roster.force] < NEVER
        self.muster()

    def muster(self) -> None:
        """See who is on the field."""
        field, side = self.field, self.roster.side
        self.on = field.is_on(self.roster)
        self.flees &= self.on
        self.sides = np.unique(side[self.on]).tolist()
        self.enemies = {
            one: np.flatnonzero(self.on & (side != one)) for one in self.sides
        }
        gone = ~self.on
        field.velocity[:, gone] = 0
        field.target[gone | self.flees] = NONE
        aimed = field.target != NONE
        field.target[aimed & ~self.on[field.target]] = NONE
        self.weigh()

    def weigh(self) -> None:
        """Score what each entity is as a target, its distance aside, in tenths.

        The hp of a squadron is that of its ships on average, the lost ones counted.
        """
        roster = self.roster
        hp = self.field.hp // (roster.count * MILLI)
        worth = (
            SCORE_HP * (SCORE_SPAN - hp)
            + SCORE_DISTANCE * SCORE_SPAN
            + SCORE_ATTACK * (roster.attack // MILLI)
        )
        self.worth = worth.astype(np.int32)
