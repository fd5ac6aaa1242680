"""Take debris aboard."""

import app.game.players.model as players
from app.core.decider import Outcome, States
from app.core.message import Command, Ref, Rejected
from app.core.units import decimal, to_milli
from app.game.combat.model import debris
from app.game.combat.model.debris import Debris, DebrisTaken
from app.game.combat.rules import aim
from app.game.combat.rules.wreck import drift_timer
from app.game.fleets.model import ships
from app.game.fleets.model import state as fleets
from app.game.fleets.model.events import CargoLoaded
from app.game.fleets.model.state import Fleet
from app.game.fleets.model.terms import at_peace, owned
from app.game.galaxy.model.map import Galaxy
from app.game.players.model import Player

WITHIN = 50
"""How near to debris a fleet must be to take it, in units (tune)."""


class Salvage(Command, frozen=True, kw_only=True):
    """Take as much of some debris as finds room."""

    fleet: str
    debris: str


def salvage_loads(command: Salvage) -> tuple[Ref, ...]:
    """Name the fleet, its owner and the debris."""
    return (
        fleets.ref(command.fleet),
        players.ref(command.player),
        debris.ref(command.debris),
    )


def salvage(galaxy: Galaxy, states: States, command: Salvage, now_ms: int) -> Outcome:
    """Load it; what finds no room drifts on.

    Raises:
        Needs: the battle that the fleet is in.
        Rejected: `not_found`, also where the fleet doesn't see it; `in_battle`,
            `out_of_range`, `cargo_full`.
    """
    fleet = owned(states, command.fleet, command.player)
    at_peace(states, fleet)
    found: Debris | None = states[debris.ref(command.debris)]
    if (
        found is None
        or not found.amounts_milli
        or not aim.sees(galaxy, fleet, found.sector, now_ms)
    ):
        raise Rejected("not_found", "There is no such debris.")
    aim.check_within(fleet, (found.x_milli, found.y_milli), to_milli(WITHIN), now_ms)
    taken = _taken(fleet, states[players.ref(fleet.player)], found)
    return Outcome(
        events=(
            (debris.ref(found.id), DebrisTaken(fleet=fleet.id, taken=taken)),
            (fleets.ref(fleet.id), CargoLoaded(cause="salvaged", cargo=taken)),
        ),
        drop=(drift_timer(found.id),) if taken == found.amounts_milli else (),
        result={
            "fleet": fleet.id,
            "debris": found.id,
            "taken": {name: decimal(milli) for name, milli in taken.items()},
        },
    )


def _taken(fleet: Fleet, player: Player, found: Debris) -> dict[str, int]:
    held = sum(fleet.cargo.values())
    room_milli = ships.capacity_milli(fleet.ships, player.modifiers) - held
    if room_milli <= 0:
        raise Rejected("cargo_full", "There is no room.")
    taken: dict[str, int] = {}
    for resource, milli in found.amounts_milli.items():
        part = min(milli, room_milli - sum(taken.values()))
        if part > 0:
            taken[resource] = part
    return taken
