"""Clients that read slowly or not at all: bounded memory, and nobody else waits."""

import json
import socket
from functools import partial
from itertools import pairwise
from time import time

import psutil
import pytest

from app.core.units import HOUR_MS
from tests.integration.realtime.clients import command
from tests.support.waiting import wait_for

PIECE = 8_000
SLOW = 'gd_clients_dropped_total{reason="slow"}'


def flood(state, room, batches):
    """Publish as the commit does, but much more, with numbers that nobody heard yet."""
    filling, seq = "x" * PIECE, int(time() * 1_000) + HOUR_MS
    for number in range(seq, seq + batches):
        piece = json.dumps({"seq": number + 1, "type": "x", "filling": filling})
        message = f"{number} {number + 1} 1 {piece}"
        state.spublish(f"{{g1}}:room:{room}", message)


def worker_bytes(instance):
    (worker,) = psutil.Process(instance.process.pid).children()
    return worker.memory_info().rss


def is_gone(instance, count):
    return instance.metric(SLOW) >= count


def stop_reading(speak, web, name, room):
    bare = speak(web, "websocket").join(name)
    bare.send("421" + json.dumps(["resume", {"rooms": {room: 0}}]))
    assert bare.ack(1)["ok"]
    return bare


def test_drops_a_reader_that_stopped_and_keeps_its_memory(
    web, play, name, speak, state
):
    room = f"counter:{name}"
    honest = play(web, name + "h")
    before, dropped = worker_bytes(web), web.metric(SLOW)
    for count in range(1, 6):
        stop_reading(speak, web, name + "s", room)
        flood(state, room, 800)
        gone = dropped + count
        wait_for(partial(is_gone, web, gone), "the end of the slow one")
    assert worker_bytes(web) - before < 40_000_000
    assert honest.add(name)["ok"]


def test_a_stopped_poller_is_bounded_too(web, play, name, speak, state):
    room = f"counter:{name}"
    bare = speak(web, "polling").join(name)
    bare.send("421" + json.dumps(["resume", {"rooms": {room: 0}}]))
    bare.ack(1)
    flood(state, room, 200)
    with pytest.raises(ConnectionError):
        bare.until("never")


def test_skips_superseded_batches_of_a_slow_client(web, name, speak, state, play):
    room = f"sector:{name[6:]}:3"
    bare = stop_reading(speak, web, name, room)
    flood(state, room, 900)
    writer = play(web, name + "w")
    for number in range(3):
        assert writer.add(room.replace(":", "."), mark=str(number))["ok"]
    spans = []
    while not spans or spans[-1]["events"][-1].get("mark") != "2":
        spans.append(json.loads(bare.until('42["events"')[2:])[1])
    assert any(a["to"] != b["from"] for a, b in pairwise(spans))
    assert bare.is_alive()


def test_answers_others_beside_many_dripping_connections(web, play, name):
    drips = [socket.create_connection(("127.0.0.1", web.port), 5) for _ in range(200)]
    for drip in drips:
        drip.sendall(
            b"POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n"
        )
    player = play(web, name)
    assert player.ask("counters.add", command(counter=name, amount=1), timeout=2)["ok"]
    for drip in drips:
        drip.close()
