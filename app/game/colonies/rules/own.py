"""Speak of one colony: what the commands on a colony share."""

from typing import Protocol

import app.game.players.model as players
from app.core.message import Command, Ref
from app.game.colonies.model import state


class ColonyCommand(Command, frozen=True, kw_only=True):
    """Ask for something of one colony, on behalf of its owner."""

    colony: str


class Planned(Protocol):
    """Stand in a line of orders: an order for a building or for units."""

    @property
    def complete_ms(self) -> int:
        """Say when it is done."""


def loads(command: ColonyCommand) -> tuple[Ref, ...]:
    """Name the colony, and its owner, on whose research much depends."""
    return (state.ref(command.colony), players.ref(command.player))


def start_ms(line: tuple[Planned, ...], now_ms: int) -> int:
    """Say when the next order of a line starts: at once, or when the last is done."""
    return max(now_ms, line[-1].complete_ms) if line else now_ms
