"""Broadcasts: the same to all, in order, together where they come fast, and healed."""

import pytest

from tests.integration.realtime.clients import command
from tests.support.waiting import wait_for


def seqs(events):
    return [event["seq"] for event in events]


def join(player, *rooms, last_seq=0):
    return player.ask("resume", {"rooms": dict.fromkeys(rooms, last_seq)})["result"]


def test_tells_all_instances_the_same_in_the_same_order(web, other, play, name):
    here, there = play(web, name), play(other, name)
    room = f"player:{name}"
    for number in range(20):
        player = (here, there)[number % 2]
        assert player.add(f"player.{name}", mark=str(number))["ok"]
    wait_for(lambda: len(here.events(room)) == len(there.events(room)) == 20, "all")
    assert here.events(room) == there.events(room)
    first = here.welcome()["rooms"][room]
    assert seqs(here.events(room)) == list(range(first + 1, first + 21))


def test_names_the_number_before_each_batch(web, play, name):
    player = play(web, name)
    for _ in range(5):
        player.add(f"player.{name}")
    room = f"player:{name}"
    wait_for(lambda: len(player.events(room)) == 5, "all events")
    batches = [batch for batch in player.told("events") if batch["room"] == room]
    last = player.welcome()["rooms"][room]
    for batch in batches:
        assert batch["from"] == last
        assert seqs(batch["events"]) == list(range(last + 1, batch["to"] + 1))
        assert batch["at_ms"] == batch["events"][-1]["at_ms"]
        last = batch["to"]


def test_sends_the_first_at_once_and_the_later_together(web, play, name):
    player = play(web, name)
    sector = f"sector:{name[6:]}:1"
    join(player, sector)
    counter = sector.replace(":", ".")
    for _ in range(12):
        player.add(counter)
    wait_for(lambda: len(player.events(sector)) == 12, "all events")
    sizes = [len(batch["events"]) for batch in player.told("events")]
    assert sizes[0] == 1
    assert max(sizes) > 1
    assert sizes == sizes[:1] + [size for size in sizes[1:] if size]


def test_never_holds_back_what_is_ones_own(web, play, name):
    player = play(web, name)
    for _ in range(12):
        player.add(f"player.{name}")
    wait_for(lambda: len(player.events(f"player:{name}")) == 12, "all events")
    assert {len(batch["events"]) for batch in player.told("events")} == {1}


def test_resumes_from_a_number_without_gap_or_repeat(web, other, play, name):
    room, counter = f"counter:{name}", f"counter.{name}"
    player = play(web, name)
    start = join(player, room)["rooms"][room]["seq"]
    for _ in range(3):
        player.add(counter)
    wait_for(lambda: len(player.events(room)) == 3, "three events")
    player.client.disconnect()
    again = play(other, name)
    for _ in range(3):
        again.add(counter)
    healed = join(again, room, last_seq=start + 3)["rooms"][room]
    assert seqs(healed["events"]) == [start + 4, start + 5, start + 6]
    again.add(counter)
    wait_for(lambda: again.events(room), "the next event")
    assert seqs(again.events(room)) == [start + 7]


def test_resumes_as_many_rooms_at_once_as_a_view_may_have(web, play, name):
    player = play(web, name)
    assert join(player) == {"rooms": {}}
    rooms = [f"counter:{name}-{number}" for number in range(400)]
    assert join(player, *rooms)["rooms"].keys() == set(rooms)


def test_a_large_answer_heals_the_rest_by_snapshots(web, play, name):
    player = play(web, name)
    names = [f"{name}{letter}" for letter in "abc"]
    found = join(player, *(f"counter:{one}" for one in names))["rooms"]
    for _ in range(9):
        for one in names:
            assert player.add(f"counter.{one}", mark="x" * 15_000)["ok"]
    heard = {room: one["seq"] for room, one in found.items()}
    healed = player.ask("resume", {"rooms": heard})["result"]["rooms"]
    assert ["events" in healed[room] for room in heard] == [True, True, False]


