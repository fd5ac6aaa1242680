"""Hear one type of event on a galaxy's own channels, as an instance would."""

from time import monotonic, time

from app.cluster import Cluster as Engine
from app.core.units import SECOND_MS
from tests.load.benches.empires import GALAXY
from tests.load.tally import times


class Ears:
    """Listen from now on, in all rooms that match a pattern.

    `late_s` holds how long after its time each event was heard.
    """

    def __init__(self, engine: Engine, rooms: str, kind: str) -> None:
        self.late_s = times()
        self._sign = f'"type":"{kind}"'.encode()
        self._heard = engine.state.pubsub(ignore_subscribe_messages=True)
        self._heard.psubscribe(engine.galaxy(GALAXY).keys.room(rooms))

    def close(self) -> None:
        """Stop listening."""
        self._heard.close()

    def listen(self, count: int, seconds: float) -> None:
        """Listen until so many were heard, or for so long."""
        deadline = monotonic() + seconds
        while len(self.late_s) < count and monotonic() < deadline:
            message = self._heard.get_message(timeout=1.0)
            if message is not None and self._sign in message["data"]:
                at_ms = int(message["data"].split(b" ", 3)[2])
                self.late_s.append(time() - at_ms / SECOND_MS)
