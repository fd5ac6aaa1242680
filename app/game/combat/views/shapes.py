"""Say what views of battles, debris and reports look like."""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from app.core.shapes import each_of, some_of
from app.core.units import Decimal
from app.game.colonies.model.shapes import Ships
from app.game.colonies.model.stock import Goods
from app.game.combat.model.engine.spec import FORMATIONS
from app.game.combat.model.shapes import (
    AliveView,
    BattleOrderKind,
    ForceKind,
    ForceState,
    ForceView,
    Formation,
    RowView,
    ScoreView,
)


class Place(TypedDict):
    """Which battle it is, where, and how far; `colony` is empty in space."""

    id: str
    sector: str
    x: Decimal
    y: Decimal
    colony: str
    began_ms: int
    tick: int
    chain: str


class BattleView(Place):
    """All of a battle that may be known; forces by id. `seed` is told at the end.

    `winner` is null while it goes on, and -1 where no side won.
    """

    engine: int
    arena: str
    forces: dict[str, ForceView]
    rows: list[RowView]
    scores: list[ScoreView]
    ended_ms: int
    winner: int | None
    loot: dict[str, Goods]
    debris: str
    report: str | None
    seed: str | None


class BattleSign(Place):
    """That there is a battle, how far it is and what is left of whom, by force."""

    alive: dict[str, AliveView]


class DebrisView(TypedDict):
    """What drifts where, and until when."""

    id: str
    x: Decimal
    y: Decimal
    amounts: Goods
    until_ms: int


BattleBroadcast = Literal[
    "battles.started",
    "battles.step",
    "battles.joined",
    "battles.left",
    "battles.order",
    "battles.ended",
    "battles.plundered",
]


class BattleAbout(TypedDict):
    """What a broadcast of a battle was about; `report` is there at its end."""

    type: BattleBroadcast
    battle: str
    force: NotRequired[str]
    state: NotRequired[ForceState]
    order: NotRequired[BattleOrderKind]
    value: NotRequired[str]
    tick: NotRequired[int]
    winner: NotRequired[int]
    report: NotRequired[str]


class BattleTold(BattleAbout):
    """A broadcast of a battle in its own room."""

    changes: NotRequired[Annotated[dict[str, Any], some_of(BattleView)]]


class BattleSeen(BattleAbout):
    """A broadcast of a battle where its sign shows; null when it shows no longer."""

    changes: NotRequired[Annotated[dict[str, Any], some_of(BattleSign)] | None]


class ArenaFinished(TypedDict):
    """A broadcast of a fought arena's end, in its room and to all."""

    type: Literal["battle:finished"]
    battle: str
    winner: int
    report: str
    scores: list[ScoreView]
    chain: str


class DebrisSeen(TypedDict):
    """A broadcast of debris to onlookers; null when nothing is left."""

    type: Literal["debris.left", "debris.taken", "debris.gone"]
    debris: str
    changes: DebrisView | None


class LossesView(TypedDict):
    """What was destroyed up to a tick since the note before, by force."""

    tick: int
    lost: dict[str, Ships]


class GivenOrder(TypedDict):
    """An order in battle: it stands from the tick after `tick` on."""

    tick: int
    force: str
    kind: BattleOrderKind
    value: str


class ReportView(BattleView):
    """A battle as those see it who fought in it."""

    orders: list[GivenOrder]
    log: list[LossesView]


class ReplayForce(TypedDict):
    """A force as it came to a battle; its place is relative to the battle's."""

    id: str
    side: int
    ships: Ships
    x: Decimal
    y: Decimal
    modifiers: dict[str, int]
    grid: int
    tick: int


class ReplayParty(TypedDict):
    """Whose a force was."""

    username: str
    kind: ForceKind


class ReplayView(TypedDict):
    """What a finished battle was fought with: enough to fight it again."""

    battle: str
    engine: int
    seed: str
    began_ms: int
    ended_ms: int
    forces: list[ReplayForce]
    orders: list[GivenOrder]
    parties: dict[str, ReplayParty]
    tick: int
    winner: int
    chain: str
    log: list[LossesView]


class FormationRules(TypedDict):
    """What a formation makes of damage, in percent."""

    dealt_percent: int
    taken_percent: int


class DebrisRules(TypedDict):
    """What battles leave behind: `left_percent` of the cost of what was destroyed."""

    left_percent: int
    left_of: tuple[str, ...]
    lasts_ms: int
    salvaged_within: int


class PlunderRules(TypedDict):
    """What a winner takes at most of a colony."""

    most_part: int
    of: tuple[str, ...]


class RankingRules(TypedDict):
    """What points a battle is worth."""

    milli_per_point: int
    victory_percent: int


class CombatRules(TypedDict):
    """The rules of combat."""

    tick_ms: int
    ticks_max: int
    step_ticks: int
    retreat_ticks: int
    forces_max: int
    entities_max: int
    grid_range: int
    formations: Annotated[dict[Formation, FormationRules], each_of(FORMATIONS)]
    joins_within: int
    debris: DebrisRules
    plunder: PlunderRules
    occupation_ms: int
    ranking: RankingRules
