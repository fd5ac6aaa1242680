"""Sessions are in the rooms that they look at, in the tier that vision allows."""

from contextlib import suppress

import pytest
import redis

from tests.support.waiting import wait_for

WITHIN_S = 3.0


@pytest.fixture
def sees(state):
    """Let a player see places, by the game's own write path (through any session)."""

    def change(player, name, mask, mark=""):
        counter = f"sight.{name}"
        seen = player.ask("counters.look", command(counter=counter))["result"]["value"]
        assert player.add(counter, mask - seen, mark=mark)["ok"]

    return change


def command(**data):
    return {"id": "00000000-0000-4000-8000-" + f"{next(_numbers):012}", **data}


_numbers = iter(range(10**9))


def look(player, x0, x1):
    ack = player.ask("view.set", {"x0": x0, "x1": x1})
    assert ack["ok"], ack
    return ack["result"]


def told(player, event, room):
    """Wait until a player is told of a room."""
    return wait_for(
        lambda: [one for one in player.told(event) if room in one["rooms"]],
        f"{event} {room}",
        WITHIN_S,
    )[-1]


def test_a_view_has_each_place_in_one_tier(web, play, name, sees):
    player = play(web, name)
    sees(player, name, 0b0101)
    rooms = look(player, 0, 3)["rooms"]
    assert sorted(rooms) == [
        "sector:0:0:full", "sector:1:0", "sector:2:0:full", "sector:3:0",
    ]  # fmt: skip
    assert all({"seq", "at_ms", "snapshot"} == set(one) for one in rooms.values())


def test_only_new_rooms_are_shown_and_old_ones_are_left(web, play, name):
    player = play(web, name)
    look(player, 0, 3)
    again = look(player, 2, 5)
    assert sorted(again["rooms"]) == ["sector:4:0", "sector:5:0"]
    assert again["left"] == ["sector:0:0", "sector:1:0"]
    for place in (0, 2):
        player.add(f"sector.{place}.0")
    wait_for(lambda: player.events("sector:2:0"), "what is in view")
    assert not player.events("sector:0:0")
    cleared = player.client.call("view.clear", timeout=5)["result"]
    assert cleared == {"rooms": {}, "left": [f"sector:{x}:0" for x in range(2, 6)]}


def test_events_go_on_from_the_snapshot(web, other, play, name):
    player, writer = play(web, name), play(other, f"{name}w")
    for _ in range(20):
        writer.client.emit("counters.add", command(counter="sector.7.0", amount=1))
    shown = look(player, 7, 7)["rooms"]["sector:7:0"]
    for _ in range(3):
        writer.add("sector.7.0")
    last = writer.ask("resume", {"rooms": {"sector:7:0": 0}})["result"]
    newest = last["rooms"]["sector:7:0"]["seq"]
    heard = lambda: [e["seq"] for e in player.events("sector:7:0")]  # noqa: E731
    wait_for(lambda: newest in heard(), "the newest")
    later = [seq for seq in heard() if seq > shown["seq"]]
    assert later == list(range(shown["seq"] + 1, newest + 1))


def test_vision_gained_and_lost_is_told_from_any_instance(web, other, play, name, sees):
    player, writer = play(web, name), play(other, f"{name}w")
    look(player, 0, 1)
    sees(writer, name, 0b1)
    entered = told(player, "entered", "sector:0:0:full")
    assert list(entered["rooms"]) == ["sector:0:0:full"]
    assert told(player, "left", "sector:0:0")["rooms"] == ["sector:0:0"]
    writer.add("sector.0.0.full")
    (event,) = wait_for(lambda: player.events("sector:0:0:full"), "what goes on")
    assert event["seq"] == entered["rooms"]["sector:0:0:full"]["seq"] + 1

    sees(writer, name, 0)
    told(player, "left", "sector:0:0:full")
    told(player, "entered", "sector:0:0")
    writer.add("sector.0.0.full")
    writer.add("sector.0.0")
    wait_for(lambda: player.events("sector:0:0"), "what all may hear")
    assert len(player.events("sector:0:0:full")) == 1


def test_left_comes_before_entered(web, play, name, sees):
    player = play(web, name)
    look(player, 0, 1)
    for mask in (0b11, 0b01, 0b10, 0b00, 0b11):
        sees(player, name, mask)
    told(player, "entered", "sector:1:0:full")
    wait_for(lambda: _tiers(player) == {0: ":full", 1: ":full"}, "both", WITHIN_S)


def _tiers(player):
    """Follow what a client was told; each place must be in one tier at a time."""
    tiers = {0: "", 1: ""}
    for event, message in player.heard:
        for room in message["rooms"] if event in {"left", "entered"} else ():
            place, tier = int(room.split(":")[1]), room[len("sector:0:0") :]
            if event == "left":
                assert tiers.pop(place) == tier
            else:
                assert place not in tiers
                tiers[place] = tier
    return tiers


def test_allies_share_what_they_see_for_as_long_as_they_are(
    web, other, play, name, sees
):
    player, ally = play(web, name), play(other, f"{name}a")
    look(player, 0, 3)
    sees(ally, f"{name}a", 0b100)
    sees(player, name, 0b001, mark=f"{name}a")
    told(player, "entered", "sector:2:0:full")
    sees(ally, f"{name}a", 0b1000)
    told(player, "left", "sector:2:0:full")
    told(player, "entered", "sector:3:0:full")


