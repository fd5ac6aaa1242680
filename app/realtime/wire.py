"""Read and write Socket.IO packets, as JSON or MessagePack.

Reading is strict where python-socketio is trusting: nothing malformed raises anything
but `Malformed`, and no binary attachment is ever waited for.
"""

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import msgspec
import orjson
from socketio import packet

from app.realtime.frames import Frame

EVENT_BYTES_MAX = 16_384
DEPTH_MAX = 8
NAMESPACE_MAX = 64

CONNECT, CONNECT_ERROR, DISCONNECT, EVENT, BINARY_EVENT = (
    packet.CONNECT,
    packet.CONNECT_ERROR,
    packet.DISCONNECT,
    packet.EVENT,
    packet.BINARY_EVENT,
)
_PACKET = re.compile(r"([0-6])(?:\d{1,10}-)?(?:(/[^,]*)(?:,|$))?(\d{1,15})?", re.ASCII)


class Message(NamedTuple):
    """Hold what a client sent. `data` of an event is its name and arguments."""

    kind: int
    namespace: str
    id: int | None
    data: Any


class Malformed(Exception):
    """Tell that a message can't be read, what it was, and which ack waits for it."""

    def __init__(
        self, reason: str, kind: int | None = None, ack_id: int | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.ack_id = ack_id


class Wire(Protocol):
    """Say how a serializer reads and writes."""

    packet_class: type[packet.Packet]

    def read(self, message: str | bytes) -> Message:
        """Read what a client sent, or raise `Malformed`."""

    def event(self, name: str, data: Any) -> Frame:
        """Write an event with one argument."""

    def ack(self, ack_id: int, data: Any) -> Frame:
        """Write the answer to an event."""

    def batch(self, room: str, span: "Span", pieces: bytes) -> "Batch":
        """Write `events` from JSON objects joined by commas, encoded long before."""

    def data_of(self, batch: "Batch") -> dict[str, Any]:
        """Read what a batch was written from."""

    def raw(self, pieces: Sequence[bytes]) -> Any:
        """Make JSON objects part of an answer."""

    def part(self, piece: bytes) -> Any:
        """Make a JSON value part of an answer."""


class Span(NamedTuple):
    """Hold the numbers of a batch: `from_` is that before its first event."""

    from_: int
    to: int
    at_ms: int


class Batch(Frame):
    """Hold a room's events, written once for all who hear them."""

    def __init__(
        self, payload: bytes, span: Span, wire: Wire, *, binary: bool = False
    ) -> None:
        super().__init__(payload, binary=binary)
        self.span = span
        self._wire = wire

    def after(self, seq: int) -> Frame:
        """Give the part of it that comes after an event."""
        data = self._wire.data_of(self)
        events = [event for event in data["events"] if event["seq"] > seq]
        return self._wire.event("events", {**data, "from": seq, "events": events})


def dumps(value: Any, **_options: Any) -> str:
    """Write JSON; NaN and infinity become null."""
    return orjson.dumps(value).decode()


class _Json:
    """Stand in for the json module."""

    dumps = staticmethod(dumps)
    loads = staticmethod(orjson.loads)


class _JsonPacket(packet.Packet):
    uses_binary_events = False
    json = _Json


class JsonWire:
    """Read and write the default packets."""

    packet_class: type[packet.Packet] = _JsonPacket

    def read(self, message: str | bytes) -> Message:
        """Read what a client sent.

        Raises:
            Malformed: it is no packet, or holds what no packet may.
        """
        head = _PACKET.match(message) if isinstance(message, str) else None
        if head is None or isinstance(message, bytes):
            raise Malformed("not a packet")
        kind = int(head[1])
        ack_id = None if head[3] is None else int(head[3])
        if kind == BINARY_EVENT:
            raise Malformed("binary attachments are not taken", kind, ack_id)
        body = message[head.end() :]
        if _size(body) > EVENT_BYTES_MAX:
            raise Malformed(f"larger than {EVENT_BYTES_MAX} bytes", kind, ack_id)
        try:
            data = orjson.loads(body) if body else None
        except ValueError as error:
            raise Malformed("not JSON", kind, ack_id) from error
        containers = body.count("{") + body.count("[")
        return _checked(
            Message(kind, head[2] or "/", ack_id, data),
            is_plain=containers <= DEPTH_MAX,  # in JSON nothing else is left to ask
        )

    def event(self, name: str, data: Any) -> Frame:
        """Write an event with one argument."""
        return Frame(b"42" + orjson.dumps([name, data]))

    def ack(self, ack_id: int, data: Any) -> Frame:
        """Write the answer to an event."""
        return Frame(b"43%d[%b]" % (ack_id, orjson.dumps(data)))

    def batch(self, room: str, span: Span, pieces: bytes) -> Batch:
        """Write `events` from JSON objects joined by commas, encoded long before."""
        payload = (
            b'42["events",{"room":%b,"from":%d,"to":%d,"at_ms":%d,"events":[%b]}]'
            % (orjson.dumps(room), *span, pieces)
        )
        return Batch(payload, span, self)

    def data_of(self, batch: Batch) -> dict[str, Any]:
        """Read what a batch was written from."""
        data: dict[str, Any] = orjson.loads(batch.payload[2:])[1]
        return data

    def raw(self, pieces: Sequence[bytes]) -> Any:
        """Make JSON objects part of an answer."""
        return orjson.Fragment(b"[%b]" % b",".join(pieces))

    def part(self, piece: bytes) -> Any:
        """Make a JSON value part of an answer."""
        return orjson.Fragment(piece)


class _PackedPacket(packet.Packet):
    uses_binary_events = False
    json = _Json

    def encode(self) -> bytes:
        return _pack(self.packet_type, self.data, self.namespace or "/", self.id)

    def decode(self, encoded_packet: bytes) -> int:
        found = msgspec.msgpack.decode(encoded_packet)
        self.packet_type, self.namespace = found["type"], found["nsp"]
        self.data, self.id = found.get("data"), found.get("id")
        return 0


class PackedWire:
    """Read and write the packets of socket.io-msgpack-parser."""

    packet_class: type[packet.Packet] = _PackedPacket

    def read(self, message: str | bytes) -> Message:
        """Read what a client sent.

        Raises:
            Malformed: it is no packet, or holds what no packet may.
        """
        try:
            found = msgspec.msgpack.decode(message, type=_Packed)
        except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
            raise Malformed("not a packet") from error
        if found.type == BINARY_EVENT:
            raise Malformed("binary attachments are not taken", found.type, found.id)
        if len(message) > EVENT_BYTES_MAX:
            raise Malformed(
                f"larger than {EVENT_BYTES_MAX} bytes", found.type, found.id
            )
        return _checked(Message(found.type, found.nsp or "/", found.id, found.data))

    def event(self, name: str, data: Any) -> Frame:
        """Write an event with one argument."""
        return Frame(_pack(EVENT, [name, data], "/", None), binary=True)

    def ack(self, ack_id: int, data: Any) -> Frame:
        """Write the answer to an event."""
        return Frame(_pack(packet.ACK, [data], "/", ack_id), binary=True)

    def batch(self, room: str, span: Span, pieces: bytes) -> Batch:
        """Write `events` from JSON objects joined by commas, encoded long before."""
        events = orjson.loads(b"[%b]" % pieces)
        heads = {"room": room, "from": span.from_, "to": span.to, "at_ms": span.at_ms}
        data = ["events", {**heads, "events": events}]
        return Batch(_pack(EVENT, data, "/", None), span, self, binary=True)

    def data_of(self, batch: Batch) -> dict[str, Any]:
        """Read what a batch was written from."""
        data: dict[str, Any] = msgspec.msgpack.decode(batch.payload)["data"][1]
        return data

    def raw(self, pieces: Sequence[bytes]) -> Any:
        """Make JSON objects part of an answer."""
        return [orjson.loads(piece) for piece in pieces]

    def part(self, piece: bytes) -> Any:
        """Make a JSON value part of an answer."""
        return orjson.loads(piece)


class _Packed(msgspec.Struct, omit_defaults=True):
    type: int
    nsp: str = "/"
    data: Any = None
    id: int | None = None


def _pack(kind: int, data: Any, namespace: str, ack_id: int | None) -> bytes:
    """Pack without what is absent: the JavaScript parser tells null from undefined."""
    fields = {"type": kind, "nsp": namespace, "data": data, "id": ack_id}
    return msgspec.msgpack.encode(
        {name: value for name, value in fields.items() if value is not None}
    )


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _checked(message: Message, *, is_plain: bool = False) -> Message:
    if len(message.namespace) > NAMESPACE_MAX:
        raise Malformed("namespace too long")
    if message.kind == EVENT and not _is_event(message.data):
        raise Malformed("not an event", message.kind, message.id)
    if not is_plain and not _is_plain(message.data, DEPTH_MAX + 1):
        reason = f"not plain data, or deeper than {DEPTH_MAX}"
        raise Malformed(reason, message.kind, message.id)
    return message


def _is_event(data: Any) -> bool:
    return isinstance(data, list) and bool(data) and isinstance(data[0], str)


def _is_plain(value: Any, depth_left: int) -> bool:
    if isinstance(value, dict):
        return depth_left > 0 and all(
            isinstance(name, str) and _is_plain(item, depth_left - 1)
            for name, item in value.items()
        )
    if isinstance(value, list):
        return depth_left > 0 and all(_is_plain(item, depth_left - 1) for item in value)
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, str | int)
