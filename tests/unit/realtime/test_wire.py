"""Packets are read strictly and written as the protocol has them."""

import json

import msgspec
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.realtime.wire import JsonWire, Malformed, Message, PackedWire, Span

JSON, PACKED = JsonWire(), PackedWire()
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def pack(**fields):
    return msgspec.msgpack.encode(fields)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('2["a",{"b":1}]', Message(2, "/", None, ["a", {"b": 1}])),
        ('217["a"]', Message(2, "/", 17, ["a"])),
        ('2/admin,5["a"]', Message(2, "/admin", 5, ["a"])),
        ("0", Message(0, "/", None, None)),
        ('0{"token":"x"}', Message(0, "/", None, {"token": "x"})),
        ("0/admin,", Message(0, "/admin", None, None)),
        ("0/admin", Message(0, "/admin", None, None)),
        ("1", Message(1, "/", None, None)),
        ('35["a"]', Message(3, "/", 5, ["a"])),
    ],
)
def test_reads_what_stock_clients_write(text, message):
    assert JSON.read(text) == message


def read(wire, message):
    """Read a message, or give why it can't be."""
    try:
        return wire.read(message)
    except Malformed as error:
        return error.reason


@given(name=st.text(), args=st.lists(values, max_size=2), number=st.integers(0, 10**9))
def test_reads_every_event_of_plain_data(name, args, number):
    data = [name, *args]
    text = f"2{number}" + json.dumps(data, ensure_ascii=False)
    packed = pack(type=2, nsp="/", id=number, data=data)
    fine = (Message(2, "/", number, data), "not plain data, or deeper than 8")
    assert read(JSON, text) in fine
    assert read(PACKED, packed) == read(JSON, text)


@given(st.text() | st.binary())
def test_raises_nothing_but_malformed_on_garbage(message):
    for wire in (JSON, PACKED):
        for start in ("", "2", "42"):
            text = start + message if isinstance(message, str) else message
            assert isinstance(read(wire, text), Message | str)


@pytest.mark.parametrize(
    ("text", "ack_id"),
    [
        ("29[", 9),
        ("29", 9),
        ("29{}", 9),
        ("29[]", 9),
        ("29[1]", 9),
        ('29["a",NaN]', 9),
        ('51-9["a",{"_placeholder":true,"num":0}]', 9),
        ('29["a","' + "x" * 16_384 + '"]', 9),
        ('29["a",' + "[" * 9 + "]" * 9 + "]", 9),
        ("x", None),
        ("", None),
    ],
)
def test_names_the_ack_that_waits_for_a_malformed_event(text, ack_id):
    with pytest.raises(Malformed) as caught:
        JSON.read(text)
    assert caught.value.ack_id == ack_id


def test_takes_what_is_just_within_bounds():
    deep = '29["a",' + "[" * 8 + "]" * 8 + "]"
    assert JSON.read(deep).id == 9
    filling = "x" * (16_384 - len('["a",""]'))
    assert JSON.read(f'2["a","{filling}"]').kind == 2


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\xc1",
        pack(type=2),
        pack(type="2", nsp="/", data=["a"]),
        pack(type=2, nsp=5, data=["a"]),
        pack(type=2, nsp="/", data=["a"], id="1"),
        pack(type=2, nsp="/", data=["a", b"bytes"]),
        pack(type=2, nsp="/", data=["a", float("inf")]),
        pack(type=2, nsp="/", data=["a", {1: 2}]),
        pack(type=5, nsp="/", data=["a"]),
        b"\x91" * 5_000,
    ],
)
def test_refuses_odd_messagepack(odd):
    with pytest.raises(Malformed):
        PACKED.read(odd)


def test_writes_events_and_acks():
    assert JSON.event("notice", {"code": "x"}).payload == b'42["notice",{"code":"x"}]'
    assert JSON.ack(7, {"ok": True}).payload == b'437[{"ok":true}]'
    assert msgspec.msgpack.decode(PACKED.event("a", {"b": 1}).payload) == {
        "type": 2,
        "nsp": "/",
        "data": ["a", {"b": 1}],
    }
    assert msgspec.msgpack.decode(PACKED.ack(0, {"ok": True}).payload)["id"] == 0


def test_joins_pieces_into_one_batch():
    pieces = b'{"seq":5,"type":"a"},{"seq":6,"type":"b"}'
    batch = {
        "room": 'sector:1:2"',
        "from": 4,
        "to": 6,
        "at_ms": 9,
        "events": [{"seq": 5, "type": "a"}, {"seq": 6, "type": "b"}],
    }
    span = Span(4, 6, 9)
    text = JSON.batch('sector:1:2"', span, pieces).payload
    assert orjson.loads(text[2:]) == ["events", batch]
    packed = PACKED.batch('sector:1:2"', span, pieces).payload
    assert msgspec.msgpack.decode(packed)["data"] == ["events", batch]


def test_puts_pieces_into_an_answer():
    pieces = [b'{"seq":1}', b'{"seq":2}']
    for wire in (JSON, PACKED):
        frame = wire.ack(1, {"events": wire.raw(pieces)})
        read = wire.read(frame.payload if frame.binary else frame.payload[1:].decode())
        assert read.data == [{"events": [{"seq": 1}, {"seq": 2}]}]
