"""The proxy passes bytes on, and harms just the connections that it is told to."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic

import pytest

from tests.load.chaos.proxy import Harm, Proxy

HOST = "127.0.0.1"
BOUND_S = 5.0
SILENCE_S = 0.2
DELAY_S = 0.2

Line = tuple[StreamReader, StreamWriter]
Test = Callable[[Proxy], Awaitable[None]]


def run(test: Test) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(BOUND_S), _proxy() as proxy:
            await test(proxy)

    asyncio.run(bounded())


@asynccontextmanager
async def _proxy() -> AsyncIterator[Proxy]:
    """Give a proxy before a server that says again what it hears."""

    async def echo(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            while piece := await reader.read(1_000):
                writer.write(piece)
        except OSError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(echo, HOST, 0)
    proxy = Proxy(HOST, 0, (HOST, server.sockets[0].getsockname()[1]))
    await proxy.open()
    try:
        yield proxy
    finally:
        await proxy.close()
        server.close()


async def line_to(proxy: Proxy) -> Line:
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    writer.write(b"a")
    assert await reader.readexactly(1) == b"a"
    return reader, writer


async def say(line: Line, text: bytes) -> bytes:
    line[1].write(text)
    return await line[0].readexactly(len(text))


def port_of(line: Line) -> int:
    return int(line[1].get_extra_info("sockname")[1])


def everyone(_port: int) -> bool:
    return True


def test_passes_on_what_both_sides_say() -> None:
    async def test(proxy: Proxy) -> None:
        line = await line_to(proxy)
        assert await say(line, b"hello") == b"hello"
        line[1].close()

    run(test)


def test_slows_each_piece_until_it_is_healed() -> None:
    async def test(proxy: Proxy) -> None:
        line = await line_to(proxy)
        harm = Harm("slow", everyone, DELAY_S)
        await proxy.harm(harm)
        began_s = monotonic()
        await say(line, b"slow")
        assert monotonic() - began_s >= 2 * DELAY_S
        await proxy.heal(harm)
        assert await say(line, b"fast") == b"fast"
        line[1].close()

    run(test)


def test_cuts_old_connections_and_new_ones_until_it_is_healed() -> None:
    async def test(proxy: Proxy) -> None:
        reader, writer = await line_to(proxy)
        harm = Harm("cut", everyone)
        assert await proxy.harm(harm) == 1
        assert await reader.read() == b""
        writer.close()
        reader, writer = await asyncio.open_connection(HOST, proxy.port)
        assert await reader.read() == b""
        writer.close()
        await proxy.heal(harm)
        _reader, writer = await line_to(proxy)
        writer.close()

    run(test)


def test_loses_what_old_connections_say_and_resets_them_in_the_end() -> None:
    async def test(proxy: Proxy) -> None:
        old = await line_to(proxy)
        harm = Harm("hole", everyone)
        await proxy.harm(harm)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SILENCE_S):
                await say(old, b"anyone?")
        new = await line_to(proxy)
        await proxy.heal(harm)
        with pytest.raises(ConnectionResetError):
            await old[0].read()
        new[1].close()

    run(test)


def test_resets_connections_once() -> None:
    async def test(proxy: Proxy) -> None:
        reader, _writer = await line_to(proxy)
        await proxy.harm(Harm("reset", everyone))
        with pytest.raises(ConnectionResetError):
            await reader.read()
        _reader, writer = await line_to(proxy)
        writer.close()

    run(test)


def test_harms_only_those_that_are_meant() -> None:
    async def test(proxy: Proxy) -> None:
        one, other = await line_to(proxy), await line_to(proxy)
        meant = port_of(one)
        assert await proxy.harm(Harm("cut", lambda port: port == meant)) == 1
        assert await one[0].read() == b""
        assert await say(other, b"still") == b"still"
        for line in (one, other):
            line[1].close()

    run(test)


def test_a_server_that_is_gone_ends_the_connection() -> None:
    async def test(_proxy: Proxy) -> None:
        nobody = await asyncio.start_server(lambda _r, _w: None, HOST, 0)
        port = nobody.sockets[0].getsockname()[1]
        nobody.close()
        proxy = Proxy(HOST, 0, (HOST, port))
        await proxy.open()
        reader, writer = await asyncio.open_connection(HOST, proxy.port)
        with pytest.raises(ConnectionResetError):
            await reader.read()
        writer.close()
        await proxy.close()

    run(test)
