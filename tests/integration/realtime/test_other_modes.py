"""The same edge on gevent, and in MessagePack."""

import pytest

from app.realtime.wire import PackedWire
from tests.integration.realtime.test_bad_packets import (  # noqa: F401
    test_bounds_a_message_of_endless_fragments,
    test_ends_a_websocket_that_breaks_its_rules,
    test_refuses_binary_attachments_and_waits_for_none,
    test_takes_a_message_in_fragments,
)
from tests.integration.realtime.test_broadcasts import (  # noqa: F401
    test_loses_nothing_between_snapshot_and_broadcasts,
    test_sends_the_first_at_once_and_the_later_together,
    test_tells_all_instances_the_same_in_the_same_order,
)
from tests.integration.realtime.test_commands import (  # noqa: F401
    test_answers_a_command,
    test_keeps_the_order_of_one_clients_commands,
    test_lets_others_run_while_a_command_takes_long,
)
from tests.integration.realtime.test_endings import (  # noqa: F401
    test_throws_a_player_out_on_every_instance,
)
from tests.integration.realtime.test_slow_readers import (  # noqa: F401
    test_answers_others_beside_many_dripping_connections,
    test_drops_a_reader_that_stopped_and_keeps_its_memory,
)
from tests.integration.realtime.test_viewing import (  # noqa: F401
    sees,
    test_allies_share_what_they_see_for_as_long_as_they_are,
    test_left_comes_before_entered,
    test_vision_gained_and_lost_is_told_from_any_instance,
)
from tests.support.waiting import wait_for


@pytest.fixture(scope="module")
def web(start):
    """Give one instance on gevent."""
    return start(ASYNC_MODE="gevent")


@pytest.fixture(scope="module")
def packed(start):
    """Give an instance that speaks MessagePack."""
    return start(SOCKETIO_SERIALIZER="msgpack")


def test_runs_on_gevent(web, other):
    assert web.get("/mode") == "gevent"
    assert other.get("/mode") != "gevent"


def test_drains_on_gevent(start, play, name):
    leaving = start(ASYNC_MODE="gevent")
    player = play(leaving, name)
    leaving.terminate()
    wait_for(lambda: "draining" in player.notices(), "a notice")
    assert leaving.process.wait(10) == 0


def test_speaks_messagepack(packed, play, name, transport):
    options = {"serializer": PackedWire.packet_class}
    player = play(packed, name, client=options, transports=[transport])
    room = f"player:{name}"
    assert player.add(f"player.{name}")["result"] == {"value": 1}
    wait_for(lambda: player.events(room), "the event")
    seq = player.events(room)[0]["seq"]
    healed = player.ask("resume", {"rooms": {room: seq - 1}})["result"]["rooms"][room]
    assert healed["events"] == player.events(room)
    assert player.ask("nope", {})["error"]["code"] == "unknown_command"


def test_shows_views_in_messagepack(packed, play, name, sees):  # noqa: F811
    player = play(packed, name, client={"serializer": PackedWire.packet_class})
    shown = player.ask("view.set", {"x0": 0, "x1": 1})["result"]["rooms"]
    assert all(set(one["snapshot"]) == {"value"} for one in shown.values())
    sees(player, name, 0b1)
    entered = wait_for(lambda: player.told("entered"), "vision")[0]["rooms"]
    assert set(entered["sector:0:0:full"]["snapshot"]) == {"value"}


def test_refuses_odd_messagepack(packed, play, name):
    options = {"serializer": PackedWire.packet_class}
    player = play(packed, name, client=options)
    for odd in (float("nan"), float("inf"), b"bytes", {1: 2}, [[[[[[[[[1]]]]]]]]]):
        ack = player.ask("time.sync", {"client_ms": odd})
        assert ack["error"]["code"] == "invalid"
    player.client.eio.send(b"\xc1\xc1")
    player.client.eio.send("text")
    assert player.add(name)["ok"]
