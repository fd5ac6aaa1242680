"""Name one event of the history, with who did it to what."""

from msgspec import Struct

from app.core.message import Event


class Happened(Struct, frozen=True, array_like=True):
    """Hold an event of the aggregate `subject`, in commit `position`.

    `player` is on whose behalf the command ran that made it: not always the owner.
    """

    position: int
    at_ms: int
    subject: str
    player: str
    event: Event
