"""The codec packs structs with their version and reads older ones."""

import pytest
from msgspec import Struct, msgpack

from app.core.message import Command
from app.engine.codec import COMPRESS_FROM_BYTES, Codec, UnknownStruct
from tests.support.counters import GAME, Add, Added, Counter

codec = Codec(GAME)


class Load(Command, frozen=True, kw_only=True):
    goods: dict[str, int]


def packed(name: str, version: int, body: dict) -> bytes:
    return b"\x00" + msgpack.encode((name, version, body))


@pytest.mark.parametrize(
    "value",
    [
        Counter(5, ("a", "b"), "", "1:2"),
        Added(amount=-3, mark="late"),
        Add(id="p/1", player="p", counter="a", amount=2**62),
    ],
)
def test_reads_what_it_packed(value: Struct) -> None:
    assert codec.decode(codec.encode(value)) == value


def test_brings_an_older_version_up_to_date() -> None:
    old = packed("Counter", 1, {"value": 3, "notes": ("x",)})

    assert codec.decode(old) == Counter(3, ("x",))


def test_compresses_large_states() -> None:
    large = Counter(1, ("the same words again",) * 1_000)

    data = codec.encode(large)

    assert len(data) < COMPRESS_FROM_BYTES
    assert codec.decode(data) == large


def test_packs_equal_commands_alike_in_whatever_order_they_were_filled() -> None:
    goods = {"energy": 1, "minerals": 2}
    one = Load(id="p/1", player="p", goods=goods)
    other = Load(id="p/1", player="p", goods=dict(reversed(goods.items())))

    assert codec.encode_sorted(one) == codec.encode_sorted(other)
    changed = Load(id="p/1", player="p", goods=goods | {"energy": 2})
    assert codec.encode_sorted(one) != codec.encode_sorted(changed)


def test_is_loud_on_a_struct_of_another_game() -> None:
    with pytest.raises(UnknownStruct, match="Dragon"):
        codec.decode(packed("Dragon", 1, {}))


def test_is_loud_on_a_version_that_no_upcaster_knows() -> None:
    with pytest.raises(UnknownStruct, match="Counter version 0"):
        codec.decode(packed("Counter", 0, {}))


def test_is_loud_on_a_version_of_a_newer_release() -> None:
    with pytest.raises(UnknownStruct, match="Counter version 3"):
        codec.decode(packed("Counter", 3, {"value": 3, "owner": "p"}))


def test_is_loud_on_an_event_where_a_command_belongs() -> None:
    with pytest.raises(UnknownStruct, match="Added"):
        codec.command(codec.encode(Added(amount=1)))
