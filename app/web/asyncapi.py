"""Describe the Socket.IO interface (AsyncAPI 3) from the game's tables."""

from typing import Any


def document(wire: Any) -> dict[str, Any]:
    """Make the document."""
    return {}
