"""Channels are opened, talked in and left; who is no member knows nothing of them."""

from typing import Any

import pytest

from app.core.message import Ref, Rejected
from app.engine.codec import COMPRESS_FROM_BYTES, Codec
from app.game.chat import model
from app.game.chat.model import KEPT_MAX, MEMBERS_MAX, Channel, Message, direct
from app.game.chat.rules import Say
from app.game.players import model as players
from tests.unit.game.world import World, client, refused

NAMES = ("ann", "bob", "cid")


@pytest.fixture
def world() -> World:
    world = World()
    for name in NAMES:
        world.join(name)
    return world


def opened(world: World, *others: str, player: str = "ann", **more: str) -> str:
    answer = world.order("chat.open", player=player, players=list(others), **more)
    channel: str = answer["channel"]
    return channel


def say(world: World, channel: str, text: str, player: str = "ann") -> dict[str, Any]:
    return world.order("chat.say", player=player, channel=channel, text=text)


def leave(world: World, channel: str, player: str) -> None:
    world.order("chat.leave", player=player, channel=channel)


def channels(world: World, player: str) -> tuple[str, ...]:
    found: tuple[str, ...] = world.states[Ref("player", player)].channels
    return found


def state(world: World, channel: str) -> Channel:
    found: Channel = world.states[model.ref(channel)]
    return found


def members(world: World, channel: str) -> list[str]:
    shown = world.snapshot(f"chat:{channel}")["channel"]
    return [one["username"] for one in shown["members"]]


def texts(world: World, channel: str) -> list[str]:
    return [one["text"] for one in world.snapshot(f"chat:{channel}")["messages"]]


def test_all_who_are_named_are_members_at_once(world: World) -> None:
    answer = world.order("chat.open", players=["bob", "cid"], name="Wolves")
    channel = answer["channel"]
    world.wait(0)
    assert answer["name"] == "Wolves"
    assert [one["id"] for one in answer["members"]] == ["ann", "bob", "cid"]
    assert all(channels(world, name) == (channel,) for name in NAMES)


def test_two_have_one_channel_whoever_opens_it(world: World) -> None:
    first = opened(world, "bob", name="Us")
    again = world.order("chat.open", player="bob", players=["ann", "bob"], name="We")
    assert again["channel"] == first == direct("bob", "ann")
    assert again["name"] == "Us"
    assert channels(world, "ann") == channels(world, "bob") == (first,)


def test_more_than_two_have_as_many_as_they_open(world: World) -> None:
    assert opened(world, "bob", "cid") != opened(world, "bob", "cid")


def test_names_twice_and_the_own_are_one(world: World) -> None:
    channel = opened(world, "ann", "bob", "bob", "cid")
    assert members(world, channel) == ["ann", "bob", "cid"]


def test_refuses_a_channel_with_nobody_else(world: World) -> None:
    with refused("invalid", fields={"players": ["Name somebody else."]}):
        opened(world, "ann")


def test_refuses_names_that_are_nobodys(world: World) -> None:
    with refused("not_found"):
        opened(world, "bob", "dora")


def test_refuses_who_has_no_empire(world: World) -> None:
    with refused("no_empire"):
        opened(world, "bob", player="dora")


def test_refuses_one_channel_too_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.game.chat.rules.CHANNELS_MAX", 2)
    first = opened(world, "bob")
    opened(world, "bob", "cid")
    with refused("channels_full", channels_max=2):
        opened(world, "cid")
    assert opened(world, "bob") == first
    leave(world, first, "ann")
    opened(world, "cid")


def test_who_is_in_too_many_channels_stays_out_of_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.game.chat.rules.CHANNELS_MAX", 1)
    opened(world, "bob", "cid")
    world.join("dora")
    channel = opened(world, "bob", player="dora")
    world.wait(0)
    assert members(world, channel) == ["dora"]
    with refused("not_found"):
        say(world, channel, "hello", "bob")


def test_who_says_something_is_heard_by_all(world: World) -> None:
    channel = opened(world, "bob", "cid")
    answer = say(world, channel, "  hello  ", "bob")
    assert (answer["channel"], answer["at_ms"]) == (channel, world.now_ms)
    assert world.heard[f"chat:{channel}"][-1] == {
        "type": "chat.message_said",
        "at_ms": world.now_ms,
        "number": answer["number"],
        "player": "bob",
        "username": "bob",
        "text": "hello",
        "said_ms": world.now_ms,
    }


def test_only_members_speak_and_leave(world: World) -> None:
    channel = opened(world, "bob")
    for name in (channel, "nowhere"):
        for player in ("cid", "dora"):
            with refused("not_found"):
                say(world, name, "hello", player)
            with refused("not_found"):
                leave(world, name, player)
    leave(world, channel, "bob")
    with refused("not_found"):
        say(world, channel, "hello", "bob")
    with refused("not_found"):
        leave(world, channel, "bob")


def test_a_channel_keeps_its_last_messages(world: World) -> None:
    channel = opened(world, "bob")
    for number in range(KEPT_MAX + 5):
        say(world, channel, f"{number}", NAMES[number % 2])
    assert texts(world, channel) == [str(one) for one in range(5, KEPT_MAX + 5)]
    numbers = [one.number for one in model.messages(state(world, channel))]
    assert numbers == sorted(set(numbers))


