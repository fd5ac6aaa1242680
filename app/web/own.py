"""Read what a player has in a galaxy: from Redis or, when it is away, from Postgres.

What Postgres has may be some seconds old and is marked `stale`.
"""

from typing import Any

from app.core.message import Ref
from app.engine.redis import Unavailable
from app.web.parts import parts

ROUNDS_MAX = 8


def snapshot(galaxy: Any, player_id: str) -> dict[str, Any]:
    """Show everything of a player to that player.

    Raises:
        Unavailable: neither server answers.
    """
    room = f"player:{player_id}"
    try:
        return {**galaxy.reads.snapshot(room).body, "stale": False}
    except Unavailable:
        return {**_from_postgres(galaxy, room), "stale": True}


def _from_postgres(galaxy: Any, room: str) -> dict[str, Any]:
    states: dict[Ref, Any] = {}
    for _round in range(ROUNDS_MAX):
        wanted = parts().game.snapshot_refs(room, (), states)
        missing = [ref for ref in wanted if ref not in states]
        if not missing:
            break
        rows = galaxy.cold.fetch(missing)
        for ref in missing:
            row = rows.get(ref)
            states[ref] = galaxy.codec.decode(row.data) if row else None
    shown: dict[str, Any] = parts().game.snapshot(room, states, 0)
    return shown


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
        "fleets": [],
    }
