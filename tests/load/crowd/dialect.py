"""Say how a server is spoken to, so that one crowd can measure servers of any kind.

A dialect knows addresses, handshakes and message formats; it measures nothing. The
crowd hands it users, asks it to bring them in and to say things, and gives it every
message that a user's connection receives. What it decodes comes back as `Heard` and
`Acked`.
"""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any, NamedTuple, Protocol

from tests.load.crowd.websocket import Connection


class Heard(NamedTuple):
    """Hold one event that one user was told: a delivery.

    `seq` is its number in its room, for servers that number (those are followed by the
    dialect itself, which counts gaps and duplicates in the `Figures`). `stamp` is what
    was given to `say`, for chatter. `at_ms` is when it happened, by the server's clock.
    """

    room: str
    seq: int | None = None
    stamp: str | None = None
    at_ms: float | None = None
    event: Any = None


class Acked(NamedTuple):
    """Hold the answer to what a user sent; `code` says why it was refused."""

    id: int
    ok: bool
    code: str = ""
    body: Any = None


class User:
    """Hold one user of the crowd. `state` and `mind` belong to dialect and mix.

    `room` names the room of chatter that the user belongs to, empty outside of it;
    `mates` are the users of that room, this one among them, always the same list.
    `on_message` and `on_closed` are what a dialect gives to each of its connections.
    """

    __slots__ = (
        "connection",
        "draws",
        "is_in",
        "mates",
        "mind",
        "name",
        "number",
        "on_closed",
        "on_message",
        "room",
        "said",
        "state",
        "waiting",
    )

    def __init__(self, number: int, name: str, seed: str) -> None:
        self.number, self.name = number, name
        self.draws = Random(seed)
        self.room = ""
        self.mates: Sequence[User] = ()
        self.connection: Connection | None = None
        self.is_in = False
        """Whether the user is connected, with all that was missed caught up."""
        self.said = 0
        self.waiting: dict[int, float] = {}
        """Id of what was sent -> the moment it was meant to be, until it is acked."""
        self.on_message: Callable[[str | bytes], None] = _ignore
        self.on_closed: Callable[[str], None] = _ignore
        self.state: Any = None
        self.mind: Any = None

    @property
    def is_first(self) -> bool:
        """Tell whether this is the user that makes the room for its mates."""
        return bool(self.mates) and self.mates[0] is self


class Dialect(Protocol):
    """Speak to one kind of server. Subclass it: all but the first three may stay."""

    offset_ms: float = 0.0
    """What to add to this machine's clock for the server's, where events have times."""

    async def enter(self, user: User) -> None:
        """Bring a user in: log in as needed, connect, join `user.room` if it has one.

        Sets `user.connection`, opened with `user.on_message` and `user.on_closed`.

        Raises:
            Refused: the server said no.
            Dropped: it hung up, or was silent.
        """

    def say(self, user: User, stamp: str) -> int | None:
        """Send one chatter message to `user.room` whose whole text is the stamp.

        Gives the id by which `heard` will tell its ack; None where none comes.
        """

    def heard(self, user: User, message: str | bytes) -> Iterable[Heard | Acked]:
        """Decode what came in; heartbeats are answered, and give nothing."""

    async def prepare(self, users: Sequence[User], tick: Callable[[], None]) -> None:
        """Make accounts for all before any enters; `tick` is called after each."""

    async def back(self, user: User) -> None:
        """Bring a user in again whose connection went, and catch up on what it missed.

        Raises:
            Refused: the server said no.
            Dropped: it hung up, or was silent.
        """
        await self.enter(user)

    def lost(self, user: User, reason: str) -> None:
        """Take that a user's connection is gone; the crowd will bring it back."""

    async def leave(self, user: User) -> None:
        """Let a user go for good."""
        if user.connection is not None:
            user.connection.close()

    async def close(self) -> None:
        """Let go of everything else."""


def _ignore(_message: Any) -> None:
    """Take something before anybody listens."""
