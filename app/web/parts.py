"""Hold what the routes need, made once for each app."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask, current_app

from app.config import Settings
from app.web.icons import Icons
from app.web.kept import Kept
from app.web.standing import Standings
from app.web.tokens import Tokens

_NAME = "dominion"


class Instance(Protocol):
    """Be this instance's Socket.IO edge, as far as the routes speak to it."""

    def disconnect(self, player_id: str, code: str) -> None:
        """Close a player's sockets on every instance."""

    def is_draining(self) -> bool:
        """Tell whether this instance is leaving."""

    def look(self, galaxy: Any, player_id: str) -> int | None:
        """Give the sectors that a player sees, as bits; None without an empire."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold an app's parts. `game` is the game's registry, which web doesn't import.

    `map` is the same in all galaxies, `icons` knows the colonies of each. `rules` are
    the numbers that players plan with; `openapi` and `asyncapi` describe the
    interfaces.
    """

    settings: Settings
    cluster: Any
    game: Any
    tokens: Tokens
    standings: Standings
    limits: Any
    instance: Instance
    map: Kept
    icons: Mapping[str, Icons]
    rules: Kept
    openapi: Kept
    asyncapi: Kept


def install(app: Flask, parts: Parts) -> None:
    """Give an app its parts."""
    app.extensions[_NAME] = parts


def parts() -> Parts:
    """Give the current app's parts."""
    found: Parts = current_app.extensions[_NAME]
    return found
