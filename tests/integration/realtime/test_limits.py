"""Limits: exactly as many as allowed pass, over all instances; floods end."""

import json
from contextlib import suppress
from threading import Thread

import pytest
import redis
import websocket

from app.core.message import Rejected
from app.engine import keys
from app.engine.redis import connect
from app.realtime import address
from app.realtime.limits import Limits
from tests.integration.realtime.clients import command
from tests.support.waiting import wait_for

FLOOD = 'gd_clients_dropped_total{reason="flood"}'
CONTROL = [websocket.ABNF.OPCODE_PING, websocket.ABNF.OPCODE_PONG]


def test_passes_exactly_the_allowed_number_over_two_instances(web, other, play, name):
    players = [play(web, name), play(other, name)]
    acks = []
    for number in range(200):
        data = command(counter=name, amount=1)
        player = players[number % 2]
        player.client.emit("counters.trade", data, callback=acks.append)
    wait_for(lambda: len(acks) == 200, "all acks", 10.0)
    passed = [ack for ack in acks if ack["ok"]]
    refused = [ack["error"] for ack in acks if not ack["ok"]]
    assert len(passed) == 30
    assert {error["code"] for error in refused} == {"rate_limited"}
    assert all(0 < error["retry_after_ms"] <= 60_000 for error in refused)
    assert (
        players[0].ask("counters.look", command(counter=name))["result"]["value"] == 30
    )


def test_counts_each_player_alone(web, play, name):
    for one in (name + "a", name + "b"):
        player = play(web, one)
        asked = [
            player.ask("counters.move", command(counter=one, amount=1))
            for _ in range(21)
        ]
        assert [ack["ok"] for ack in asked] == [True] * 20 + [False]


def test_drops_a_flood_but_nobody_else(web, play, name, speak):
    honest = play(web, name + "h")
    bare = speak(web, "websocket").join(name)
    before = web.metric(FLOOD)
    with suppress(OSError):  # when it is dropped before the last was sent
        for _ in range(5_000):
            bare.send('42["time.sync",{"client_ms":1}]')
    wait_for(lambda: web.metric(FLOOD) == before + 1, "the end of the flood")
    assert honest.add(name)["ok"]


@pytest.mark.parametrize("is_joined", [True, False])
@pytest.mark.parametrize("opcode", CONTROL)
def test_drops_a_flood_of_control_frames(web, play, name, speak, opcode, is_joined):
    honest = play(web, name + "h")
    bare = speak(web, "websocket")
    if is_joined:
        bare.join(name)
    before = web.metric(FLOOD)
    with suppress(OSError):
        bare.socket.sock.sendall(frame(opcode) * 5_000)
    wait_for(lambda: web.metric(FLOOD) == before + 1, "the end of the flood")
    assert honest.add(name)["ok"]


def test_drops_a_flood_of_control_frames_before_an_upgrade(web, name, speak):
    polled = speak(web, "polling").join(name)
    query = f"EIO=4&transport=websocket&sid={polled.greeting['sid']}"
    url = f"{web.url.replace('http', 'ws')}/socket.io/?{query}"
    upgrading = websocket.create_connection(url, timeout=5)
    before = web.metric(FLOOD)
    with suppress(OSError):
        upgrading.sock.sendall(frame(websocket.ABNF.OPCODE_PING) * 5_000)
    wait_for(lambda: web.metric(FLOOD) == before + 1, "the end of the flood")
    upgrading.shutdown()


@pytest.mark.parametrize("is_joined", [True, False])
def test_answers_every_ping_of_some(web, name, speak, is_joined):
    bare = speak(web, "websocket")
    if is_joined:
        bare.join(name)
    for number in range(200):
        bare.socket.ping(str(number))
        bare.socket.pong("")
    payloads = []
    while len(payloads) < 200:
        opcode, answer = bare.socket.recv_data(control_frame=True)
        if opcode == websocket.ABNF.OPCODE_PONG:
            payloads.append(int(answer))
    assert payloads == list(range(200))
    assert (bare if is_joined else bare.join(name)).is_alive()


def frame(opcode):
    return websocket.ABNF.create_frame("", opcode).format()


def test_answers_a_little_flood_with_rate_limited(web, speak, name):
    bare = speak(web, "websocket").join(name)
    for number in range(700):
        bare.send(f'42{number}["time.sync",{{"client_ms":1}}]')
    acks = [bare.ack(number) for number in range(700)]
    codes = ["ok" if ack["ok"] else ack["error"]["code"] for ack in acks]
    assert codes.index("rate_limited") >= 590
    assert acks[-1]["error"]["retry_after_ms"] > 0


def test_a_little_flood_is_answered_with_the_ids_that_it_came_with(web, speak, name):
    bare = speak(web, "websocket").join(name)
    sent = [command(client_ms=1) for _ in range(700)]
    for number, data in enumerate(sent):
        bare.send(f"42{number}" + json.dumps(["time.sync", data]))
    acks = [bare.ack(number) for number in range(700)]
    assert [ack["id"] for ack in acks] == [data["id"] for data in sent]


