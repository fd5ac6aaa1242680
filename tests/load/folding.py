"""Fold what is heard into views of rooms, as the client's `apply` does.

A view starts from its room's snapshot; each event's `changes` are new values of fields
of what it speaks of, or null where that is gone from the view.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.load.rooms import Event

View = dict[str, Any]

WHOLE = {"players": "player", "research": "research"}
"""Part of an event's type -> the part of the view that is one thing."""
EACH = {
    "colonies": ("colonies", "colony"),
    "fleets": ("fleets", "fleet"),
    "battles": ("battles", "battle"),
    "debris": ("debris", "debris"),
}
"""Part of an event's type -> the part of the view that holds many, and the field of the
event that names one."""


def apply(view: View, event: Event) -> None:
    """Follow one event of a room."""
    if "changes" not in event:
        return
    kind, changes = event["type"].partition(".")[0], event["changes"]
    if kind in WHOLE:
        part = WHOLE[kind]
        view[part] = {**(view.get(part) or {}), **changes}
    elif kind in EACH:
        part, name = EACH[kind]
        _change(view.setdefault(part, {}), event[name], changes)


def _change(things: View, name: str, changes: View | None) -> None:
    if changes is None:
        things.pop(name, None)
    else:
        things[name] = {**things.get(name, {}), **changes}


class Views:
    """Hold the views of all rooms that a client hears."""

    def __init__(self) -> None:
        self._rooms: dict[str, View] = {}

    def show(self, room: str, snapshot: View) -> View:
        """Start over from a snapshot."""
        self._rooms[room] = snapshot
        return snapshot

    def apply(self, room: str, event: Event) -> None:
        """Follow one event, where the room's snapshot is known."""
        if room in self._rooms:
            apply(self._rooms[room], event)

    def leave(self, room: str) -> None:
        """Forget a room."""
        self._rooms.pop(room, None)

    def get(self, room: str) -> View | None:
        """Give what is known of a room."""
        return self._rooms.get(room)

    def sectors(self) -> Iterator[tuple[str, View]]:
        """Give all sectors' rooms, of both tiers."""
        for room, view in self._rooms.items():
            if room.startswith("sector:"):
                yield room, view

    def battles(self) -> Mapping[str, View]:
        """Give the battles that are followed in rooms of their own, by id."""
        found: dict[str, View] = {}
        for room, view in self._rooms.items():
            if room.startswith("battle:"):
                found |= view["battles"]
        return found
