"""Say who hears of a colony, and what.

The owner's room carries everything; the sector's full room the public part: never
amounts, never units. A sector's other room shows only that there is a colony.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.decider import Heard, States
from app.core.message import Event, Ref
from app.game.colonies.model.events import (
    BuildingDemolished,
    ClaimNoted,
    ColonyFounded,
    ColonyMinded,
    ColonyRenamed,
    ConstructionCancelled,
    ConstructionCompleted,
    ConstructionPlaced,
    RatesChanged,
    ResearchPaid,
    ResearchRefunded,
    TrainingCancelled,
    TrainingCompleted,
    TrainingPlaced,
)
from app.game.colonies.model.garrison import (
    BlockadeBegun,
    BlockadeEnded,
    FleetRelieved,
    FleetStationed,
    GoodsDelivered,
    GoodsShipped,
    UnitsLanded,
    UnitsLaunched,
    UpkeepAssumed,
    UpkeepReleased,
)
from app.game.colonies.model.siege import (
    OccupationEnded,
    Occupied,
    SiegeBegun,
    SiegeEnded,
)
from app.game.colonies.model.state import Colony
from app.game.colonies.views.shapes import ColonyBroadcast
from app.game.colonies.views.show import (
    PARTS,
    colony_view,
    hidden_view,
    place,
    public_view,
)
from app.game.players.views import room, sight_changed

_HELD = ("occupier", "occupied_until_ms")

_SHOWN: Mapping[
    type[Event], tuple[ColonyBroadcast, tuple[str, ...], tuple[str, ...]]
] = {
    ConstructionPlaced: (
        "colonies.building_started",
        ("resources", "queue"),
        ("construction",),
    ),
    ConstructionCompleted: (
        "colonies.building_completed",
        ("resources", "buildings", "queue"),
        ("buildings", "construction"),
    ),
    ConstructionCancelled: (
        "colonies.building_cancelled",
        ("resources", "queue"),
        ("construction",),
    ),
    TrainingPlaced: ("colonies.training_started", ("resources", "queue"), ()),
    TrainingCompleted: (
        "colonies.training_completed",
        ("resources", "units", "queue"),
        (),
    ),
    TrainingCancelled: ("colonies.training_cancelled", ("resources", "queue"), ()),
    BuildingDemolished: (
        "colonies.demolished",
        ("resources", "buildings"),
        ("buildings",),
    ),
    ColonyRenamed: ("colonies.renamed", ("name",), ("name",)),
    ColonyMinded: ("colonies.minded", ("resources",), ()),
    RatesChanged: ("colonies.rates_changed", ("resources",), ()),
    ResearchPaid: ("colonies.research_paid", ("resources",), ()),
    ResearchRefunded: ("colonies.research_refunded", ("resources",), ()),
    UnitsLaunched: ("colonies.units_launched", ("units", "away"), ()),
    UnitsLanded: ("colonies.units_landed", ("resources", "units", "away"), ()),
    UpkeepReleased: ("colonies.upkeep_released", ("resources", "away"), ()),
    UpkeepAssumed: ("colonies.upkeep_assumed", ("resources", "away"), ()),
    GoodsShipped: ("colonies.goods_shipped", ("resources",), ()),
    GoodsDelivered: ("colonies.goods_delivered", ("resources",), ()),
    FleetStationed: ("colonies.fleet_stationed", ("stationed",), ()),
    FleetRelieved: ("colonies.fleet_relieved", ("stationed",), ()),
    BlockadeBegun: ("colonies.blockade_begun", ("blockades",), ("blockades",)),
    BlockadeEnded: ("colonies.blockade_ended", ("blockades",), ("blockades",)),
    SiegeBegun: ("colonies.siege_begun", ("battle",), ("battle",)),
    SiegeEnded: (
        "colonies.siege_ended",
        ("resources", "units", "battle"),
        ("battle",),
    ),
    Occupied: ("colonies.occupied", ("resources", *_HELD), _HELD),
    OccupationEnded: ("colonies.occupation_ended", ("resources", *_HELD), _HELD),
}
"""Event -> type of the broadcast, what of it its owner hears, what onlookers hear."""

_SENSORS = "sensor_array"
"""The building that changes how far a colony sees."""

_WAITING: Mapping[ColonyBroadcast, ColonyBroadcast] = {
    "colonies.building_started": "colonies.building_queued",
    "colonies.training_started": "colonies.training_queued",
}
"""Type of a broadcast -> its type where the order has to wait for its turn."""


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Say who hears an event of a colony.

    `changes` holds new values of fields of the view that the room's snapshot shows.

    Raises:
        KeyError: the event is not one of a colony's.
    """
    colony: Colony = states[ref]
    if isinstance(event, ColonyFounded):
        return _founded(colony)
    if isinstance(event, ClaimNoted):
        return ()
    kind, to_owner, to_onlookers = _SHOWN[type(event)]
    about = {"colony": colony.id, **_about(event)}
    is_waiting = _is_about_waiting(event, colony)
    if is_waiting:
        kind = _WAITING.get(kind, kind)
    heard = [_heard(room(colony.player), kind, about, _changes(colony, to_owner))]
    if to_onlookers and not is_waiting:
        full = f"sector:{place(colony)}:full"
        heard.append(_heard(full, kind, about, _changes(colony, to_onlookers)))
    if getattr(event, "production", None) and about.get("building") == _SENSORS:
        heard.append(sight_changed(colony.player))
    return heard


def _founded(colony: Colony) -> Iterable[Heard]:
    about = {"colony": colony.id}
    sector = f"sector:{place(colony)}"
    views = {
        room(colony.player): colony_view(colony),
        f"{sector}:full": public_view(colony),
        sector: hidden_view(colony),
    }
    heard = [
        _heard(name, "colonies.founded", about, view) for name, view in views.items()
    ]
    return [*heard, sight_changed(colony.player)]


def _is_about_waiting(event: Event, colony: Colony) -> bool:
    """Tell whether the order stands or stood behind another, unseen by onlookers."""
    match event:
        case ConstructionPlaced(construction=construction):
            return construction.id != colony.constructions[0].id
        case TrainingPlaced(training=training):
            return training.id != colony.trainings[0].id
        case ConstructionCancelled():
            return not event.was_under_way
    return False


def _about(event: Event) -> dict[str, Any]:
    """Say what an event was about, for notices; views don't need it."""
    order: Any = event
    if isinstance(event, ConstructionPlaced):
        order = event.construction
    if isinstance(event, TrainingPlaced):
        order = event.training
    names = ("building", "level", "unit", "count", "project", "technology", "fleet")
    about = {name: getattr(order, name) for name in names if hasattr(order, name)}
    name = getattr(order, "id", None) or getattr(order, "order", None)
    return about | ({"order": name} if name else {})


def _changes(colony: Colony, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: PARTS[name](colony) for name in fields}


def _heard(
    name: str,
    kind: ColonyBroadcast,
    about: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> Heard:
    return Heard(rooms=(name,), type=kind, payload={**about, "changes": changes})
