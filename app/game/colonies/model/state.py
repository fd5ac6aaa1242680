"""Keep a colony: its place, what stands on it, what is under way, what it stores."""

from typing import Any, ClassVar

from msgspec import Struct

from app.core.message import Ref
from app.core.units import DAY_MS
from app.game.colonies.model.stock import Stock

KIND = "colony"

AWAKE_MS = 30 * DAY_MS
"""How long a colony goes on producing without its owner (tune)."""


class Construction(Struct, frozen=True, kw_only=True):
    """Hold an order for the next level of a building. Times are planned at placing."""

    id: str
    building: str
    level: int
    paid: dict[str, int]
    started_ms: int
    complete_ms: int


class Training(Struct, frozen=True, kw_only=True):
    """Hold an order for units; all of them are ready at `complete_ms`."""

    id: str
    unit: str
    count: int
    paid: dict[str, int]
    started_ms: int
    complete_ms: int


class Colony(Struct, frozen=True, kw_only=True):
    """Hold one colony; the id of the aggregate is the planet's id.

    The first order of `constructions` is being built, the others wait in turn; the same
    goes for `trainings`. The stock grows while the owner minds it, `AWAKE_MS` longer.
    `away` are its units that fly in fleets, whose upkeep it pays; `stationed` and
    `blockades` are the fleets that defend and blockade it. `battle` is fought here;
    `occupier` is the player who holds it until `occupied_until_ms`, and denies it its
    production.
    Version 1 called the owner's id `owner` and knew neither the owner's name nor sleep.
    """

    VERSION: ClassVar[int] = 2

    id: str
    player: str
    username: str
    name: str
    x_milli: int
    y_milli: int
    region: str
    planet_type: str
    founded_ms: int
    stock: Stock
    buildings: dict[str, int] = {}
    units: dict[str, int] = {}
    constructions: tuple[Construction, ...] = ()
    trainings: tuple[Training, ...] = ()
    away: dict[str, int] = {}
    stationed: tuple[str, ...] = ()
    blockades: tuple[str, ...] = ()
    battle: str = ""
    occupier: str = ""
    occupied_until_ms: int = 0

    @property
    def awake_until_ms(self) -> int:
        """Tell when the colony falls asleep, unless its owner is heard of."""
        return self.stock.until_ms


def ref(colony_id: str) -> Ref:
    """Name the aggregate of a colony."""
    return Ref(KIND, colony_id)


def upcast_1(body: dict[str, Any]) -> dict[str, Any]:
    """Turn a colony of version 1 into one of version 2."""
    rest = {name: value for name, value in body.items() if name != "owner"}
    stock = body["stock"] | {"until_ms": body["stock"]["since_ms"] + AWAKE_MS}
    return rest | {"player": body["owner"], "username": "", "stock": stock}
