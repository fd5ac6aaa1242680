"""Frames of clients are decoded as the protocol's reference library does it."""

import struct
from random import Random

import pytest
from wsproto.frame_protocol import CloseReason, FrameProtocol, Opcode, ParseFailed

from app.realtime import decoder as decoder_module
from app.realtime.decoder import Decoder, Kind

MAX = 65_536
SEEDS = range(300)


def framed(
    first: int,
    payload: bytes,
    *,
    mask: bytes = b"\x01\x02\x03\x04",
    masked: bool = True,
) -> bytes:
    """Make a client's frame."""
    bit = 0x80 if masked else 0
    if len(payload) < 126:
        head = struct.pack("!BB", first, bit | len(payload))
    elif len(payload) < 65_536:
        head = struct.pack("!BBH", first, bit | 126, len(payload))
    else:
        head = struct.pack("!BBQ", first, bit | 127, len(payload))
    if not masked:
        return head + payload
    return head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))


def fed(data: bytes, cuts: list[int] | None = None, most: int = MAX) -> list:
    """Feed a decoder in pieces."""
    decoder, came, last = Decoder(most), [], 0
    for cut in [*sorted(cuts or []), len(data)]:
        came += decoder.feed(data[last:cut])
        last = cut
    return came


@pytest.mark.parametrize("size", [0, 1, 3, 4, 125, 126, 127, 65_000])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.BINARY])
def test_reads_a_message_of_any_length(size: int, kind: Kind) -> None:
    payload = b"x" * size
    found = payload.decode() if kind == Kind.TEXT else payload
    assert fed(framed(0x80 | kind, payload)) == [(kind, found)]


def test_reads_many_frames_of_one_piece_and_one_frame_of_many_pieces() -> None:
    data = framed(0x81, b"one") + framed(0x82, b"two") + framed(0x81, "drü".encode())
    expected = [(Kind.TEXT, "one"), (Kind.BINARY, b"two"), (Kind.TEXT, "drü")]
    assert fed(data) == expected
    assert fed(data, list(range(len(data)))) == expected


@pytest.mark.parametrize("size", [126, 130, 200, 65_000])
def test_takes_no_part_of_a_long_message_for_a_short_one(size: int) -> None:
    """Read as a short head, that of a long one says 126: then 132 bytes are whole."""
    data = framed(0x81, b"x" * size)
    for cut in range(120, min(140, len(data))):
        assert fed(data, [cut]) == [(Kind.TEXT, "x" * size)]


def test_joins_fragments_and_lets_control_frames_in_between() -> None:
    data = (
        framed(0x01, "ä".encode()[:1])
        + framed(0x89, b"ping")
        + framed(0x00, b"")
        + framed(0x8A, b"pong")
        + framed(0x80, "ä".encode()[1:])
        + framed(0x88, struct.pack("!H", 1001) + b"bye")
        + framed(0x81, b"after the end")
    )
    assert fed(data) == [
        (Kind.PING, b"ping"),
        (Kind.PONG, b"pong"),
        (Kind.TEXT, "ä"),
        (Kind.CLOSE, 1001),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (framed(0x81, b"x", masked=False), 1002),
        (framed(0xC1, b"x"), 1002),
        (framed(0xA1, b"x"), 1002),
        (framed(0x83, b"x"), 1002),
        (framed(0x8B, b"x"), 1002),
        (framed(0x80, b"x"), 1002),
        (framed(0x01, b"x") + framed(0x81, b"y"), 1002),
        (framed(0x09, b"x"), 1002),
        (framed(0x89, b"x" * 126), 1002),
        (b"\x81\xfe\x00\x05" + b"\0" * 9, 1002),
        (b"\x81\xff" + struct.pack("!Q", 65_535) + b"\0" * 9, 1002),
        (b"\x81\xff" + struct.pack("!Q", 2**63), 1009),
        (framed(0x81, b"\xff\xff"), 1007),
        (framed(0x01, b"\xc3") + framed(0x80, b""), 1007),
        (framed(0x88, b"\x03"), 1002),
        (framed(0x88, struct.pack("!H", 999)), 1002),
        (framed(0x88, struct.pack("!H", 1005)), 1002),
        (framed(0x88, struct.pack("!H", 5000)), 1002),
        (framed(0x88, struct.pack("!H", 2000)), 1002),
        (framed(0x88, struct.pack("!H", 1000) + b"\xff"), 1007),
    ],
)
def test_says_with_which_code_to_end(data: bytes, code: int) -> None:
    first = framed(0x81, b"before")
    decoder = Decoder(MAX)
    expected = [(Kind.TEXT, "before"), (Kind.BROKEN, code)]
    assert list(decoder.feed(first + data)) == expected
    assert not list(decoder.feed(framed(0x81, b"after")))


