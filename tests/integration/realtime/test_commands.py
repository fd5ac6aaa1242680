"""Commands and the protocol's verbs: always an ack, in order, each with its code."""

import json
from threading import Event
from uuid import uuid4

import pytest

from tests.integration.realtime.clients import command
from tests.support.waiting import wait_for


def test_answers_a_command(web, play, name, transport):
    player = play(web, name, transports=[transport])
    data = command(counter=name, amount=3)
    ack = player.ask("counters.add", data)
    assert ack == {
        "ok": True,
        "id": data["id"],
        "at_ms": ack["at_ms"],
        "result": {"value": 3},
    }


def test_runs_a_repeated_id_once_on_any_instance(web, other, play, name):
    here, there = play(web, name), play(other, name)
    data = command(counter=name, amount=1)
    upper = {**data, "id": data["id"].upper()}
    acks = [here.ask("counters.add", data), there.ask("counters.add", data)]
    assert acks[0] == acks[1]
    assert there.ask("counters.add", upper)["result"] == {"value": 1}
    other_data = {**data, "amount": 2}
    assert there.ask("counters.add", other_data)["error"]["code"] == "id_reused"


def test_keeps_the_order_of_one_clients_commands(web, play, name):
    player = play(web, name)
    results, done = [], Event()

    def answered(ack):
        results.append(ack["result"]["value"])
        if len(results) == 30:
            done.set()

    for _ in range(30):
        data = command(counter=name, amount=1)
        player.client.emit("counters.add", data, callback=answered)
    assert done.wait(10)
    assert results == list(range(1, 31))


def test_lets_others_run_while_a_command_takes_long(web, play, name):
    slow, quick = play(web, name), play(web, name + "q")
    done = Event()
    data = command(counter=name, amount=1)
    slow.client.emit("counters.slow", data, callback=lambda _ack: done.set())
    assert quick.add(name + "q")["ok"]
    assert not done.is_set()
    assert done.wait(5)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("nope", {}), "unknown_command"),
        (("connect", {}), "unknown_command"),
        (("disconnect", {}), "unknown_command"),
        (("view.turn", {"x0": 0}), "unknown_command"),
        (("trigger_event", {}), "unknown_command"),
        (("", {}), "unknown_command"),
        (("counters.add",), "invalid"),
        (("counters.add", None), "invalid"),
        (("counters.add", []), "invalid"),
        (("counters.add", "text"), "invalid"),
        (("counters.add", {}, {}), "invalid"),
        (("counters.add", {"counter": "a", "amount": 1}), "invalid"),
        (("counters.add", {"id": 5, "counter": "a", "amount": 1}), "invalid"),
        (("counters.add", {"id": "x", "counter": "a", "amount": 1}), "invalid"),
        (("counters.add", {"id": str(uuid4()) + "\n"}), "invalid"),
        (("counters.add", {"id": str(uuid4()), "counter": "a"}), "invalid"),
        (("counters.broken", command()), "internal"),
        (("batch",), "invalid"),
        (("batch", {}), "invalid"),
        (("batch", {"commands": []}), "invalid"),
        (("batch", {"commands": [{}] * 21}), "invalid"),
        (("resume", {}), "invalid"),
        (("resume", {"rooms": []}), "invalid"),
        (("resume", {"rooms": {"galaxy": "5"}}), "invalid"),
        (("resume", {"rooms": {"galaxy": True}}), "invalid"),
        (("resume", {"rooms": {"galaxy": -1}}), "invalid"),
        (("resume", {"rooms": {"galaxy": 2**60}}), "invalid"),
        (("resume", {"rooms": {"x" * 200: 1}}), "invalid"),
        (("resume", {"rooms": {str(n): 1 for n in range(513)}}), "invalid"),
        (("time.sync", {}), "invalid"),
        (("time.sync", {"client_ms": "1"}), "invalid"),
        (("time.sync", {"client_ms": True}), "invalid"),
        (("auth.renew", {}), "invalid"),
        (("auth.renew", {"token": 1}), "invalid"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_refuses_with_a_code_and_stays_connected(bare, args, code):
    bare.send("421" + json.dumps(args))
    ack = bare.ack(1)
    assert (ack["ok"], ack["error"]["code"]) == (False, code)
    assert ack["at_ms"] > 0
    assert ack["error"]["message"]
    assert bare.is_alive()


def test_gives_the_id_back_with_a_refusal(web, play, name):
    data = command(counter=name)
    assert play(web, name).ask("counters.add", data)["id"] == data["id"]


def test_runs_a_batch_in_order_whatever_is_refused(web, play, name):
    add = {"name": "counters.add", "data": command(counter=name, amount=1)}
    too_much = {"name": "counters.add", "data": command(counter=name, amount=-9)}
    again = {"name": "counters.add", "data": command(counter=name, amount=4)}
    unnamed, nested = {"data": command()}, {"name": "batch", "data": {"commands": []}}
    commands = [add, too_much, unnamed, nested, 5, again]
    ack = play(web, name).ask("batch", {"commands": commands})
    acks = ack["result"]["acks"]
    assert [one["id"] for one in acks[:2]] == [
        add["data"]["id"],
        too_much["data"]["id"],
    ]
    codes = [one["error"]["code"] if "error" in one else "ok" for one in acks]
    assert codes == ["ok", "not_enough", "invalid", "unknown_command", "invalid", "ok"]
    assert acks[-1]["result"] == {"value": 5}


def test_tells_the_time(web, play, name, state):
    seconds, micros = state.time()
    answer = play(web, name).ask("time.sync", {"client_ms": 12.5})["result"]
    assert answer["client_ms"] == 12.5
    assert abs(answer["server_ms"] - (seconds * 1000 + micros // 1000)) < 1000


def test_goes_on_with_a_fresh_token(web, play, name):
    player = play(web, name)
    answer = player.ask("auth.renew", {"token": f"{name}/{2**50}"})
    assert answer["result"] == {"expires_ms": 2**50}
    strange = player.ask("auth.renew", {"token": "somebody"})
    assert strange["error"]["code"] == "not_yours"
    assert (
        player.ask("auth.renew", {"token": "bad"})["error"]["code"] == "unauthenticated"
    )


def test_does_without_an_ack_where_none_is_asked_for(web, play, name):
    player = play(web, name)
    player.client.emit("counters.add", command(counter=f"player.{name}", amount=1))
    events = wait_for(lambda: player.events(f"player:{name}"), "the event")
    assert events[0]["value"] == 1
