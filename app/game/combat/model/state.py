"""Keep a battle: what it was fought with, how far it is, and who takes part."""

from collections.abc import Iterable

from msgspec import Struct

from app.core.message import Ref
from app.game.combat.model.engine.spec import TICK_MS, Force, Frame, Order, Tally

KIND = "battle"

FLEET = "fleet"
COLONY = "colony"
SEAT = "seat"
NPC = "npc"
"""What a force of a battle is: a fleet, a colony's garrison, a seat of an arena, or one
that no player commands, and that makes the battle a skirmish."""

NO_SIDE = -1
"""The winner of a battle that no side won."""


class Party(Struct, frozen=True, kw_only=True):
    """Say who brought a force, and what its end must be told to.

    `kind` is FLEET, COLONY, SEAT or NPC, whose `player` is empty. `home` is the colony
    that pays a fleet's upkeep, `post` the one that it guards or blockades.
    `cargo_percent` is what its owner's research makes of its holds.
    """

    player: str
    username: str
    kind: str
    alliance: str = ""
    home: str = ""
    post: str = ""
    cargo_percent: int = 100


class Losses(Struct, frozen=True, kw_only=True):
    """Note what was destroyed up to a tick since the note before, by force and unit."""

    tick: int
    lost: dict[str, dict[str, int]]


class Battle(Struct, frozen=True, kw_only=True):
    """Hold one battle. It is fought again from its inputs wherever that is needed.

    `engine` is the version of the engine, `seed` is secret until the end. `parties`
    say by force who takes part, `gone` are the forces that fled or were destroyed, and
    are told so. `colony` is the one that is besieged, empty in space; an `arena` (that
    of a skirmish is itself) has no place, and nothing of it touches fleets or colonies.
    `loot` is what each fleet took, in milli-units. Once it ended, `frame` has no
    entities any more.
    """

    id: str
    engine: int
    seed: int
    sector: str
    x_milli: int
    y_milli: int
    colony: str
    arena: str
    began_ms: int
    forces: tuple[Force, ...]
    parties: dict[str, Party]
    frame: Frame
    orders: tuple[Order, ...] = ()
    gone: tuple[str, ...] = ()
    log: tuple[Losses, ...] = ()
    ended_ms: int = 0
    winner: int = NO_SIDE
    loot: dict[str, dict[str, int]] = {}
    debris: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether its end is decided and recorded."""
        return self.ended_ms > 0

    @property
    def is_skirmish(self) -> bool:
        """Tell whether one player practises here, and nobody else is concerned."""
        return any(party.kind == NPC for party in self.parties.values())


def ref(battle_id: str) -> Ref:
    """Name the aggregate of a battle."""
    return Ref(KIND, battle_id)


def place(battle: Battle) -> str | None:
    """Name the sector that a battle is fought in; none once it is over."""
    return None if battle.is_over or not battle.sector else battle.sector


def tick_at(battle: Battle, at_ms: int) -> int:
    """Give the tick that a battle has reached at a time, though not yet fought."""
    return max(battle.frame.tick, (at_ms - battle.began_ms) // TICK_MS)


def tally(battle: Battle, force: Force) -> Tally:
    """Sum up a force; one that has not come to fight is as it was brought."""
    found = battle.frame.tallies.get(force.id)
    if found is not None:
        return found
    return Tally(
        ships=force.ships, lost={}, dealt=0, destroyed_milli=0, state="fighting"
    )


def active(battle: Battle) -> list[Force]:
    """Give the forces that are still in a battle, in the order in which they came."""
    if battle.is_over:
        return []
    return [force for force in battle.forces if force.id not in battle.gone]


def players(battle: Battle) -> list[str]:
    """Name the players who are still in a battle, each once."""
    return named(battle.parties[force.id] for force in active(battle))


def named(parties: Iterable[Party]) -> list[str]:
    """Name the players of parties, each once; an NPC is none."""
    return list(dict.fromkeys(one.player for one in parties if one.kind != NPC))


def side_of(battle: Battle, player: str, alliance: str) -> int | None:
    """Give the side that a player's forces are or would be on; None for a new one."""
    for force in battle.forces:
        if battle.parties[force.id].player == player:
            return force.side
    for force in battle.forces:
        if alliance and battle.parties[force.id].alliance == alliance:
            return force.side
    return None
