"""Read what a player has in a galaxy: from Redis or, when it is away, from Postgres.

What Postgres has may be some seconds old and is marked `stale`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.core.decider import States
from app.core.message import Ref
from app.engine.redis import Unavailable
from app.web.parts import parts

ROUNDS_MAX = 8


class Seen(NamedTuple):
    """Hold states as they were at `at_ms`."""

    at_ms: int
    states: States
    stale: bool


def states(galaxy: Any, refs: Sequence[Ref]) -> Seen:
    """Read aggregates.

    Raises:
        Unavailable: neither server answers.
    """
    try:
        return Seen(*galaxy.reads.states(*refs), stale=False)
    except Unavailable:
        return Seen(galaxy.reads.now_ms(), _cold(galaxy, refs), stale=True)


def snapshot(galaxy: Any, player_id: str) -> dict[str, Any]:
    """Show everything of a player to that player.

    Raises:
        Unavailable: neither server answers.
    """
    room = f"player:{player_id}"
    try:
        return {**galaxy.reads.snapshot(room).body, "stale": False}
    except Unavailable:
        return {**_cold_snapshot(galaxy, room), "stale": True}


def _cold_snapshot(galaxy: Any, room: str) -> dict[str, Any]:
    known: dict[Ref, Any] = {}
    for _round in range(ROUNDS_MAX):
        wanted = parts().game.snapshot_refs(room, (), known)
        missing = [ref for ref in wanted if ref not in known]
        if not missing:
            break
        known |= _cold(galaxy, missing)
    shown: dict[str, Any] = parts().game.snapshot(room, known)
    return shown


def _cold(galaxy: Any, refs: Sequence[Ref]) -> dict[Ref, Any]:
    rows = galaxy.cold.fetch(refs)
    return {
        ref: galaxy.codec.decode(rows[ref].data) if ref in rows else None
        for ref in refs
    }


def empires(player_id: str) -> list[dict[str, Any]]:
    """Show a player's empires, one a galaxy; none before the first is founded."""
    cluster = parts().cluster
    names = parts().settings.galaxies
    shown = {name: snapshot(cluster.galaxy(name), player_id) for name in names}
    return [_empire(name, own) for name, own in shown.items() if own["player"]]


def _empire(name: str, own: dict[str, Any]) -> dict[str, Any]:
    fields = ("id", "name", "x", "y")
    return {
        "galaxy": name,
        "stale": own["stale"],
        "player": own["player"],
        "colonies": [
            {field: colony[field] for field in fields}
            for colony in own["colonies"].values()
        ],
        "fleets": list(own["fleets"].values()),
    }