def test_what_was_said_stays_when_its_speaker_left(world: World) -> None:
    channel = opened(world, "bob", "cid")
    say(world, channel, "bye", "bob")
    leave(world, channel, "bob")
    world.wait(0)
    assert members(world, channel) == ["ann", "cid"]
    assert channels(world, "bob") == ()
    (shown,) = world.snapshot(f"chat:{channel}")["messages"]
    assert (shown["username"], shown["text"]) == ("bob", "bye")


def test_who_left_a_channel_of_two_is_back_when_it_is_opened(world: World) -> None:
    channel = opened(world, "bob")
    say(world, channel, "bye", "bob")
    leave(world, channel, "bob")
    leave(world, channel, "ann")
    assert opened(world, "ann", player="bob") == channel
    world.wait(0)
    assert members(world, channel) == ["ann", "bob"]
    assert channels(world, "ann") == channels(world, "bob") == (channel,)
    assert texts(world, channel) == ["bye"]


def test_who_leaves_before_coming_in_stays_out(world: World) -> None:
    channel = opened(world, "bob")
    leave(world, channel, "bob")
    world.wait(0)
    assert channels(world, "bob") == ()


def test_a_number_is_the_version_of_the_aggregate(world: World) -> None:
    """The history finds a page of messages by it."""
    commits: dict[Ref, int] = {}
    run = world._commit

    def counted(outcome: Any, states: Any, now_ms: int) -> Any:
        for ref in dict.fromkeys(ref for ref, _event in outcome.events):
            commits[ref] = commits.get(ref, 0) + 1
        return run(outcome, states, now_ms)

    world._commit = counted  # type: ignore[method-assign]
    channel = opened(world, "bob")
    say(world, channel, "one")
    leave(world, channel, "ann")
    leave(world, channel, "bob")
    opened(world, "bob")
    assert say(world, channel, "two")["number"] == commits[model.ref(channel)] == 6


def test_a_view_follows_what_is_heard(world: World) -> None:
    channel = direct("ann", "bob")
    room = f"chat:{channel}"
    view = world.snapshot(room)
    opened(world, "bob", name="Us")
    for number in range(KEPT_MAX + 2):
        say(world, channel, f"{number}")
    leave(world, channel, "bob")
    opened(world, "bob")
    say(world, channel, "again")
    (followed,) = client("apply", [{"view": view, "events": world.heard[room]}])
    assert followed == world.snapshot(room)
    for player in ("ann", "bob"):
        told = world.heard[f"player:{player}"]
        (own,) = client("apply", [{"view": {}, "events": told}])
        assert own["player"]["channels"] == [channel]


def test_a_state_of_usual_messages_stays_small(world: World) -> None:
    """Who says something writes all of it: the size is what a message costs."""
    people = {f"p{number:012}": f"somebody_{number}" for number in range(10)}
    said = tuple(
        Message(number, f"p{number % 10:012}", "x" * 60, world.now_ms)
        for number in range(KEPT_MAX)
    )
    channel = Channel(id="c" * 13, name="", people=people, number=99, messages=said)
    assert len(Codec(world.game).encode(channel)) < COMPRESS_FROM_BYTES // 1.5


def test_a_message_loads_its_channel_alone(world: World) -> None:
    command = Say(id="i", player="ann", channel="c", text="hi")
    assert world.game.rules[Say].loads(command) == (model.ref("c"),)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u3000", "\u200d", "\u2060\u200b", "\u3164", "a\nb", "a\n", "\ta",
        "a\x00", "\x1b[31m", "a\x7f", "\x85b", "a\u2028b", "a\u2029", "\u202eevil",
        "a\u202ab", "\u2066a\u2069", "\ud800", "a\udfff", "x" * 501, " " * 1_001 + "x",
        5, None, True, ["a"], b"a",
    ],
)  # fmt: skip
def test_refuses_what_is_no_line_of_text(world: World, text: Any) -> None:
    channel = opened(world, "bob")
    with refused("invalid"):
        say(world, channel, text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 500, "<img src=x onerror=alert(1)>", "' OR 1=1; --", "{{7*7}}", "%s",
        "👩\u200d🚀 ok", "שלום\u200f!", "\u0645\u06cc\u200c\u062e", "日本語", "a\u0301",
        "\\u0000", "1",
    ],
)  # fmt: skip
def test_takes_any_text_as_it_is(world: World, text: str) -> None:
    channel = opened(world, "bob")
    say(world, channel, f"  {text} ")
    assert texts(world, channel) == [text]


@pytest.mark.parametrize(
    "named",
    [[], ["bob"] * MEMBERS_MAX, "bob", [5], [None], [""], ["x" * 33], None, [["bob"]]],
)
def test_refuses_what_is_no_list_of_players(world: World, named: Any) -> None:
    with refused("invalid"):
        world.order("chat.open", players=named)


def test_an_event_of_another_kind_is_none_of_a_channels(world: World) -> None:
    for found in (None, state(world, opened(world, "bob"))):
        with pytest.raises(TypeError):
            model.evolve(found, players.ShieldEnded())


def test_the_rest_of_the_world_hears_nothing(world: World) -> None:
    channel = opened(world, "bob")
    world.wait(0)
    before = {room: len(heard) for room, heard in world.heard.items()}
    say(world, channel, "hello")
    louder = {room for room, heard in world.heard.items() if len(heard) > before[room]}
    assert louder == {f"chat:{channel}"}
    with pytest.raises(Rejected):
        say(world, channel, "hello", "cid")
