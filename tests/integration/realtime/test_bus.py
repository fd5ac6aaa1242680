"""The bus: lost and found again, and never a way in."""

import json
import pickle
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest
import redis
import socketio

from app.engine.persister import RESYNC
from app.realtime.server import SPAN_MS_MAX
from deploy.local import valkey
from deploy.local.ports import free_ports
from tests.integration.realtime.clients import Player
from tests.integration.realtime.conftest import make_galaxies
from tests.support.servers import Running
from tests.support.waiting import wait_for


@pytest.fixture(scope="module")
def own_redis(tmp_path_factory):
    """Give a Valkey that a test may kill."""
    folder = tmp_path_factory.mktemp("own") / "valkey"
    running = Running(valkey.server(folder, free_ports(1)[0], durable=True))
    running.start()
    with redis.Redis.from_url(running.url) as client:
        make_galaxies(client)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def shaky(start, own_redis):
    """Give an instance on that Valkey."""
    return start(url=own_redis.url)


def test_comes_back_within_a_second_and_says_so(shaky, own_redis, play, name):
    player = play(shaky, name)
    room = f"player:{name}"
    assert player.add(f"player.{name}")["ok"]
    wait_for(lambda: player.events(room), "an event")
    own_redis.kill()
    refusal = player.add(f"player.{name}")["error"]
    assert refusal["code"] == "unavailable"
    assert refusal["retry_after_ms"] > 0
    assert player.client.connected
    own_redis.start()
    back_s = monotonic()
    wait_for(lambda: "resync" in player.notices(), "resync")
    assert monotonic() - back_s < 1.5
    wait_for(lambda: player.add(f"player.{name}")["ok"], "commands again", 3.0)
    wait_for(lambda: len(player.events(room)) == 2, "the next event")


def test_refuses_newcomers_while_redis_is_away(shaky, own_redis, play, name):
    play(shaky, name)
    own_redis.kill()
    try:
        refusal = wait_for(lambda: _refusal(shaky, name), "a refusal")
        assert refusal["code"] == "unavailable"
        assert refusal["retry_after_ms"] > 0
    finally:
        own_redis.start()
    wait_for(lambda: _refusal(shaky, name) is None, "a welcome", 3.0)


def test_hears_again_when_only_its_subscription_is_cut(shaky, own_redis, play, name):
    player = play(shaky, name)
    with redis.Redis.from_url(own_redis.url) as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        wait_for(lambda: "resync" in player.notices(), "resync", 2.0)
        assert player.add(f"player.{name}")["ok"]
        wait_for(lambda: player.events(f"player:{name}"), "the event")


def test_clients_resync_at_moments_of_their_own(web, play, name, state):
    players = [play(web, f"{name}-{i}") for i in range(40)]
    assert state.spublish("bus:all", json.dumps(RESYNC)) >= 1
    wait_for(lambda: all("resync" in one.notices() for one in players), "resync")
    waits_ms = [
        notice["retry_after_ms"]
        for one in players
        for notice in one.told("notice")
        if notice["code"] == "resync"
    ]
    assert len(waits_ms) == 40
    assert len(set(waits_ms)) > 20
    assert 0 <= min(waits_ms) < max(waits_ms) <= SPAN_MS_MAX


EXPLODED = Path(tempfile.gettempdir()) / f"exploded-{uuid4()}"


class Bomb:
    def __reduce__(self):
        return (Path.touch, (EXPLODED,))


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"{",
        b"[]",
        b"5",
        b'{"method":5}',
        b'{"method":"nope"}',
        b'{"method":"expel"}',
        b'{"method":"expel","player":{},"code":[]}',
        b'{"method":["expel"]}',
        pickle.dumps({"method": "disconnect", "sid": "x"}),
        pickle.dumps(Bomb()),
        json.dumps({"method": "disconnect", "sid": "x", "namespace": "/"}).encode(),
        json.dumps({"method": "leave_room", "sid": "x", "room": "y"}).encode(),
    ],
)
def test_runs_no_message_that_is_none(web, play, name, state, message):
    player = play(web, name)
    assert state.spublish("bus:all", message) >= 1
    assert player.add(name)["ok"]
    assert not EXPLODED.exists()


def test_hands_a_notice_from_one_instance_to_another(web, other, play, name, state):
    player = play(other, name)
    play(web, name + "x")
    message = {
        "method": "emit",
        "event": "notice",
        "data": [{"code": "maintenance", "message": "Soon."}],
        "namespace": "/",
        "room": None,
        "host_id": "somebody",
    }
    state.spublish("bus:all", json.dumps(message))
    wait_for(lambda: player.notices() == ["maintenance"], "the notice")


def _refusal(instance, name):
    player = Player(name)
    with suppress(socketio.exceptions.ConnectionError):
        player.connect(instance)
        player.client.disconnect()
    return player.refusal["data"] if player.refusal else None
