"""Keep the clients of this instance and their rooms, and speak to other instances.

python-socketio's manager publishes everything on one channel that all instances decode.
Ours hears one channel per room, from the galaxies' server, only while members are here.
The bus carries control messages: JSON, never pickle.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson
import redis
import structlog
from socketio.pubsub_manager import PubSubManager

from app.engine import keys
from app.realtime import runtime
from app.realtime.broadcast import Broadcasts
from app.realtime.bus import Listener
from app.realtime.ears import Ears
from app.realtime.interest import Interest
from app.realtime.loops import repeat
from app.realtime.rounds import Rounds
from app.realtime.shots import Shots
from app.realtime.wire import Wire

NAMESPACE = "/"
SWEEP_S = 1.0

Handler = Callable[[dict[str, Any]], None]

log = structlog.get_logger()


class Manager(PubSubManager):
    """Stand in for python-socketio's Redis manager."""

    name = "rooms"

    def __init__(
        self,
        *,
        state_url: str,
        galaxies: Iterable[str],
        bus: redis.Redis,
        bus_url: str,
    ) -> None:
        super().__init__(channel=keys.BUS_ALL)
        self._bus = bus
        self._ears = Ears(state_url, galaxies, self._room_heard, self._returned)
        self._bus_listener = Listener(
            bus_url, self._bus_heard, lambda: None, [keys.BUS_ALL], name="bus"
        )
        self.interest = Interest(self._ears)
        self.shots = Shots(lambda: self._ears.losses)
        self._broadcasts: Broadcasts | None = None
        self._handlers: dict[str, Handler] = {
            "emit": self._handle_emit,
            "resync": lambda message: self._returned(message.get("galaxy")),
        }
        self._on_start: tuple[Callable[[], None], ...] = ()
        self._overheard: set[str] = set()
        self._told: Callable[[str], None] = lambda _channel: None
        self._on_return: Callable[[str | None], None] = lambda _galaxy: None

    def serve(self, wire: Wire, rounds: Rounds) -> None:
        """Write broadcasts in the clients' wire format, in rounds."""
        self._broadcasts = Broadcasts(wire, self.interest.members, rounds)

    def on_control(self, method: str, handler: Handler) -> None:
        """Have a control message of the other instances handled."""
        self._handlers[method] = handler

    def on_start(self, *work: Callable[[], None]) -> None:
        """Have `work` run beside the server from the first client on."""
        self._on_start = work

    def on_told(
        self,
        told: Callable[[str], None],
        returned: Callable[[str | None], None],
    ) -> None:
        """Have internal rooms' broadcasts taken, and the end of each loss of them."""
        self._told, self._on_return = told, returned

    def overhear(self, channels: Iterable[str]) -> None:
        """Listen to internal rooms, which no client is in.

        Raises:
            Unavailable: the bus doesn't answer.
        """
        names = set(channels)
        self._overheard |= names
        self._ears.listen(names)

    def ignore(self, channels: Iterable[str]) -> None:
        """Listen to internal rooms no longer."""
        names = set(channels)
        self._overheard -= names
        self._ears.ignore(names)

    def listen(self, channels: Iterable[str]) -> None:
        """Listen to rooms that clients are about to join, all at once.

        Raises:
            Unavailable: the bus doesn't answer.
        """
        self.interest.listen(channels)

    def hears(self, galaxy: str) -> bool:
        """Tell whether it makes sense to listen to more rooms of a galaxy now."""
        return self._ears.hears(galaxy)

    def initialize(self) -> None:
        """Begin to listen, when the first client comes."""
        self._ears.run()
        runtime.spawn(self._bus_listener.run)
        runtime.spawn(repeat, SWEEP_S, self._sweep)
        for work in self._on_start:
            runtime.spawn(work)

    def publish(self, method: str, **message: Any) -> None:
        """Send a control message to all other instances. One that is lost is logged."""
        self._publish({"method": method, "host_id": self.host_id, **message})

    def get_participants(self, namespace: str, room: Any) -> Iterator[tuple[str, str]]:
        """Name the members of a room, as session and connection."""
        if isinstance(room, str) and not self.is_sid_room(namespace, room):
            for sid in self.interest.sids(room):
                yield sid, self.eio_sid_from_sid(sid, namespace)
        else:
            yield from super().get_participants(namespace, room)

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        """Name the rooms of a session."""
        return [*super().get_rooms(sid, namespace), *self.interest.channels(sid)]

    def basic_enter_room(
        self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None
    ) -> None:
        """Enter a room; the two that python-socketio makes for itself stay with it."""
        if room is None or room == sid:
            super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
            return
        found = eio_sid or self.eio_sid_from_sid(sid, namespace)
        client = self.server.eio.sockets.get(found)
        if client is not None:
            self.interest.join(sid, client, [room])

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """Leave a room."""
        if room is None or room == sid:
            super().basic_leave_room(sid, namespace, room)
        else:
            self.interest.leave(sid, room)

    def basic_disconnect(self, sid: str, namespace: str, **_options: Any) -> None:
        """Forget a session."""
        self.interest.leave_all(sid)
        super().basic_disconnect(sid, namespace)

    def _publish(self, data: dict[str, Any]) -> None:
        try:
            self._bus.spublish(self.channel, orjson.dumps(data))
        except redis.RedisError as error:
            log.warning("control message lost", error=type(error).__name__)

    def _room_heard(self, channel: str, message: bytes) -> None:
        if channel in self._overheard:
            self._told(channel)
        elif self._broadcasts is not None:
            self.shots.heard(channel)
            self._broadcasts.heard(channel, message)

    def _bus_heard(self, _channel: str, message: bytes) -> None:
        """Handle a control message; what isn't one of ours is ignored."""
        try:
            found = orjson.loads(message)
        except ValueError:
            return
        if isinstance(found, dict) and found.get("host_id") != self.host_id:
            handler = self._handlers.get(str(found.get("method")))
            if handler is not None:
                runtime.spawn(_handled, handler, found)

    def _sweep(self) -> None:
        over = self.interest.sweep()
        self.shots.forget(over)
        if self._broadcasts is not None:
            self._broadcasts.forget(over)
        self._ears.ignore(over)  # last: others come in while it waits

    def _returned(self, galaxy: str | None) -> None:
        """Doubt what was heard: the broadcasts of a galaxy's rooms were interrupted."""
        self.shots.doubt()
        self._on_return(galaxy)
        self.server.ask_to_resync(galaxy)


def _handled(handler: Handler, message: dict[str, Any]) -> None:
    """Handle a control message, which may wait for servers, beside what is heard."""
    try:
        handler(message)
    except Exception:
        log.exception("a control message failed")
