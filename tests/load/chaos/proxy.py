"""Pass bytes between two parts, and harm the connections on demand.

- slow: every piece waits before it goes on, in both directions
- cut: connections end, and new ones end at once, until it is healed
- hole: what is under way on old connections is lost and neither side is told; new
  connections work; once healed, the old ones are reset
- reset: connections are reset, once
"""

import asyncio
import socket
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

PIECE_BYTES = 65_536
CONNECT_S = 5.0
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: on, for no time."""

Address = tuple[str, int] | str
"""Host and port, or the path of a socket."""
Whose = Callable[[int], bool]
"""Tells by the local port of a client whether a harm is meant for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Harm:
    """Hold what is done to connections, and to whose."""

    kind: str
    whose: Whose
    delay_s: float = 0.0


@dataclass(slots=True, eq=False)
class _Line:
    """Hold one connection: the client's side, and ours to the server."""

    port: int
    writers: list[StreamWriter]
    delay_s: float = 0.0
    is_lost: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self, *, by_reset: bool) -> None:
        self.over.set()
        for writer in self.writers:
            if by_reset:
                _set_to_reset(writer)
                writer.transport.abort()
            else:
                writer.close()


class Proxy:
    """Hold one listening port, and the connections through it to one server."""

    def __init__(self, host: str, port: int, upstream: Address) -> None:
        self._host, self.port, self._upstream = host, port, upstream
        self._server: asyncio.Server | None = None
        self._lines: set[_Line] = set()
        self._harms: list[Harm] = []
        self.passed = 0
        """Connections that were let through."""

    async def open(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, self._host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no more, and end all connections."""
        if self._server is not None:
            self._server.close()
        for line in list(self._lines):
            line.end(by_reset=True)
        self._lines.clear()

    async def harm(self, harm: Harm) -> int:
        """Begin to do harm; tell how many connections it met."""
        if harm.kind != "reset":
            self._harms.append(harm)
        met = [line for line in self._lines if harm.whose(line.port)]
        for line in met:
            self._do(harm, line)
        return len(met)

    async def heal(self, harm: Harm) -> None:
        """End a harm."""
        if harm in self._harms:
            self._harms.remove(harm)
        for line in list(self._lines):
            if harm.whose(line.port):
                line.delay_s = 0.0
                if line.is_lost:
                    line.end(by_reset=True)

    def _do(self, harm: Harm, line: _Line) -> None:
        if harm.kind == "slow":
            line.delay_s = harm.delay_s
        elif harm.kind == "hole":
            line.is_lost = True
        else:
            line.end(by_reset=harm.kind == "reset")

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        line = _Line(writer.get_extra_info("peername")[1], [writer])
        self._lines.add(line)
        try:
            if await self._is_let_in(line):
                await self._join(line, reader)
        except (OSError, TimeoutError):
            line.end(by_reset=True)
        finally:
            line.end(by_reset=False)
            self._lines.discard(line)

    async def _is_let_in(self, line: _Line) -> bool:
        """Harm new connections, too; a hole is only in what is old."""
        for harm in list(self._harms):
            if harm.kind != "hole" and await asyncio.to_thread(harm.whose, line.port):
                self._do(harm, line)
        return not line.over.is_set()

    async def _join(self, line: _Line, reader: StreamReader) -> None:
        async with asyncio.timeout(CONNECT_S):
            there, onward = await _connect(self._upstream)
        line.writers.append(onward)
        if line.over.is_set():
            return
        self.passed += 1
        client = line.writers[0]
        pumps = [
            asyncio.create_task(self._pump(line, reader, onward)),
            asyncio.create_task(self._pump(line, there, client)),
        ]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        if line.is_lost:
            await line.over.wait()
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)

    async def _pump(self, line: _Line, reader: StreamReader, to: StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(PIECE_BYTES):
                if line.delay_s:
                    await asyncio.sleep(line.delay_s)
                if not line.is_lost:
                    to.write(piece)
                    await to.drain()


async def _connect(address: Address) -> tuple[StreamReader, StreamWriter]:
    if isinstance(address, str):
        return await asyncio.open_unix_connection(address)
    return await asyncio.open_connection(*address)


def _set_to_reset(writer: StreamWriter) -> None:
    found: socket.socket | None = writer.get_extra_info("socket")
    if found is not None and found.family != socket.AF_UNIX:
        with suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