def test_decodes_no_more_than_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    unmasked, decoded = decoder_module._unmasked, []
    monkeypatch.setattr(
        decoder_module,
        "_unmasked",
        lambda data, *place: decoded.append(place) or unmasked(data, *place),
    )
    came = iter(Decoder(MAX).feed(framed(0x89, b"") * 2_700))
    assert [next(came) for _ in range(3)] == [(Kind.PING, b"")] * 3
    assert len(decoded) == 3


def test_bounds_a_message_before_it_is_there() -> None:
    head = framed(0x82, b"x" * 100)[:6]
    assert fed(head, most=100) == [(Kind.BROKEN, 1009)]
    assert fed(framed(0x82, b"x" * 99), most=100) == [(Kind.BINARY, b"x" * 99)]
    endless = framed(0x01, b"") + framed(0x00, b"") * 100
    assert fed(endless, most=100) == [(Kind.BROKEN, 1009)]


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_the_reference_however_it_is_cut(seed: int) -> None:
    draws = Random(seed)
    data = b"".join(_drawn(draws) for _ in range(draws.randint(1, 6)))
    if draws.random() < 0.5:
        place = draws.randrange(len(data))
        data = data[:place] + draws.randbytes(1) + data[place + 1 :]
    cuts = draws.sample(range(len(data)), min(len(data), draws.randint(0, 9)))

    assert fed(data, cuts, 2**64) == _referred(data)


def _drawn(draws: Random) -> bytes:
    if draws.random() < 0.3:
        payload = struct.pack("!H", 1000) if draws.random() < 0.3 else b"hey"
        kind = draws.choice([0x89, 0x8A, 0x88])
        return framed(kind, payload, mask=draws.randbytes(4))
    kind = draws.choice([Kind.TEXT, Kind.BINARY])
    text = "".join(draws.choice("aé€😀") for _ in range(draws.randint(0, 200))).encode()
    at = sorted(draws.randint(0, len(text)) for _ in range(draws.randint(0, 3)))
    parts = [text[a:b] for a, b in zip([0, *at], [*at, len(text)], strict=True)]
    frames = [
        framed((kind if not i else 0) | (0x80 if i == len(parts) - 1 else 0), part)
        for i, part in enumerate(parts)
    ]
    return b"".join(frames)


def _referred(data: bytes) -> list:
    """Ask wsproto, whose messages come in parts and whose text is checked earlier."""
    protocol, came, parts = FrameProtocol(client=False, extensions=[]), [], []
    protocol.receive_bytes(data)
    try:
        for frame in protocol.received_frames():
            if frame.opcode is Opcode.CLOSE:
                code = frame.payload[0]
                none = CloseReason.NO_STATUS_RCVD
                return [*came, (Kind.CLOSE, 1000 if code == none else code)]
            if frame.opcode.iscontrol():
                came.append((int(frame.opcode), bytes(frame.payload)))
            else:
                parts.append(frame.payload)
                if frame.message_finished:
                    whole = parts[0][:0].join(parts)
                    came.append((int(frame.opcode), whole))
                    parts = []
    except ParseFailed as error:
        came.append((Kind.BROKEN, int(error.code)))
    return came
