"""List the group battles that were called for lately, and wait or go on."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.decider import States
from app.core.message import Ref
from app.game.arenas import model as arenas
from app.game.arenas.model import Arena
from app.game.arenas.views import ArenaView, arena_view
from app.game.combat.model import state as battles
from app.game.combat.model.state import Battle

LISTED_MAX = 20
CALL = "battle:begin"


def lobby_refs(events: Iterable[Mapping[str, Any]]) -> tuple[Ref, ...]:
    """Name the arenas that broadcasts to all called for, and their battles."""
    called = (event["battle"] for event in events if event["type"] == CALL)
    names = list(dict.fromkeys(called))[:LISTED_MAX]
    return tuple(ref(name) for name in names for ref in (arenas.ref, battles.ref))


def show_lobby(states: States) -> list[ArenaView]:
    """Show the arenas that can be joined or watched."""
    return [
        arena_view(state)
        for ref, state in states.items()
        if ref.kind == arenas.KIND and state is not None and _goes_on(state, states)
    ]


def _goes_on(arena: Arena, states: States) -> bool:
    if arena.state != arenas.FIGHTS:
        return arena.state == arenas.OPEN
    battle: Battle | None = states[battles.ref(arena.id)]
    return battle is not None and not battle.is_over