def test_rooms_asked_for_by_name_end_with_vision_and_stay_without_a_view(
    web, play, name, sees
):
    player = play(web, name)
    room = "sector:4:0:full"
    refused = player.ask("resume", {"rooms": {room: 0}})["result"]["rooms"]
    assert refused[room]["error"]["code"] == "not_found"
    sees(player, name, 0b10000)
    wait_for(lambda: "seq" in _resumed(player, room), "vision", WITHIN_S)
    player.ask("view.clear", {})
    player.add("sector.4.0.full")
    wait_for(lambda: player.events(room), "the event")
    sees(player, name, 0)
    told(player, "left", room)
    player.add("sector.4.0.full")
    assert _resumed(player, room)["error"]["code"] == "not_found"
    assert len(player.events(room)) == 1


def _resumed(player, room, last_seq=0):
    return player.ask("resume", {"rooms": {room: last_seq}})["result"]["rooms"][room]


def test_a_view_takes_over_the_sectors_that_were_asked_for(web, play, name):
    player = play(web, name)
    player.ask("resume", {"rooms": {"sector:0:0": 0, "sector:5:0": 0, "counter:x": 0}})
    moved = look(player, 5, 6)
    assert (sorted(moved["rooms"]), moved["left"]) == (["sector:6:0"], ["sector:0:0"])


def test_what_was_said_unseen_is_not_told_afterwards(web, play, name, sees):
    player = play(web, name)
    room, counter = "sector:3:0:full", "sector.3.0.full"
    look(player, 3, 3)
    sees(player, name, 0b1000)
    seq = told(player, "entered", room)["rooms"][room]["seq"]
    player.add(counter)
    wait_for(lambda: player.events(room), "the event")
    assert _resumed(player, room, seq)["events"][0]["seq"] == seq + 1
    sees(player, name, 0)
    told(player, "left", room)
    player.add(counter)
    sees(player, name, 0b1000)
    wait_for(lambda: len(player.told("entered")) == 3, "vision again", WITHIN_S)
    assert "snapshot" in _resumed(player, room, seq + 1)
    assert "events" in _resumed(player, room, seq + 2)


def test_another_connection_heals_full_rooms_by_snapshots(web, other, play, name, sees):
    """Who knows what its player saw while it was away?"""
    player = play(web, name)
    sees(player, name, 0b1)
    seq = look(player, 0, 0)["rooms"]["sector:0:0:full"]["seq"]
    player.add("sector.0.0.full")
    player.client.disconnect()
    again = play(other, name)
    assert "snapshot" in _resumed(again, "sector:0:0:full", seq)


@pytest.mark.parametrize("mask", [0b00, 0b11])
def test_reconnecting_never_ends_in_a_room_beyond_vision(
    web, other, play, name, sees, mask
):
    player = play(web, name)
    sees(player, name, 0b11)
    rooms = dict.fromkeys(look(player, 0, 3)["rooms"], 0)
    player.client.disconnect()
    writer, again = play(web, f"{name}w"), play(other, name)
    sees(writer, name, mask)
    again.client.emit("view.set", {"x0": 0, "x1": 3})
    again.ask("resume", {"rooms": rooms})
    sees(writer, name, 0b01)
    seen, unseen = "sector:0:0:full", "sector:1:0:full"

    def is_heard():
        writer.add(seen.replace(":", "."))
        return again.events(seen)

    wait_for(is_heard, "what is seen", WITHIN_S)
    look(again, 2, 3)
    look(again, 0, 3)
    before = len(again.events(unseen))
    writer.add(unseen.replace(":", "."))
    writer.add("sector.1.0")
    wait_for(lambda: again.events("sector:1:0"), "what all may hear", WITHIN_S)
    assert len(again.events(unseen)) == before


@pytest.mark.parametrize(
    "data",
    [
        {}, {"x0": 0}, {"x0": "0", "x1": 1}, {"x0": True, "x1": 1},
        {"x0": 0, "x1": 1, "x2": 1}, {"x0": None, "x1": 1}, {"x0": [], "x1": {}},
    ],
)  # fmt: skip
def test_refuses_views_that_are_none_and_keeps_the_old(web, play, name, data):
    player = play(web, name)
    look(player, 0, 1)
    ack = player.ask("view.set", data)
    assert (ack["ok"], ack["error"]["code"]) == (False, "invalid")
    assert look(player, 0, 1) == {"rooms": {}, "left": []}


def test_counts_views_in_the_limits_of_the_player(start, play, name):
    strict = start(RATE_LIMITS_FACTOR="1")
    player = play(strict, name)
    codes = []
    for _ in range(310):
        ack = player.ask("view.set", {"x0": 0, "x1": 0})
        codes.append("ok" if ack["ok"] else ack["error"]["code"])
    assert codes.count("ok") == 300
    assert codes[-1] == "rate_limited"


def test_lives_through_the_absence_of_redis(start, play, name, sees, servers):
    """Nothing is raised into the sweep, sockets stay, and vision is right after."""
    web = start()
    player = play(web, name)
    sees(player, name, 0b1)
    look(player, 0, 1)
    with redis.Redis.from_url(servers.valkey.url) as client:
        client.client_pause(2_500)
        ack = player.ask("view.set", {"x0": 0, "x1": 3}, timeout=10)
        assert ack["ok"] or ack["error"]["code"] == "unavailable"
        with suppress(redis.RedisError):
            client.client_kill_filter(_type="normal", skipme=True)
            client.client_kill_filter(_type="pubsub", skipme=True)
    wait_for(lambda: player.ask("view.set", {"x0": 0, "x1": 1})["ok"], "views", 10.0)
    wait_for(lambda: player.add("sight." + name, 1)["ok"], "commands", 10.0)
    told(player, "left", "sector:0:0:full")
    assert "a sweep failed" not in web.output()
