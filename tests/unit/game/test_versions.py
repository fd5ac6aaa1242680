"""States of older releases are read as those of today."""

from typing import Any

import msgspec
from msgspec import msgpack

from app.core.message import Ref
from app.engine.codec import Codec
from app.game import registry
from app.game.colonies.model.state import Colony
from tests.unit.game.world import World

PLAIN = b"\x00"


def packed(version: int, body: dict[str, Any]) -> bytes:
    return PLAIN + msgpack.encode(
        ("Colony", version, msgspec.Raw(msgpack.encode(body)))
    )


def first_version(colony: Colony) -> dict[str, Any]:
    """Give a colony as version 1 kept it."""
    body: dict[str, Any] = msgspec.to_builtins(colony)
    body["owner"] = body.pop("player")
    del body["username"], body["stock"]["until_ms"]
    return body


def test_a_colony_of_version_1_is_read_as_one_of_today() -> None:
    world = World()
    colony = world.states[Ref("colony", world.join())]
    read = Codec(world.game).decode(packed(1, first_version(colony)))
    assert isinstance(read, Colony)
    assert (read.player, read.username) == ("ann", "")
    assert (read.stock, read.name) == (colony.stock, colony.name)


def test_every_older_version_has_its_upcaster() -> None:
    for kind in registry.KINDS.values():
        for version in range(1, getattr(kind.state, "VERSION", 1)):
            assert (kind.state.__name__, version) in registry.UPCASTERS
