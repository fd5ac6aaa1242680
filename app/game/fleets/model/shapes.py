"""Say what a fleet's views look like."""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from app.core.shapes import called, each_of, one_of, some_of
from app.core.units import Decimal
from app.game.colonies.model.shapes import Ships, UnitName
from app.game.colonies.model.stock import Goods
from app.game.galaxy.model.weather import EFFECTS

ORDER_KINDS = (
    "move",
    "attack",
    "defend",
    "patrol",
    "blockade",
    "transport",
    "colonise",
    "return",
)
OrderKind = Annotated[str, one_of("OrderKind", ORDER_KINDS)]


class Point(TypedDict):
    """A place, in units."""

    x: Decimal
    y: Decimal


class PathPoint(Point):
    """A place at a time."""

    at_ms: int


class Target(TypedDict):
    """What an order is about."""

    kind: str
    id: str


class FleetOrder(TypedDict):
    """What a fleet is told to do; a transport loads `cargo` at `source`."""

    order: str
    kind: OrderKind
    points: list[Point]
    target: Target | None
    source: str
    cargo: Goods


WeatherName = Annotated[str, called("Weather")]
STANCES = ("", "defend", "blockade", "patrol")
Stance = Annotated[str, one_of("FleetStance", STANCES)]


class FleetView(TypedDict):
    """A fleet as its owner sees it: it stands at (x, y), or left from there on `path`.

    Speed, range, capacity and upkeep are those of the ships, before research.
    """

    id: str
    name: str
    home: str
    ships: Ships
    x: Decimal
    y: Decimal
    path: list[PathPoint]
    order: FleetOrder | None
    queue: list[FleetOrder]
    stance: Stance
    post: str
    battle: str
    cargo: Goods
    cargo_capacity: int
    speed: int
    range: int
    sensor: Decimal
    upkeep: int


class PublicFleet(TypedDict):
    """A fleet as those see it who see its sector: of that sector only."""

    id: str
    player: str
    username: str
    ships: Ships
    x: Decimal
    y: Decimal
    path: list[PathPoint]
    stance: Stance
    battle: str


FleetGone = Literal[
    "fleets.landed", "fleets.merged", "fleets.colonised", "fleets.destroyed"
]
"""What a broadcast without a fleet to show says of its end."""

FleetBroadcast = Literal[
    "fleets.launched",
    "fleets.departed",
    "fleets.arrived",
    "fleets.stopped",
    "fleets.order_queued",
    "fleets.order_taken",
    "fleets.orders_cleared",
    "fleets.order_failed",
    "fleets.split",
    "fleets.joined",
    "fleets.ships_spent",
    "fleets.cargo_changed",
    "fleets.battle_entered",
    "fleets.battle_left",
    "fleets.sensors_changed",
    "fleets.renamed",
    "fleets.entered",
    "fleets.left",
    FleetGone,
]


class FleetTold(TypedDict):
    """A broadcast of a fleet to its owner; `changes` is null when it is no more."""

    type: FleetBroadcast
    fleet: str
    about: NotRequired[FleetOrder]
    code: NotRequired[str]
    new: NotRequired[str]
    origin: NotRequired[str]
    lost: NotRequired[Ships]
    changes: Annotated[dict[str, Any], some_of(FleetView)] | None


class FleetSeen(TypedDict):
    """A broadcast of a fleet to onlookers; `changes` is null when it is gone."""

    type: FleetBroadcast
    fleet: str
    changes: Annotated[dict[str, Any], some_of(PublicFleet)] | None


class PatrolRules(TypedDict):
    """What patrols must keep to."""

    points_min: int
    points_max: int
    loop_min_ms: int
    lasts_ms: int


class WeatherEffect(TypedDict):
    """What a weather makes of sensors and of speed."""

    sensor_percent: int
    speed_percent: int


class FleetRules(TypedDict):
    """The rules of fleets."""

    fleets_max: int
    orders_max: int
    travel_max_ms: int
    via_max: int
    merge_reach: Decimal
    patrol: PatrolRules
    posts_max: int
    peaceful_units: list[UnitName]
    weather: Annotated[dict[WeatherName, WeatherEffect], each_of(EFFECTS)]
