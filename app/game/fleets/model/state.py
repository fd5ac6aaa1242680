"""Keep a fleet: its ships, where it is or on its way, what it is told to do."""

from collections.abc import Mapping
from itertools import pairwise

from msgspec import Struct

from app.core.message import Ref

KIND = "fleet"

ORDERS_MAX = 10
"""Orders that wait in a fleet's queue."""
FLEETS_MAX = 32
"""Fleets of one empire (tune)."""


class Waypoint(Struct, frozen=True, array_like=True):
    """Place a fleet at a moment: milli-units and Unix ms."""

    x_milli: int
    y_milli: int
    at_ms: int


class Course(Struct, frozen=True, kw_only=True):
    """Hold a way through space: straight legs between at least two waypoints.

    The first waypoint is the departure. `id` names its timers.
    """

    id: str
    path: tuple[Waypoint, ...]

    @property
    def depart_ms(self) -> int:
        """Say when it was begun."""
        return self.path[0].at_ms

    @property
    def arrive_ms(self) -> int:
        """Say when it ends."""
        return self.path[-1].at_ms


class Order(Struct, frozen=True, kw_only=True):
    """Tell a fleet what to do: where to go, and what to do on arrival.

    `kind` is `move`, `attack`, `defend`, `patrol`, `blockade`, `transport`,
    `colonise` or `return`. `points` are milli-units, visited in turn. `target` is the
    kind and id of what it is about (`("colony", id)`), empty for none; `source` is the
    colony that a transport still has to load at, and `cargo` what it loads, in
    milli-units. A patrol goes on until `until_ms`.
    """

    id: str
    kind: str
    points: tuple[tuple[int, int], ...] = ()
    target: tuple[str, str] = ("", "")
    source: str = ""
    cargo: dict[str, int] = {}
    until_ms: int = 0


class Fleet(Struct, frozen=True, kw_only=True):
    """Hold one fleet. It stands at (`x_milli`, `y_milli`), or is on `course`.

    `sector` is where it was when it last crossed a border: its broadcasts go there.
    `since_ms` is when it came to its sector on this course, or to where it stands.
    `sensor_milli` is how far it sees, before weather. `home` is the colony that pays
    its upkeep. `stance` is `""`, `defend`, `blockade` or `patrol`; `post` is the colony
    that it defends or blockades. `battle` is the battle it is in, empty in peace.
    """

    id: str
    player: str
    username: str
    name: str
    home: str
    ships: dict[str, int]
    x_milli: int
    y_milli: int
    sector: str
    sensor_milli: int
    created_ms: int
    since_ms: int = 0
    course: Course | None = None
    order: Order | None = None
    queue: tuple[Order, ...] = ()
    stance: str = ""
    post: str = ""
    battle: str = ""
    cargo: dict[str, int] = {}


def ref(fleet_id: str) -> Ref:
    """Name the aggregate of a fleet."""
    return Ref(KIND, fleet_id)


def position(fleet: Fleet, at_ms: int) -> tuple[int, int]:
    """Give where a fleet is at a moment, in milli-units."""
    if fleet.course is None:
        return fleet.x_milli, fleet.y_milli
    return along(fleet.course.path, at_ms)


def along(path: tuple[Waypoint, ...], at_ms: int) -> tuple[int, int]:
    """Give the place on a path at a moment: its ends before and after it."""
    if at_ms <= path[0].at_ms:
        return path[0].x_milli, path[0].y_milli
    for start, end in pairwise(path):
        if at_ms < end.at_ms:
            return _between(start, end, at_ms)
    return path[-1].x_milli, path[-1].y_milli


def _between(start: Waypoint, end: Waypoint, at_ms: int) -> tuple[int, int]:
    passed, whole = at_ms - start.at_ms, end.at_ms - start.at_ms
    return (
        start.x_milli + (end.x_milli - start.x_milli) * passed // whole,
        start.y_milli + (end.y_milli - start.y_milli) * passed // whole,
    )


def holdings(fleet: Fleet) -> Mapping[str, int]:
    """Give what a fleet carries, in milli-units (law L3)."""
    return fleet.cargo


def place(fleet: Fleet) -> str | None:
    """Name the sector that a fleet is in; none once it is dissolved."""
    return fleet.sector if fleet.ships else None
