"""WebSockets have no green thread of their own: all is answered, and all is freed."""

import json
import socket
import struct
from contextlib import suppress
from uuid import uuid4

import psutil
import pytest
import websocket

from tests.integration.realtime.clients import command
from tests.integration.realtime.counters_app import SLOW_S
from tests.support.waiting import wait_for

ROUNDS = 20
PILE_BYTES = 16_000_000


@pytest.fixture(scope="module", params=["", "gevent"])
def web(request, start):
    """Give an instance on each library."""
    return start(ASYNC_MODE=request.param)


def event(number, name, **data):
    return f"42{number}" + json.dumps([name, command(**data)])


def files(instance):
    (worker,) = psutil.Process(instance.process.pid).children()
    return worker.num_fds()


def test_answers_what_came_in_one_piece_in_its_order(web, name, speak):
    bare = speak(web, "websocket").join(name)
    texts = [event(n, "counters.add", counter=name, amount=1) for n in range(40)]
    frames = [websocket.ABNF.create_frame(t, 1).format() for t in texts]
    bare.socket.sock.sendall(b"".join(frames))
    values = [bare.ack(number)["result"]["value"] for number in range(40)]
    assert values == list(range(1, 41))


def test_answers_what_came_while_it_was_busy(web, name, speak):
    bare = speak(web, "websocket").join(name)
    bare.send(event(1, "counters.slow", counter=name, amount=1))
    for number in range(2, 6):
        bare.send(event(number, "counters.add", counter=name, amount=1))
    values = [bare.ack(number)["result"]["value"] for number in range(1, 6)]
    assert values == list(range(1, 6))


def test_reads_no_more_while_it_is_busy(web, name, speak):
    bare = speak(web, "websocket").join(name)
    bare.send(event(1, "counters.slow", counter=name, amount=1))
    frame = websocket.ABNF.create_frame("x" * 1_000, 1).format()
    pile = frame * (PILE_BYTES // len(frame))
    bare.socket.sock.settimeout(SLOW_S / 4)
    sent = 0
    with suppress(TimeoutError):
        while sent < len(pile):
            sent += bare.socket.sock.send(pile[sent : sent + 65_536])
    assert 0 < sent < PILE_BYTES


def test_goes_on_with_what_came_right_behind_the_upgrade(web, name, speak):
    polled = speak(web, "polling").join(name)
    query = f"EIO=4&transport=websocket&sid={polled.greeting['sid']}"
    url = f"{web.url.replace('http', 'ws')}/socket.io/?{query}"
    upgraded = websocket.create_connection(url, timeout=5)
    upgraded.send("2probe")
    assert upgraded.recv() == "3probe"
    texts = ["5", event(7, "counters.add", counter=name, amount=1)]
    frames = [websocket.ABNF.create_frame(t, 1).format() for t in texts]
    upgraded.sock.sendall(b"".join(frames))
    wait_for(lambda: upgraded.recv().startswith("437["), "the ack")
    upgraded.shutdown()


def test_only_one_of_two_upgrades_is_taken(web, name, speak):
    polled = speak(web, "polling").join(name)
    query = f"EIO=4&transport=websocket&sid={polled.greeting['sid']}"
    url = f"{web.url.replace('http', 'ws')}/socket.io/?{query}"
    first, second = (websocket.create_connection(url, timeout=5) for _ in range(2))
    first.send("2probe")
    assert first.recv() == "3probe"
    first.send("5")
    first.send(event(1, "counters.add", counter=name, amount=1))
    wait_for(lambda: first.recv().startswith("431["), "the ack")
    second.send("2probe")
    assert second.recv() == ""
    for one in (first, second):
        one.shutdown()


def leave_politely(bare):
    bare.socket.send_close(1000)


def leave_by_a_packet(bare):
    bare.send("1")


def leave_at_once(bare):
    bare.socket.sock.shutdown(socket.SHUT_RDWR)


def leave_by_reset(bare):
    linger = struct.pack("ii", 1, 0)
    bare.socket.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    bare.socket.sock.close()


def leave_broken(bare):
    bare.socket.sock.sendall(b"\xff\xff\xff")


def leave_by_pings(bare):
    ping = websocket.ABNF.create_frame("", websocket.ABNF.OPCODE_PING).format()
    with suppress(OSError):
        bare.socket.sock.sendall(ping * 5_000)


def leave_while_busy(bare):
    for number in range(3):
        bare.send(event(number, "counters.add", counter=uuid4().hex, amount=1))
    leave_by_reset(bare)


@pytest.mark.parametrize(
    "leave",
    [
        leave_politely,
        leave_by_a_packet,
        leave_at_once,
        leave_by_reset,
        leave_broken,
        leave_by_pings,
        leave_while_busy,
    ],
)
def test_frees_every_connection(web, name, speak, leave):
    speak(web, "websocket").join(name + "first").close()
    wait_for(lambda: web.metric("gd_connections") == 0, "nobody")
    before = files(web)
    for number in range(ROUNDS):
        leave(speak(web, "websocket").join(f"{name}.{number}"))
    wait_for(lambda: web.metric("gd_connections") == 0, "nobody again")
    wait_for(lambda: files(web) <= before + 1, "all sockets closed")


def test_frees_whom_it_throws_out(web, name, speak):
    before = files(web)
    bares = [speak(web, "websocket").join(f"{name}.{n}") for n in range(5)]
    for number in range(5):
        web.get(f"/kick/{name}.{number}/banned")
    for bare in bares:
        assert "banned" in bare.until('42["notice"')
    wait_for(lambda: files(web) <= before + 1, "all sockets closed")
