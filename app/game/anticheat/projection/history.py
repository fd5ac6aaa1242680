"""Read from the history what detectors look at."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from msgspec import json
from sqlalchemy import Connection, TextClause, text

from app.core.message import Event
from app.engine.codec import Codec
from app.game.anticheat.model.happened import Happened
from app.game.anticheat.model.traces import Action
from app.game.anticheat.rules.gather import SIGHTINGS

_STRETCH = text(
    "SELECT max(c.position) AS last, max(c.at_ms) AS at_ms, p.position AS newest"
    " FROM checkpoints p CROSS JOIN LATERAL (SELECT position, at_ms FROM commands"
    " WHERE galaxy = p.galaxy AND position > :after AND position <= p.position"
    " ORDER BY position LIMIT :limit) c"
    " WHERE p.galaxy = :galaxy AND p.reader = 'persister' GROUP BY p.position"
)
"""Where a stretch ends; no row where there is nothing new. What is so old that it was
dropped is skipped."""
_ACTIONS = text(
    "SELECT player, array_agg(at_ms ORDER BY position) AS times,"
    " array_agg(name ORDER BY position) AS names FROM commands"
    " WHERE galaxy = :galaxy AND position > :after AND position <= :last"
    " AND fingerprint <> '' GROUP BY player"
)
_EVENTS = text(
    "SELECT position, at_ms, id, player, name, layout, CAST(body AS text) AS body"
    " FROM events WHERE galaxy = :galaxy AND position > :after AND position <= :last"
    " AND name = ANY(:names) ORDER BY position, kind, id, version, number"
)
_BEFORE = text(
    "SELECT p.position, p.at_ms, f.id, p.player, p.name, p.layout, p.body"
    " FROM unnest(CAST(:ids AS text[])) AS f(id) CROSS JOIN LATERAL ("
    " SELECT position, at_ms, player, name, layout, CAST(body AS text) AS body"
    " FROM events WHERE galaxy = :galaxy AND kind = 'fleet' AND id = f.id"
    " AND position <= :after AND name = ANY(:names)"
    " ORDER BY version DESC, number DESC LIMIT 1) p"
)
_OWNERS = text(
    "SELECT id, body->>'player' AS player FROM events WHERE galaxy = :galaxy"
    " AND kind = :kind AND id = ANY(:ids) AND version = 1 AND number = 0"
)
_ENDED = text(
    "SELECT position, id FROM events WHERE galaxy = :galaxy AND position > :after"
    " AND position <= :last AND name = 'BattleEnded' ORDER BY position LIMIT 1"
)
_OF_ONE = text(
    "SELECT position, at_ms, id, player, name, layout, CAST(body AS text) AS body"
    " FROM events WHERE galaxy = :galaxy AND kind = :kind AND id = :id"
    " AND name = ANY(:names) ORDER BY version, number"
)
_STATES = text(
    "SELECT id, state FROM aggregates"
    " WHERE galaxy = :galaxy AND kind = :kind AND id = ANY(:ids)"
)


class Stretch(NamedTuple):
    """Name some consecutive commits: those past `after`, up to `last`."""

    after: int
    last: int
    at_ms: int
    """When the last of them was decided."""
    behind: int
    """How many more there are."""


def next_stretch(
    connection: Connection, galaxy: str, after: int, limit: int
) -> Stretch | None:
    """Find the next commits that are to be looked at, None where there are none."""
    values = {"galaxy": galaxy, "after": after, "limit": limit}
    row = connection.execute(_STRETCH, values).first()
    if row is None:
        return None
    return Stretch(after, row.last, row.at_ms, row.newest - row.last)


def actions(
    connection: Connection, galaxy: str, stretch: Stretch
) -> dict[str, list[Action]]:
    """Read what players sent, by player."""
    values = {"galaxy": galaxy, "after": stretch.after, "last": stretch.last}
    return {
        row.player: list(map(Action, row.times, row.names))
        for row in connection.execute(_ACTIONS, values)
    }


class Ended(NamedTuple):
    """Name a battle that ended, and the commit in which it did."""

    position: int
    battle: str


class Reader:
    """Read the events and states of one galaxy, in the caller's transaction."""

    def __init__(self, connection: Connection, galaxy: str, codec: Codec) -> None:
        self._connection = connection
        self._galaxy = galaxy
        self._codec = codec

    def events(self, stretch: Stretch, kinds: Iterable[type[Event]]) -> list[Happened]:
        """Read the events of some kinds, in order."""
        values = {"after": stretch.after, "last": stretch.last, "names": _names(kinds)}
        return list(map(self._happened, self._rows(_EVENTS, values)))

    def sighted_before(
        self, fleets: Collection[str], position: int
    ) -> dict[str, Happened]:
        """Read the last event that tells where each fleet was, up to a commit."""
        values = {"ids": list(fleets), "after": position, "names": _names(SIGHTINGS)}
        found = map(self._happened, self._rows(_BEFORE, values))
        return {one.subject: one for one in found}

    def owners(self, kind: str, ids: Collection[str]) -> dict[str, str]:
        """Tell whose some aggregates are: their first event names the player."""
        rows = self._rows(_OWNERS, {"kind": kind, "ids": list(ids)})
        return {row.id: row.player for row in rows}

    def states(self, kind: str, ids: Collection[str]) -> dict[str, Any]:
        """Read the states of some aggregates as they are now."""
        rows = self._rows(_STATES, {"kind": kind, "ids": list(ids)})
        return {row.id: self._codec.decode(bytes(row.state)) for row in rows}

    def ended(self, stretch: Stretch) -> Ended | None:
        """Find the first battle that ended in a stretch."""
        values = {"after": stretch.after, "last": stretch.last}
        found = [Ended(*row) for row in self._rows(_ENDED, values)]
        return found[0] if found else None

    def history(
        self, kind: str, name: str, kinds: Iterable[type[Event]]
    ) -> list[Happened]:
        """Read the events of some kinds of one aggregate, from its beginning."""
        values = {"kind": kind, "id": name, "names": _names(kinds)}
        return list(map(self._happened, self._rows(_OF_ONE, values)))

    def _rows(self, statement: TextClause, values: dict[str, Any]) -> Iterable[Any]:
        return self._connection.execute(statement, values | {"galaxy": self._galaxy})

    def _happened(self, row: Any) -> Happened:
        event = self._codec.revive(row.name, row.layout, json.decode(row.body))
        return Happened(row.position, row.at_ms, row.id, row.player, event)


def _names(kinds: Iterable[type[Event]]) -> list[str]:
    return [kind.__name__ for kind in kinds]
