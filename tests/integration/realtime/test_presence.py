"""Presence and subscriptions, straight on a real Redis."""

from threading import Thread

import pytest
import redis

from app.engine.redis import Unavailable, connect
from app.realtime import presence as presence_module
from app.realtime.bus import Listener
from app.realtime.presence import ACTIVE_MS, Presence, Slot, active_players
from tests.support.waiting import wait_for


@pytest.fixture
def client(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        yield client


def presence(client, instance="web.1", address_max=3):
    found = Presence(client, instance, player_max=2, address_max=address_max)
    found.beat()
    return found


def slot(sid, player="ann", address="192.0.2.1"):
    return Slot(sid, player, address)


def test_counts_a_players_slots_over_instances(client):
    here, there = presence(client, "web.1"), presence(client, "web.2")
    assert here.take(slot("1"))
    assert there.take(slot("2"))
    assert not here.take(slot("3"))
    there.give_back(slot("2"), 5)
    assert here.take(slot("3"))
    assert active_players(client, ACTIVE_MS + 5) == 1
    assert active_players(client, ACTIVE_MS + 6) == 0


def test_counts_an_addresss_slots_unless_it_is_free(client):
    here = presence(client)
    for number in range(3):
        assert here.take(slot(str(number), f"player{number}"))
    assert not here.take(slot("4", "player4"))
    for number in range(9):
        assert here.take(slot(f"free{number}", f"free{number}", None))


def test_frees_the_slots_of_an_instance_that_left_or_died(client):
    leaving, dying, here = (presence(client, name) for name in ("a", "b", "c"))
    assert leaving.take(slot("1"))
    assert dying.take(slot("2"))
    assert not here.take(slot("3"))
    leaving.leave()
    assert here.take(slot("3"))
    assert not here.take(slot("4"))
    wait_for(lambda: here.beat() or here.take(slot("4")), "the end of a beat")


def test_brings_back_what_redis_lost(client):
    here, there = presence(client), presence(client, "web.2")
    slots = [slot("1"), slot("2")]
    assert all(here.take(one) for one in slots)
    client.flushall()
    for one in (here, there):
        one.beat()
    here.refresh(slots)
    assert not there.take(slot("3"))
    assert active_players(client, ACTIVE_MS) == 1


def test_gives_back_with_the_next_beat_what_it_could_not_at_once(client):
    here, there = presence(client), presence(client, "web.2")
    assert here.take(slot("1"))
    assert here.take(slot("2"))
    here._client = connect("redis://127.0.0.1:1")
    here.give_back(slot("1"), 5)
    here._client = client
    here.beat()
    assert there.take(slot("3"))
    assert not there.take(slot("4"))
    assert not here._owed


def test_a_late_end_hides_no_later_sign_of_a_player(client):
    here, there = presence(client), presence(client, "web.2")
    here.give_back(slot("1"), 9)
    there.give_back(slot("2"), 5)
    assert active_players(client, ACTIVE_MS + 9) == 1


@pytest.mark.parametrize("ask", ["time", "execute"])
def test_what_is_given_back_while_slots_are_prolonged_is_free(client, monkeypatch, ask):
    """Between the list of the slots and Redis' answer, a connection ends."""
    here, there = presence(client), presence(client, "web.2")
    slots = [slot("1"), slot("2")]
    assert all(here.take(one) for one in slots)
    whose = client if ask == "time" else redis.client.Pipeline
    asked = getattr(whose, ask)

    def end_one(*args):
        monkeypatch.setattr(whose, ask, asked)
        here.give_back(slots[0], 5)
        return asked(*args)

    monkeypatch.setattr(whose, ask, end_one)
    here.refresh(slots)
    assert there.take(slot("3"))
    assert not there.take(slot("4"))
    assert not here._owed


def test_owes_a_bounded_number_of_slots(monkeypatch):
    monkeypatch.setattr(presence_module, "OWED_MAX", 2)
    alone = presence(connect("redis://127.0.0.1:1"))
    for number in range(4):
        alone.give_back(slot(str(number)), 1)
    assert list(alone._owed) == [slot("2"), slot("3")]


def test_slots_have_an_end_of_their_own(client):
    presence(client).take(slot("1"))
    for key in client.scan_iter("session:*:*"):
        assert 0 < client.pttl(key) <= 90_000


def test_says_that_redis_is_away_only_where_it_matters():
    alone = presence(connect("redis://127.0.0.1:1"))
    with pytest.raises(Unavailable):
        alone.take(slot("1"))
    alone.give_back(slot("1"), 1)
    alone.refresh([slot("1")])
    alone.leave()


@pytest.fixture
def listening(redis_url):
    heard = []
    listener = Listener(
        redis_url, lambda *message: heard.append(message), list, name="bus"
    )
    thread = Thread(target=listener.run)
    thread.start()
    yield listener, heard
    listener.end()
    thread.join()


def test_hears_what_is_listened_to_and_nothing_else(client, listening):
    listener, heard = listening
    listener.listen(["a", "b"])
    listener.ignore(["b"])
    wait_for(lambda: client.pubsub_shardchannels() == [b"a"], "one channel")
    client.spublish("b", "unheard")
    client.spublish("a", "heard")
    wait_for(lambda: heard, "a message")
    assert heard == [("a", b"heard")]


def test_hears_at_once_what_is_listened_to_again(client, listening):
    listener, heard = listening
    for number in range(100):
        listener.listen(["a"])
        assert client.spublish("a", str(number)) == 1
        listener.ignore(["a"])
    wait_for(lambda: len(heard) == 100, "all messages")


def test_says_when_nobody_confirms():
    listener = Listener("redis://127.0.0.1:1", print, print, name="bus")
    with pytest.raises(Unavailable):
        listener.listen(["a"])