def test_resumes_by_a_snapshot_where_history_is_gone(web, play, name):
    player = play(web, name)
    room, counter = f"counter:{name}", f"counter.{name}"
    player.add(counter, 5)
    shown = join(player, room, last_seq=3)["rooms"][room]
    assert shown["snapshot"] == {"value": 5}
    player.add(counter)
    wait_for(lambda: player.events(room), "the next event")
    assert seqs(player.events(room)) == [shown["seq"] + 1]


@pytest.mark.parametrize("round_", range(5))
def test_loses_nothing_between_snapshot_and_broadcasts(web, other, play, name, round_):
    room, counter = f"counter:{name}", f"counter.{name}"
    writer, reader = play(other, name + "w"), play(web, name)
    for _ in range(10):
        writer.client.emit("counters.add", command(counter=counter, amount=1))
    last = join(reader, room)["rooms"][room]["seq"]
    assert writer.ask("counters.look", command(counter=counter))["ok"]
    newest = join(writer, room)["rooms"][room]["seq"]
    wait_for(lambda: newest in [last, *seqs(reader.events(room))], "the newest")
    later = [seq for seq in seqs(reader.events(room)) if seq > last]
    assert later == list(range(last + 1, newest + 1))


def test_refuses_rooms_that_one_may_not_hear(web, play, name):
    player = play(web, name)
    rooms = join(player, "secret", "player:somebody", f"player:{name}")["rooms"]
    assert rooms["secret"]["error"]["code"] == "not_found"
    assert rooms["player:somebody"]["error"]["code"] == "not_found"
    assert "seq" in rooms[f"player:{name}"]
    player.add("secret")
    player.add(f"player.{name}")
    wait_for(lambda: player.events(f"player:{name}"), "one's own event")
    assert not player.events("secret")


def test_bounds_the_rooms_of_a_connection(web, play, name):
    player = play(web, name)
    for start in range(0, 512, 64):
        rooms = {f"counter:{name}-{number}": 0 for number in range(start, start + 64)}
        ack = player.ask("resume", {"rooms": rooms})
    assert ack["error"]["code"] == "invalid"


def test_listens_to_a_room_only_while_members_are_here(web, play, name, state):
    room = f"counter:{name}"
    channel = f"{{g1}}:room:{room}".encode()
    player = play(web, name)
    assert not state.pubsub_shardchannels(channel.decode())
    join(player, room)
    assert state.pubsub_shardchannels(channel.decode()) == [channel]
    player.client.disconnect()
    wait_for(lambda: not state.pubsub_shardchannels(channel.decode()), "the end", 9.0)


def test_keeps_galaxies_apart(web, play, name):
    here = play(web, name)
    there = play(web, name, auth={"token": name, "galaxy": 2})
    here.add(f"player.{name}")
    wait_for(lambda: here.events(f"player:{name}"), "the event")
    assert there.add(f"player.{name}")["result"] == {"value": 1}
    wait_for(lambda: there.events(f"player:{name}"), "the event")
    assert (
        len(here.events(f"player:{name}")) == len(there.events(f"player:{name}")) == 1
    )


def test_shows_a_gap_where_a_message_was_lost(web, play, name, state):
    player = play(web, name)
    room = f"sector:{name[6:]}:2"
    channel = f"{{g1}}:room:{room}"
    last = join(player, room)["rooms"][room]["seq"]
    numbers = (last, last + 1, last + 10)
    for from_ in numbers:
        piece = b'{"seq":%d,"type":"x","at_ms":1}' % (from_ + 1)
        state.spublish(channel, b"%d %d 1 %b" % (from_, from_ + 1, piece))
    wait_for(lambda: len(player.events(room)) == 3, "all events")
    spans = [(batch["from"], batch["to"]) for batch in player.told("events")]
    assert spans == [(from_, from_ + 1) for from_ in numbers]


@pytest.mark.parametrize("message", [b"", b"x", b"1 2", b"a b c d", b"1 2 3 "])
def test_survives_a_message_that_is_none(web, play, name, state, message):
    player = play(web, name)
    state.spublish(f"{{g1}}:room:player:{name}", message)
    assert player.add(f"player.{name}")["ok"]
    wait_for(lambda: player.events(f"player:{name}"), "the event")
