"""Say what a battle is made of, and what the engine answers.

The engine is one pure function of (version, seed, forces, orders): battle, replay,
verifier and simulator run the same code (decision 14).
"""

from collections.abc import Collection
from typing import NamedTuple

from msgspec import Struct

from app.game.colonies.model.buildings import LEVEL_MAX
from app.game.colonies.model.units import UNITS

VERSION = 1
"""Raise it with every change of a result, a unit's stats included: battles are kept as
inputs, and fought again to be shown."""

TICK_MS = 100
TICKS_MAX = 6_000
MARK_TICKS = 10
"""The chain of hashes grows at every tick that this divides."""
RETREAT_TICKS = 50
"""Ticks that a retreating force must live through to have fled (tune)."""

ENTITIES_MAX = 500
"""Entities of a side; what is beyond fights as squadrons."""
ENTITIES_TOTAL = 1_500
"""Entities of a battle, however many sides: its cost grows with their square."""
ENTITIES_JOINING = 10
"""Entities that a joining force gets where its side is full: one for each unit."""

FORCES_MAX = 32
SIDES_MAX = 32
ORDERS_MAX = 1_000
SHIPS_MAX = 10**9
"""Ships of one force."""
MODIFIER_MIN = -90
MODIFIER_MAX = 1_000
"""Percent; they keep stats above nothing and products within 64 bits."""
RANGE_MAX = 2_800
"""Units that a weapon reaches, whatever its modifiers: four times the farthest."""
PLACE_MAX_MILLI = 4_000_000
"""How far from the battle's place a force may join, in each direction."""

GRID = "defense_grid"
"""What the rows of a battle call the guns of a colony; no unit has this name."""

MODIFIERS = ("attack", "hp", "defense", "range", "speed")
FORMATIONS = ("line", "assault", "defensive")
ORDERS = ("focus", "retreat", "formation")


class Force(Struct, frozen=True, kw_only=True):
    """Bring ships to a battle, on a side; all other sides are enemies.

    `modifiers` are percent on top of the units' stats. `grid` is the level of a
    colony's defense_grid, 0 for none. The place is relative to the battle's. It fights
    from the tick after `tick` on: a battle's forces stand in the order of their ticks.
    """

    id: str
    side: int
    ships: dict[str, int]
    x_milli: int
    y_milli: int
    modifiers: dict[str, int] = {}
    grid: int = 0
    tick: int = 0


class Order(Struct, frozen=True, kw_only=True):
    """Tell a force what to do from the tick after `tick` on.

    `focus` prefers the force named by `value` (none: no one) among what is in range,
    `retreat` flees for good, `formation` takes one of FORMATIONS. A force with a grid
    can't retreat.
    """

    tick: int
    force: str
    kind: str
    value: str = ""


class Tally(Struct, frozen=True, kw_only=True):
    """Sum up one force: ships left and lost by unit, and what it did to others.

    `dealt` is damage in units of hp, without overkill. `destroyed_milli` is what the
    ships that it destroyed cost, all resources together. `state` is `fighting`, `fled`
    or `destroyed` (also that of a force that brought nothing). A grid is in no tally
    but `dealt`.
    """

    ships: dict[str, int]
    lost: dict[str, int]
    dealt: int
    destroyed_milli: int
    state: str


class Frame(Struct, frozen=True, kw_only=True):
    """Hold a battle after a tick: all that is needed to go on from here.

    `chain` is a SHA-256 in hex over what came before; it grows at every MARK_TICKS-th
    tick and at the end, so it doesn't depend on how a run is split. `winner` is the
    side that stands alone once it is `over`, else -1. `entities` are packed arrays.
    `tallies` name the forces that have joined so far.
    """

    tick: int
    chain: str
    over: bool
    winner: int
    entities: bytes
    tallies: dict[str, Tally]


class Row(NamedTuple):
    """Show one entity: a ship, a squadron or a grid.

    `ships` are those on the field, 0 once it is destroyed or fled. `hp_percent` is
    of what it came with, at least 1 while it lives. `target` is the place in the list
    of rows of what it fights or closes in on, -1 for none.
    """

    force: str
    unit: str
    ships: int
    x_milli: int
    y_milli: int
    hp_percent: int
    target: int


def check_forces(forces: tuple[Force, ...]) -> None:
    """Refuse forces that the engine's integers and arrays are not made for.

    Raises:
        ValueError: what is wrong with which force.
    """
    if not 1 <= len(forces) <= FORCES_MAX:
        raise ValueError(f"a battle has 1 to {FORCES_MAX} forces, not {len(forces)}")
    if len({force.id for force in forces}) < len(forces):
        raise ValueError("two forces have the same id")
    if any(forces[i].tick > forces[i + 1].tick for i in range(len(forces) - 1)):
        raise ValueError("forces stand in the order of their ticks")
    for force in forces:
        for problem in _problems(force):
            raise ValueError(f"force {force.id}: {problem}")


def _problems(force: Force) -> list[str]:
    far = max(abs(force.x_milli), abs(force.y_milli))
    counts, percents = force.ships.values(), force.modifiers.values()
    checks = {
        f"sides are 0 to {SIDES_MAX - 1}": 0 <= force.side < SIDES_MAX,
        "no such unit": force.ships.keys() <= UNITS.keys(),
        "a negative count": all(count >= 0 for count in counts),
        f"more than {SHIPS_MAX} ships": sum(counts) <= SHIPS_MAX,
        "no such modifier": force.modifiers.keys() <= set(MODIFIERS),
        f"modifiers are {MODIFIER_MIN} to {MODIFIER_MAX} percent": all(
            MODIFIER_MIN <= percent <= MODIFIER_MAX for percent in percents
        ),
        f"grids are 0 to {LEVEL_MAX}": 0 <= force.grid <= LEVEL_MAX,
        f"farther than {PLACE_MAX_MILLI} from the place": far <= PLACE_MAX_MILLI,
        "a negative tick": force.tick >= 0,
    }
    return [problem for problem, holds in checks.items() if not holds]


def check_orders(forces: tuple[Force, ...], orders: tuple[Order, ...]) -> None:
    """Refuse orders that mean nothing.

    Raises:
        ValueError: what is wrong with which order.
    """
    if len(orders) > ORDERS_MAX:
        raise ValueError(f"a battle takes {ORDERS_MAX} orders, not {len(orders)}")
    known = {force.id: force for force in forces}
    for order in orders:
        if order.force not in known:
            raise ValueError(f"order to unknown force {order.force}")
        for problem in _problems_of(order, known[order.force], known.keys()):
            raise ValueError(f"order to force {order.force}: {problem}")


def _problems_of(order: Order, force: Force, known: Collection[str]) -> list[str]:
    kind, value = order.kind, order.value
    checks = {
        f"no such order as {kind}": kind in ORDERS,
        "before it joins": order.tick >= force.tick,
        f"no such formation as {value}": kind != "formation" or value in FORMATIONS,
        f"no such force as {value}": kind != "focus" or value in {"", *known},
        "a grid can't retreat": kind != "retreat" or not force.grid,
    }
    return [problem for problem, holds in checks.items() if not holds]
