"""Who is let in, and how the others hear why not."""

import json

import pytest
import requests
import socketio
from websocket import WebSocketBadStatusException, create_connection

from app.engine.keys import Keys
from app.realtime.engine import UNJOINED_MAX
from tests.integration.realtime.clients import Player, command
from tests.support.waiting import wait_for


def refused(instance, name, **options):
    player = Player(name)
    with pytest.raises(socketio.exceptions.ConnectionError):
        player.connect(instance, **options)
    wait_for(lambda: player.refusal, "a refusal")
    return player.refusal["data"]["code"]


def test_welcomes_with_the_numbers_of_the_first_rooms(web, play, name, transport):
    player = play(web, name, transports=[transport])
    welcome = player.welcome()
    assert welcome["player_id"] == name
    assert welcome["galaxy"] == "1"
    assert welcome["instance"] == f"web.{web.port}"
    assert set(welcome["rooms"]) == {f"player:{name}", "galaxy"}
    assert welcome["config"] == {"speed": 1}
    assert all(seq > 0 for seq in welcome["rooms"].values())


def test_moves_a_session_from_polling_to_websocket(web, play, name):
    player = play(web, name, transports=["polling", "websocket"])
    assert player.client.transport() == "websocket"
    assert player.add(f"player.{name}")["ok"]


def test_hears_its_rooms_though_it_was_refused_at_first(
    web, name, state, speak, transport
):
    bare = speak(web, transport)
    history = Keys("1").room(f"player:{name}")
    state.set(history, "no history")
    bare.send("40" + json.dumps({"token": name}))
    assert '"code":"unavailable"' in bare.until("44")
    state.delete(history)
    bare.join(name)
    bare.send(
        "421"
        + json.dumps(["counters.add", command(counter=f"player.{name}", amount=1)])
    )
    wait_for(lambda: _is_told(bare, '42["events"'), "the event")


def test_plays_in_the_galaxy_that_is_asked_for(web, play, name):
    player = play(web, name, auth={"token": name, "galaxy": "2"})
    assert player.welcome()["galaxy"] == "2"


@pytest.mark.parametrize(
    ("auth", "code"),
    [
        (None, "unauthenticated"),
        ({}, "unauthenticated"),
        ([1], "unauthenticated"),
        ({"token": 5}, "unauthenticated"),
        ({"token": ""}, "unauthenticated"),
        ({"token": "x" * 5000}, "unauthenticated"),
        ({"token": "bad"}, "unauthenticated"),
        ({"token": "banned1"}, "banned"),
        ({"token": "empty1"}, "no_empire"),
        ({"token": "ann", "galaxy": "9"}, "no_empire"),
        ({"token": "ann", "galaxy": True}, "no_empire"),
        ({"token": "ann", "galaxy": {}}, "no_empire"),
    ],
)
def test_refuses_with_a_code(web, transport, auth, code):
    assert refused(web, "", auth=auth, transports=[transport]) == code


@pytest.mark.parametrize("query", ["token=x", "access_token=x", "auth=x"])
def test_refuses_a_token_in_the_url(web, name, transport, query):
    code = refused(web, name, path=f"?{query}", transports=[transport])
    assert code == "unauthenticated"


def test_refuses_a_page_of_another_origin(web):
    polling = f"{web.url}/socket.io/?EIO=4&transport=polling"
    evil = {"Origin": "http://evil.example"}
    assert requests.get(polling, headers=evil, timeout=5).status_code == 400
    websocket = f"ws://127.0.0.1:{web.port}/socket.io/?EIO=4&transport=websocket"
    with pytest.raises(WebSocketBadStatusException):
        create_connection(websocket, origin="http://evil.example", timeout=5)


def test_takes_the_origin_that_nginx_was_asked_under(web):
    polling = f"{web.url}/socket.io/?EIO=4&transport=polling"
    headers = {
        "Origin": "https://game.example",
        "X-Forwarded-Host": "game.example",
        "X-Forwarded-Proto": "https",
    }
    assert requests.get(polling, headers=headers, timeout=5).status_code == 200


def test_takes_only_named_origins_where_they_are_named(start):
    named = start(ALLOWED_ORIGINS="https://a.example,https://b.example")
    polling = f"{named.url}/socket.io/?EIO=4&transport=polling"
    statuses = {
        origin: requests.get(polling, headers={"Origin": origin}, timeout=5).status_code
        for origin in ("https://b.example", named.url, "null", "https://c.example")
    }
    assert statuses == {
        "https://b.example": 200,
        named.url: 400,
        "null": 400,
        "https://c.example": 400,
    }


def test_bounds_the_connections_of_a_player_over_all_instances(web, other, play, name):
    for instance in (web, other, web):
        play(instance, name)
    assert refused(other, name) == "too_many_connections"


def test_frees_a_slot_when_a_connection_ends(web, play, name):
    players = [play(web, name) for _ in range(3)]
    players[0].client.disconnect()
    wait_for(lambda: _enters(play, web, name), "a free slot")


def test_frees_the_slots_of_a_killed_instance(start, web, play, name):
    doomed = start()
    for _ in range(3):
        play(doomed, name)
    assert refused(web, name) == "too_many_connections"
    doomed.kill()
    wait_for(lambda: _enters(play, web, name), "a free slot", 6.0)


def test_bounds_the_connections_of_an_address(start, play, name):
    small = start(CONNECTIONS_PER_ADDRESS="2")
    headers = {"X-Forwarded-For": "192.0.2.1"}
    for number in range(2):
        play(small, f"{name}-{number}", headers=headers)
    assert refused(small, f"{name}-3", headers=headers) == "too_many_connections"
    play(small, f"{name}-4", headers={"X-Forwarded-For": "192.0.2.2"})


def test_bounds_the_connections_of_a_home(start, play, name):
    small = start(CONNECTIONS_PER_ADDRESS="2")
    devices = [{"X-Forwarded-For": f"2001:db8:1:2:{n}::1"} for n in range(3)]
    for number in range(2):
        play(small, f"{name}-{number}", headers=devices[number])
    assert refused(small, f"{name}-3", headers=devices[2]) == "too_many_connections"
    play(small, f"{name}-4", headers={"X-Forwarded-For": "2001:db8:1:3::1"})


def test_bounds_what_a_home_opens_and_does_not_join(web):
    def asked(address):
        url = f"{web.url}/socket.io/?EIO=4&transport=polling"
        return requests.get(url, headers={"X-Forwarded-For": address}, timeout=5)

    for number in range(UNJOINED_MAX):
        assert asked(f"2001:db8:2:1::{number}").ok
    assert asked("2001:db8:2:1:5::").status_code == 400
    assert asked("2001:db8:2:2::").ok


def test_frees_named_networks_from_the_bound_per_address(start, play, name):
    free = start(CONNECTIONS_PER_ADDRESS="2", ADDRESS_LIMITS_FREE="127.0.0.0/8")
    for number in range(4):
        play(free, f"{name}-{number}")


def _is_told(bare, start):
    return any(packet.startswith(start) for packet in bare.said())


def _enters(play, instance, name):
    try:
        return play(instance, name)
    except socketio.exceptions.ConnectionError:
        return None
