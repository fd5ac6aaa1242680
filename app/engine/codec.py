"""Turn states, events and commands into bytes and back, across versions of a struct.

Packed form: a byte (0 plain, 1 zlib), then msgpack of [struct name, version, body]. A
struct's version is its class attribute `VERSION` (1 where absent). A body of an older
version passes the game's upcasters, one per step, before it is read.
"""

import zlib
from functools import cache
from typing import Any

import msgspec
from msgspec import Raw, Struct, msgpack

from app.core.decider import Game
from app.core.message import Command

COMPRESS_FROM_BYTES = 4_096
_PLAIN, _ZLIB = b"\x00", b"\x01"
_encoder = msgpack.Encoder()
_body_encoder = msgpack.Encoder()
_sorting_encoder = msgpack.Encoder(order="deterministic")
_envelope = msgpack.Decoder(tuple[str, int, Raw])


class UnknownStruct(Exception):
    """Name a struct that the game doesn't know."""


@cache
def version_of(struct: type[Struct]) -> int:
    """Tell the version of a struct's layout."""
    return int(getattr(struct, "VERSION", 1))


def open_envelope(data: bytes) -> tuple[str, int, Raw]:
    """Read the struct's name, its version and its body, still packed."""
    packed = data[1:] if data[:1] == _PLAIN else zlib.decompress(data[1:])
    return _envelope.decode(packed)


class Codec:
    """Pack and unpack the structs of one game."""

    def __init__(self, game: Game) -> None:
        structs: set[type[Struct]] = {kind.state for kind in game.kinds.values()}
        structs |= set(game.events) | set(game.rules)
        self._upcasters = game.upcasters
        self._structs = {struct.__name__: struct for struct in structs}
        self._decoders = {
            name: msgpack.Decoder(struct) for name, struct in self._structs.items()
        }

    def encode(self, value: Struct) -> bytes:
        """Pack a state, event or command."""
        return _packed(value, _body_encoder)

    def encode_sorted(self, value: Struct) -> bytes:
        """Pack to compare: equal structs alike, in whatever order dicts were filled."""
        return _packed(value, _sorting_encoder)

    def decode(self, data: bytes) -> Any:
        """Unpack what `encode` packed, now or in an older release.

        Raises:
            UnknownStruct: the name, or a step between two versions, is not known, or
                the version is of a newer release.
        """
        name, version, body = open_envelope(data)
        decoder = self._decoders.get(name)
        if decoder is None:
            raise UnknownStruct(name)
        if version == version_of(self._structs[name]):
            return decoder.decode(body)
        return self.revive(name, version, msgpack.decode(body))

    def revive(self, name: str, version: int, body: dict[str, Any]) -> Any:
        """Make a struct from a plain body, as msgpack or JSON hold it.

        Raises:
            UnknownStruct: the name, or a step between two versions, is not known, or
                the version is of a newer release.
        """
        struct = self._structs.get(name)
        if struct is None:
            raise UnknownStruct(name)
        if version > version_of(struct):
            raise UnknownStruct(f"{name} version {version}")
        for step in range(version, version_of(struct)):
            upcaster = self._upcasters.get((name, step))
            if upcaster is None:
                raise UnknownStruct(f"{name} version {version}")
            body = upcaster(body)
        return msgspec.convert(body, struct, str_keys=True)

    def command(self, data: bytes) -> Command:
        """Unpack a command."""
        value = self.decode(data)
        if not isinstance(value, Command):
            raise UnknownStruct(type(value).__name__)
        return value


def _packed(value: Struct, body_encoder: msgpack.Encoder) -> bytes:
    struct = type(value)
    body = Raw(body_encoder.encode(value))
    packed = _encoder.encode((struct.__name__, version_of(struct), body))
    if len(packed) < COMPRESS_FROM_BYTES:
        return _PLAIN + packed
    return _ZLIB + zlib.compress(packed, 1)
