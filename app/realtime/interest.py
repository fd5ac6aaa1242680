"""Know which rooms have members on this instance, and listen to no others.

A room is known by the channel of its broadcasts, so galaxies don't mix.
"""

from collections.abc import Iterable
from time import monotonic

from app.realtime.client import Client
from app.realtime.ears import Ears

LINGER_S = 5.0
"""How long an empty room is still listened to, so that a reconnect costs nothing."""


class Interest:
    """Hold the members of rooms on this instance."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._members: dict[str, dict[str, Client]] = {}
        self._channels: dict[str, set[str]] = {}
        self._empty_since_s: dict[str, float] = {}

    def listen(self, channels: Iterable[str]) -> None:
        """Hear rooms that somebody is about to join: empty ones linger anew.

        A room that was ignored meanwhile would be waited for in vain, and one that
        nobody joins in the end would be heard for good.

        Raises:
            Unavailable: the bus doesn't answer.
        """
        names = tuple(channels)
        for channel in names:
            if not self._members.setdefault(channel, {}):
                self._empty_since_s[channel] = monotonic()
        self._ears.listen(names)

    def join(self, sid: str, client: Client, channels: Iterable[str]) -> None:
        """Make a client a member of some rooms; they are heard once this returns.

        Raises:
            Unavailable: the bus doesn't answer. The client is a member all the same.
        """
        names = tuple(channels)
        for channel in names:
            self._members.setdefault(channel, {})[sid] = client
            self._empty_since_s.pop(channel, None)
        self._channels.setdefault(sid, set()).update(names)
        self._ears.listen(names)

    def leave(self, sid: str, channel: str) -> None:
        """End a membership."""
        self._channels.get(sid, set()).discard(channel)
        members = self._members.get(channel)
        if members is None or members.pop(sid, None) is None:
            return
        if not members:
            self._empty_since_s[channel] = monotonic()

    def leave_all(self, sid: str) -> None:
        """End all memberships of a client."""
        for channel in self.channels(sid):
            self.leave(sid, channel)
        self._channels.pop(sid, None)

    def channels(self, sid: str) -> tuple[str, ...]:
        """Name the rooms that a client is in."""
        return tuple(self._channels.get(sid, ()))

    def members(self, channel: str) -> list[Client]:
        """Give the clients that are in a room."""
        return list(self._members.get(channel, {}).values())

    def sids(self, channel: str) -> list[str]:
        """Name the sessions that are in a room."""
        return list(self._members.get(channel, {}))

    def sweep(self) -> list[str]:
        """Forget rooms that have been empty for a while, and name them."""
        now_s = monotonic()
        over = [
            channel
            for channel, since_s in self._empty_since_s.items()
            if now_s - since_s >= LINGER_S
        ]
        for channel in over:
            del self._empty_since_s[channel], self._members[channel]
        return over
