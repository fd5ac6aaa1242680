"""Say what users do, and when: idle, chatter, play.

A mix draws its moments beforehand, from the user's own generator: they don't depend on
how fast the server answers (an open loop), and a run is repeated by its seed. `storm`
is no mix of its own but happens to the users of any: see `storm.py`.
"""

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Protocol

from tests.load.crowd.dialect import Acked, User

if TYPE_CHECKING:
    from tests.load.crowd.crowd import Crowd

ROOM_USERS = 10
SAYS_EACH_S = 1.0
"""How often a user of chatter says something: once in so many seconds."""
SAY = "say"


class Mix(Protocol):
    """Decide for some users what they do. Subclass it for what is not overridden."""

    name: str

    def group(self, users: list[User]) -> None:
        """Prepare users before any comes in, as by putting them into rooms."""

    async def settle(self, user: User) -> None:
        """Let a user that came in do what must be done before the run begins."""

    def moments(self, user: User) -> Iterator[float]:
        """Draw when a user acts, in seconds from the beginning, in their order."""

    def act(self, user: User, intended_s: float) -> None:
        """Act at a moment that was drawn."""

    def acked(self, user: User, acked: Acked) -> None:
        """Take the answer to something that this mix sent."""


class Idle(Mix):
    """Stay connected, answer heartbeats, hear one's own room; nothing else."""

    name = "idle"

    def moments(self, user: User) -> Iterator[float]:
        """Never act."""
        return iter(())


class Chatter(Mix):
    """Say one message a second in rooms of ten: ten a second in, a hundred out."""

    name = "chatter"

    def __init__(self, crowd: "Crowd", room_users: int = ROOM_USERS) -> None:
        self._crowd = crowd
        self._room_users = room_users

    def group(self, users: list[User]) -> None:
        """Put neighbours into rooms; what is left over is in a smaller one."""
        for first in range(0, len(users), self._room_users):
            mates = users[first : first + self._room_users]
            for user in mates:
                user.mates, user.room = mates, f"room {mates[0].number}"

    def moments(self, user: User) -> Iterator[float]:
        """Begin anywhere in the first second, then keep to the beat."""
        phase_s = user.draws.uniform(0, SAYS_EACH_S)
        return (phase_s + beat * SAYS_EACH_S for beat in count())

    def act(self, user: User, intended_s: float) -> None:
        """Say something whose text tells when it was meant to be said."""
        self._crowd.say(user, intended_s)
