"""Keep what changes in a battle, and pack it into bytes.

Packed, it is the same on every machine: one array after the other, little-endian, of
fixed widths. A battle of 1,000 entities takes 30 KB.
"""

from dataclasses import dataclass

import numpy as np

from app.core.units import MILLI
from app.game.combat.model.engine.arrays import Flags, Ints, Small, rounded_up
from app.game.combat.model.engine.roster import Roster

SPACE_MILLI = 8_000_000
"""Where a battle's space ends, from its place in each direction. Two entities are less
than 2**14 units apart in each direction: their distance's square fits into 31 bits."""

NONE = -1
"""Target of who has none."""

_WIDTHS = {"places": "<i4", "velocity": "<i4", "hp": "<i8", "target": "<i2"}
_TICKS = {"look": "<i2", "ready": "<i2"}
_SUMS = {"dealt": "<i8", "destroyed": "<i8", "fled": "<i1"}


@dataclass(slots=True)
class Field:
    """Hold one value an entity, then one a force; pairs of x and y stand in two rows.

    `places` are milli-units, `velocity` milli-units a second, `hp` that of all ships
    of the entity in milli-units. `look` is the tick in which it chooses a target anew
    at the latest, `ready` that from which it may fire. `dealt` is in milli-units of hp,
    `destroyed` in milli-units of resources, `fled` is 0 or 1.
    """

    places: Ints
    velocity: Ints
    hp: Ints
    target: Ints
    look: Ints
    ready: Ints
    dealt: Ints
    destroyed: Ints
    fled: Ints

    def is_on(self, roster: Roster) -> Flags:
        """Tell who is on the field: neither destroyed nor fled."""
        on: Flags = (self.hp > 0) & (self.fled[roster.force] == 0)
        return on

    def units(self) -> Small:
        """Give the places in whole units, rounded down."""
        return (self.places // MILLI).astype(np.int32)


def ships(hp: Ints, hp_each: Ints) -> Ints:
    """Count the ships that live on so much hp: the last one may be hurt."""
    return rounded_up(hp, hp_each)


def pack(field: Field) -> bytes:
    """Make bytes of a field."""
    return b"".join(
        getattr(field, name).astype(width).tobytes()
        for name, width in (_WIDTHS | _TICKS | _SUMS).items()
    )


def unpack(packed: bytes, entities: int, forces: int) -> Field:
    """Make a field of bytes.

    Raises:
        ValueError: they are not of so many entities and forces.
    """
    lengths = dict.fromkeys(_WIDTHS | _TICKS, entities)
    lengths |= {"places": 2 * entities, "velocity": 2 * entities}
    lengths |= dict.fromkeys(_SUMS, forces)
    widths = _WIDTHS | _TICKS | _SUMS
    sizes = {name: int(width[-1]) * lengths[name] for name, width in widths.items()}
    if sum(sizes.values()) != len(packed):
        raise ValueError("the frame is not of these forces")
    parts, start = {}, 0
    for name, width in widths.items():
        part = np.frombuffer(packed, dtype=width, count=lengths[name], offset=start)
        parts[name] = part.astype(np.int64)
        start += sizes[name]
    parts["places"] = parts["places"].reshape(2, -1)
    parts["velocity"] = parts["velocity"].reshape(2, -1)
    return Field(**parts)
