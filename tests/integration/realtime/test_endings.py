"""How sessions end: thrown out on every instance, expired, drained."""

import json
from threading import Event
from time import monotonic, time

import pytest
import requests
import socketio

from tests.integration.realtime.clients import command
from tests.support.waiting import wait_for


def test_throws_a_player_out_on_every_instance(web, other, play, name, transport):
    players = [play(one, name, transports=[transport]) for one in (web, other, other)]
    stays = play(other, name + "x")
    requests.get(f"{web.url}/kick/{name}/banned", timeout=5)
    wait_for(lambda: all(not p.client.connected for p in players), "the end")
    assert all(p.notices() == ["banned"] for p in players)
    assert stays.add(name)["ok"]


def test_ends_a_session_whose_token_was_revoked(web, play, name, state):
    player = play(web, name)
    state.set(f"revoked:{name}", "1")
    wait_for(lambda: not player.client.connected, "the end", 5.5)
    assert player.notices() == ["unauthenticated"]


def test_ends_a_session_when_its_token_expires(web, play, name):
    soon_ms = int(time() * 1000) + 500
    player = play(web, name, auth={"token": f"{name}/{soon_ms}"})
    wait_for(lambda: not player.client.connected, "the end", 6.0)
    assert player.notices() == ["unauthenticated"]


def test_a_fresh_token_keeps_the_session(web, play, name):
    soon_ms = int(time() * 1000) + 500
    player = play(web, name, auth={"token": f"{name}/{soon_ms}"})
    player.ask("auth.renew", {"token": name})
    expired = play(web, name + "x", auth={"token": f"{name}x/{soon_ms}"})
    wait_for(lambda: not expired.client.connected, "the other's end", 6.0)
    assert player.add(name)["ok"]


def test_closes_the_connection_itself(web, speak, name, transport):
    bare = speak(web, transport).join(name)
    requests.get(f"{web.url}/kick/{name}/unauthenticated", timeout=5)
    bare.until('42["notice"')
    bare.until("41")
    with pytest.raises((ConnectionError, OSError)):
        bare.until("never")


def test_drains_telling_clients_when_to_come_back(start, play, name, transport):
    leaving, staying = start(), start()
    players = [
        play(leaving, f"{name}-{number}", transports=[transport]) for number in range(5)
    ]
    done = Event()
    data = command(counter=name, amount=1)
    acks = []
    players[0].client.emit(
        "counters.slow", data, callback=lambda a: (acks.append(a), done.set())
    )
    wait_for(lambda: players[1].add(name + "x")["ok"], "the slow one runs")
    leaving.terminate()
    wait_for(lambda: all("draining" in p.notices() for p in players), "notices")
    notice = next(n for n in players[1].told("notice") if n["code"] == "draining")
    assert 0 <= notice["retry_after_ms"] <= 10_000
    assert done.wait(5)
    assert acks[0]["ok"]
    started_s = monotonic()
    assert leaving.process.wait(10) == 0
    assert monotonic() - started_s < 8
    assert all(
        reason != "io server disconnect" for p in players for reason in p.reasons
    )
    again = play(staying, f"{name}-0")
    look = again.ask("counters.look", command(counter=name))
    assert look["result"]["value"] == 1


def test_clients_reconnect_by_themselves_after_a_drain(start, play, name):
    first = start()
    player = play(first, name, client={"reconnection": True})
    first.terminate()
    wait_for(lambda: player.reasons, "the end")
    assert player.reasons != [socketio.Client.reason.SERVER_DISCONNECT]
    assert first.process.wait(10) == 0


def test_lets_nobody_in_while_draining(start, play, name):
    leaving = start()
    players = [play(leaving, f"{name}-{number}") for number in range(3)]
    players[0].client.emit("counters.slow", command(counter=name, amount=1))
    bare_session = requests.Session()
    opening = bare_session.get(
        f"{leaving.url}/socket.io/?EIO=4&transport=polling", timeout=5
    )
    sid = opening.text.split('"sid":"')[1].split('"')[0]
    leaving.terminate()
    wait_for(lambda: "draining" in players[0].notices(), "draining")
    url = f"{leaving.url}/socket.io/?EIO=4&transport=polling&sid={sid}"
    try:
        bare_session.post(url, data='40{"token":"late"}', timeout=2)
        answer = bare_session.get(url, timeout=2).text
        assert '"code":"draining"' in answer or "gone" in answer
    except requests.RequestException:
        pass
    finally:
        bare_session.close()
    assert leaving.process.wait(10) == 0


def test_sends_on_whoever_was_being_let_in_when_the_drain_began(
    start, name, speak, state, transport
):
    leaving = start()
    arriving = speak(leaving, transport)
    arriving.send(f'40{{"token":"late{name}"}}')
    wait_for(lambda: state.exists(f"arriving:late{name}"), "its token was read")
    leaving.terminate()
    arriving.until('42["welcome"')
    notice = json.loads(arriving.until('42["notice"')[2:])[1]
    assert notice["code"] == "draining"
    assert notice["retry_after_ms"] >= 0
    assert leaving.process.wait(10) == 0


def test_a_killed_instance_is_a_lost_connection(start, play, name):
    doomed = start()
    player = play(doomed, name)
    doomed.kill()
    wait_for(lambda: player.reasons, "the end")
