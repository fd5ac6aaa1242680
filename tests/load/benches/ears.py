"""Hear one type of event on a galaxy's own channels, as an instance would."""

from collections.abc import Iterable
from time import monotonic, time

from redis.client import PubSub

from app.cluster import Cluster as Engine
from app.core.units import SECOND_MS
from app.engine.peeks import cut
from app.game.galaxy.model.map import SECTORS
from tests.load.benches.empires import GALAXY
from tests.load.tally import times

CHANNELS_A_TIME = 500
CONFIRM_S = 5.0
PLACES = [f"{x}:{y}" for x in range(SECTORS) for y in range(SECTORS)]


def listening(engine: Engine, rooms: Iterable[str]) -> PubSub:
    """Subscribe to some rooms; what is published is sharded and knows no patterns."""
    galaxy = engine.galaxy(GALAXY)
    heard = galaxy.store.client.pubsub()
    for some in cut(map(galaxy.keys.room, rooms), CHANNELS_A_TIME):
        heard.ssubscribe(*some)
        for _confirmed in some:
            heard.get_message(timeout=CONFIRM_S)
    return heard


class Ears:
    """Listen from now on, in some rooms.

    `late_s` holds how long after its time each event was heard.
    """

    def __init__(self, engine: Engine, rooms: Iterable[str], kind: str) -> None:
        self.late_s = times()
        self._sign = f'"type":"{kind}"'.encode()
        self._heard = listening(engine, rooms)

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
