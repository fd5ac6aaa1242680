"""End the newbie shield when its time is over: a timer's command, set at joining."""

import app.game.players.model as players
from app.core.decider import Outcome, States
from app.core.message import Command, Ref
from app.game.players.model import Player, ShieldEnded


class EndShield(Command, frozen=True, kw_only=True):
    """End the player's shield."""


def loads(command: EndShield) -> tuple[Ref, ...]:
    """Name the player."""
    return (players.ref(command.player),)


def end_shield(states: States, command: EndShield, now_ms: int) -> Outcome:
    """End the shield where it still stands; an attack may have ended it before."""
    ref = players.ref(command.player)
    player: Player | None = states[ref]
    if player is None or not 0 < player.shield_until_ms <= now_ms:
        return Outcome()
    return Outcome(events=((ref, ShieldEnded()),))
