"""Say what battles look like on the wire."""

from typing import Annotated, TypedDict

from app.core.shapes import one_of
from app.core.units import Decimal
from app.game.colonies.model.shapes import Ships
from app.game.colonies.model.units import UNITS
from app.game.combat.model.engine.spec import FORMATIONS, GRID, ORDERS
from app.game.combat.model.state import COLONY, FLEET, NPC, SEAT

RowUnit = Annotated[str, one_of("RowUnit", (*UNITS, GRID))]
"""A unit, or the guns of a colony."""
Formation = Annotated[str, one_of("Formation", FORMATIONS)]
ForceState = Annotated[str, one_of("ForceState", ("fighting", "fled", "destroyed"))]
BattleOrderKind = Annotated[str, one_of("BattleOrderKind", ORDERS)]
ForceKind = Annotated[str, one_of("ForceKind", (FLEET, COLONY, SEAT, NPC))]


class ForceView(TypedDict):
    """A force in a battle; it joined after `tick`. `focus` is empty for none."""

    player: str
    username: str
    kind: ForceKind
    side: int
    tick: int
    ships: Ships
    lost: Ships
    dealt: int
    state: ForceState
    formation: Formation
    focus: str
    retreats: bool


class RowView(TypedDict):
    """An entity on the field: a ship, a squadron or a colony's guns."""

    force: str
    unit: RowUnit
    ships: int
    x: Decimal
    y: Decimal
    hp_percent: int


class ExchangedForce(TypedDict):
    """What the first ticks did to a force."""

    id: str
    player: str
    username: str
    side: int
    ships: Ships
    lost: Ships
    dealt: int
    state: ForceState


class Exchange(TypedDict):
    """What came of the first ticks of a battle, for the ack of the attack."""

    tick: int
    chain: str
    over: bool
    forces: list[ExchangedForce]
    rows: list[RowView]


class ScoreView(TypedDict):
    """What a player earned in a battle so far."""

    player: str
    username: str
    points: int
    won: bool


class AliveView(TypedDict):
    """How many ships a force has left, and whose they are."""

    player: str
    username: str
    side: int
    ships: int


class SimulatedForce(TypedDict):
    """What became of a force of a battle that never was."""

    ships: Ships
    lost: Ships
    dealt: int
    state: ForceState


class SimulationView(TypedDict):
    """A battle that never was; `over` is false where ticks or time ran out."""

    engine: int
    seed: str
    tick: int
    over: bool
    winner: int
    chain: str
    forces: dict[str, SimulatedForce]