def test_counts_commands_that_name_nobody_but_none_that_say_nothing(web, play, name):
    player = play(web, name)
    for amount, codes in (("x", {"invalid"}), (1, {"not_found", "rate_limited"})):
        asked = [
            player.ask("counters.move", command(counter="nobody", amount=amount))
            for _ in range(21)
        ]
        assert {ack["error"]["code"] for ack in asked} == codes
    assert [ack["error"]["code"] for ack in asked].index("rate_limited") == 20


def test_a_batch_costs_as_much_as_its_commands(web, speak, name):
    bare = speak(web, "websocket").join(name)
    looks = [{"name": "counters.look", "data": command(counter=name)}] * 20
    for number in range(40):
        bare.send(f"42{number}" + json.dumps(["batch", {"commands": looks}]))
    codes = [bare.ack(number).get("error", {}).get("code") for number in range(40)]
    assert "rate_limited" in codes[30:]


@pytest.fixture
def client(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        yield client


def allowed(count, *args):
    """Tell how many of `count` hits pass."""
    return sum(refusal(*args) is None for _ in range(count))


def refusal(hit, *args):
    try:
        hit(*args)
    except Rejected as rejected:
        return rejected.code
    return None


def test_says_when_to_come_back(client):
    limits = Limits(client)
    allowed(10, limits.player, "attack", "ann")
    for refuses in (limits, limits, Limits(client)):
        with pytest.raises(Rejected) as caught:
            refuses.player("attack", "ann")
        assert caught.value.code == "rate_limited"
        assert 0 < caught.value.details["retry_after_ms"] <= 60_000


def test_counts_a_group_and_all_together(client):
    limits = Limits(client)
    assert allowed(40, limits.player, "build", "ann") == 30
    assert allowed(400, limits.player, "all", "ann") == 270
    assert allowed(1, limits.player, "trade", "ann") == 0
    assert allowed(31, limits.player, "trade", "bob") == 30


def test_counts_addresses_but_for_the_free_ones(client):
    limits = Limits(client, free=address.networks(["127.0.0.0/8", "::1"]))
    assert allowed(9, limits.address, "register", "192.0.2.1") == 2
    assert allowed(9, limits.address, "login", "192.0.2.1") == 5
    assert allowed(9, limits.address, "login", "127.0.0.1") == 9
    assert allowed(9, limits.address, "login", "::1") == 9
    assert allowed(9, limits.player, "attack", "ann") == 9


def test_multiplies_all_limits_by_the_factor(client):
    limits = Limits(client, factor=3)
    assert allowed(99, limits.player, "move", "ann") == 60
    assert allowed(99, limits.address, "login", "192.0.2.1") == 15


@pytest.mark.parametrize("factor", [1, 4])
def test_what_is_given_back_can_be_taken_on_another_instance(client, factor):
    limits, other = (Limits(client, factor=factor) for _ in range(2))
    assert allowed(99, limits.take, "password", "ann") == 5 * factor
    assert allowed(9, other.take, "password", "ann") == 0
    limits.give_back("password", "ann")
    assert allowed(9, other.take, "password", "ann") == 1
    assert allowed(1, limits.take, "password", "bob") == 1


def test_gives_back_no_more_than_was_taken(client):
    for limits in (Limits(client), Limits(connect("redis://127.0.0.1:1"))):
        limits.give_back("password", "ann")
        assert allowed(9, limits.take, "password", "ann") == 5
        limits.give_back("password", "ann")
        assert allowed(9, limits.take, "password", "ann") == 1


def test_what_is_given_back_leaves_its_window_as_it_is(client):
    limits = Limits(client)
    limits.take("password", "ann")
    limits.take("password", "ann")
    name = keys.limit("password:ann")
    client.pexpire(name, 30_000)
    limits.give_back("password", "ann")
    limits.take("password", "ann")
    assert 0 < client.pttl(name) <= 30_000


def test_two_processes_pass_no_more_than_one(client, redis_url):
    passed = []

    def hit():
        with redis.Redis.from_url(redis_url) as own:
            passed.append(allowed(100, Limits(own).player, "chat", "ann"))

    threads = [Thread(target=hit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(passed) == 30


def test_asks_redis_once_for_a_tenth(client):
    limits = Limits(client)
    before = client.info("commandstats")["cmdstat_evalsha"]["calls"]
    assert allowed(30, limits.player, "all", "ann") == 30
    assert client.info("commandstats")["cmdstat_evalsha"]["calls"] == before + 1
    assert allowed(1, Limits(client).player, "all", "ann") == 1
    assert allowed(300, limits.player, "all", "ann") == 240  # 30 are the other's


def test_gives_back_what_a_refusal_spent(client):
    limits = Limits(client)
    assert allowed(30, limits.player, "move", "ann") == 20
    assert allowed(300, limits.player, "all", "ann") == 280


def test_spares_redis_what_is_refused_anyway(client):
    limits = Limits(client)
    allowed(30, limits.player, "attack", "ann")
    before = client.info("commandstats")["cmdstat_evalsha"]["calls"]
    assert allowed(1000, limits.player, "attack", "ann") == 0
    assert client.info("commandstats")["cmdstat_evalsha"]["calls"] == before


def test_counts_alone_without_redis():
    limits = Limits(connect("redis://127.0.0.1:1"))
    assert allowed(40, limits.player, "build", "ann") == 30
    assert allowed(9, limits.address, "register", "192.0.2.1") == 2
