"""Hold what the routes need, made once for each app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from app.config import Settings
from app.web.standing import Standings
from app.web.tokens import Tokens

_NAME = "dominion"


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold an app's parts. `game` is the game's registry, which web doesn't import."""

    settings: Settings
    cluster: Any
    game: Any
    tokens: Tokens
    standings: Standings
    limits: Any
    disconnect: Callable[[str, str], None]
    """Close a player's sockets on every instance: (player id, code)."""
    is_draining: Callable[[], bool]


def install(app: Flask, parts: Parts) -> None:
    """Give an app its parts."""
    app.extensions[_NAME] = parts


def parts() -> Parts:
    """Give the current app's parts."""
    found: Parts = current_app.extensions[_NAME]
    return found
