"""Channels over HTTP: opened by names, listed, read page by page, exported."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
import redis
from flask import Flask

from app.config import Settings
from app.engine.keys import Keys
from app.engine.persister import Persister, Servers
from app.game import registry
from app.game.chat.model import KEPT_MAX
from tests.support.persistence import catch_up
from tests.support.web import Asker, assert_problem, register

SAID = KEPT_MAX + 12


@pytest.fixture
def persist(app: Flask, settings: Settings) -> Callable[[], None]:
    """Give what carries the journal to Postgres, after a first time."""
    galaxy = app.extensions["dominion"].cluster.galaxy("1")
    urls = (settings.redis_state_url, settings.redis_bus_url, settings.database_url)

    def carry() -> None:
        persister = Persister(Servers(*urls), "1", galaxy.codec, registry.PROJECTIONS)
        with closing(persister):
            catch_up(persister)

    with redis.Redis.from_url(settings.redis_state_url) as client:
        client.delete(Keys("1").epoch)
    carry()
    return carry


@pytest.fixture
def cid(app: Flask) -> Asker:
    """Give a third player."""
    asker = register(app)
    asker.joined()
    return asker


@pytest.fixture
def channel(persist: Callable[[], None], ann: Asker, bob: Asker) -> str:
    """Give a channel of ann's and bob's."""
    ann.joined()
    bob.joined()
    channel: str = do(ann, "chat.open", players=[bob.username.upper()])["channel"]
    return channel


def do(player: Asker, name: str, **data: Any) -> dict[str, Any]:
    answer = player.post(f"/commands/{name}", json=data).get_json()
    assert answer.get("ok"), answer
    result: dict[str, Any] = answer["result"]
    return result


def page(player: Asker, channel: str, query: str = "") -> dict[str, Any]:
    shown = player.get(f"/chat/channels/{channel}/messages{query}").get_json()
    assert "messages" in shown, shown
    found: dict[str, Any] = shown
    return found


def talk(ann: Asker, bob: Asker, channel: str) -> list[str]:
    texts = [f"{number} <b>" for number in range(SAID)]
    for number, text in enumerate(texts):
        do((ann, bob)[number % 2], "chat.say", channel=channel, text=text)
    return texts[::-1]


def test_lists_own_channels_with_what_was_said_last(
    ann: Asker, bob: Asker, cid: Asker, channel: str
) -> None:
    do(bob, "chat.say", channel=channel, text="hello")
    (listed,) = ann.get("/chat/channels").get_json()["channels"]
    assert listed == bob.get("/chat/channels").get_json()["channels"][0]
    assert (listed["id"], listed["name"]) == (channel, "")
    assert [one["username"] for one in listed["members"]] == [
        ann.username,
        bob.username,
    ]
    assert (listed["last"]["username"], listed["last"]["text"]) == (
        bob.username,
        "hello",
    )
    assert cid.get("/chat/channels").get_json() == {"channels": [], "stale": False}


def test_who_has_no_empire_has_no_channels(app: Flask) -> None:
    assert register(app).get("/chat/channels").get_json()["channels"] == []


@pytest.mark.parametrize("is_persisted", [False, True])
def test_every_message_is_read_once_page_by_page(
    persist: Callable[[], None],
    ann: Asker,
    bob: Asker,
    channel: str,
    is_persisted: bool,
) -> None:
    texts = talk(ann, bob, channel)
    if is_persisted:
        persist()
    read: list[str] = []
    before = ""
    for _page in range(10):
        shown = page(ann, channel, f"?limit=7{before}")
        read += [one["text"] for one in shown["messages"]]
        if shown["next"] is None:
            break
        before = f"&before={shown['next']}"
    assert read == texts
    assert page(bob, channel)["messages"][0]["username"] == bob.username


def test_who_is_no_member_reads_as_if_there_were_none(
    ann: Asker, bob: Asker, cid: Asker, channel: str
) -> None:
    do(ann, "chat.say", channel=channel, text="hello")
    do(bob, "chat.leave", channel=channel)
    answers = [
        cid.get(f"/chat/channels/{channel}/messages"),
        bob.get(f"/chat/channels/{channel}/messages"),
        cid.get("/chat/channels/nowhere/messages"),
        cid.get("/chat/channels/no:where/messages"),
    ]
    bodies = [assert_problem(one, 404, "not_found") for one in answers]
    assert {body["message"] for body in bodies} == {"There is no such channel."}
    assert bob.get("/chat/channels").get_json()["channels"] == []


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "before=0", "before=x", "limit=1;", "limit=1e1"]
)
def test_refuses_pages_that_mean_nothing(ann: Asker, channel: str, query: str) -> None:
    answer = ann.get(f"/chat/channels/{channel}/messages?{query}")
    assert_problem(answer, 422, "invalid")


def test_names_that_are_nobodys_here_get_one_answer(app: Flask, ann: Asker) -> None:
    """An account without an empire is not told from none at all."""
    ann.joined()
    stranger = register(app).username
    names = [stranger, "nobody-at-all", "_1", "\u0430nn", "a"]
    bodies = [_refused(ann, name) for name in names]
    assert len({(body["code"], body["message"]) for body in bodies}) == 1
    assert [body["names"] for body in bodies] == [[name] for name in names]


@pytest.mark.parametrize("name", ["' OR 1=1", "deleted:x", "<b>", "a\u202eb", "\x00"])
def test_what_is_no_username_is_not_looked_for(ann: Asker, name: str) -> None:
    answer = ann.post("/commands/chat.open", json={"players": [name]})
    assert_problem(answer, 422, "invalid")


def _refused(ann: Asker, name: str) -> dict[str, Any]:
    answer = ann.post("/commands/chat.open", json={"players": [ann.username, name]})
    return assert_problem(answer, 404, "not_found")


def test_speaks_thirty_times_a_minute(ann: Asker, channel: str) -> None:
    """One of them opened the channel."""
    for _ in range(29):
        do(ann, "chat.say", channel=channel, text="hello")
    answer = ann.post("/commands/chat.say", json={"channel": channel, "text": "hello"})
    assert_problem(answer, 429, "rate_limited")


def test_exports_what_one_said_and_nobody_else(
    persist: Callable[[], None], ann: Asker, bob: Asker, channel: str
) -> None:
    do(ann, "chat.say", channel=channel, text="mine")
    do(bob, "chat.say", channel=channel, text="yours")
    do(ann, "chat.leave", channel=channel)
    persist()
    (said,) = ann.get("/me/export").get_json()["messages"]
    assert (said["galaxy"], said["channel"], said["text"]) == ("1", channel, "mine")
    assert said["said_ms"] > 0
