"""Whoever sees less is told so at once, whatever servers are away."""

from collections.abc import Iterable
from threading import Lock
from types import SimpleNamespace
from typing import Any

import pytest

from app.engine.redis import Unavailable
from app.realtime import runtime
from app.realtime.sweep import SESSIONS_A_TIME, Sweep
from app.realtime.viewing import Change

MANY = 2 * SESSIONS_A_TIME
SIGHT = SimpleNamespace(own=1, joined=())


class World:
    """Be two galaxies, their servers, and who is to leave or to enter what."""

    def __init__(self) -> None:
        self.here: list[Any] = []
        self.cut_off: set[str] = set()
        self.silent: set[str] = set()
        self.done: list[tuple[str, str]] = []

    def join(self, session: Any, rooms: Iterable[str]) -> None:
        session.rooms |= set(rooms)

    def session(self, galaxy: str, *, rooms: str, seen: str) -> Any:
        reads = SimpleNamespace(now_ms=lambda: 1)
        keys = SimpleNamespace(room=lambda room: f"{galaxy}:{room}")
        client = SimpleNamespace(hold=lambda: None, release=lambda: None)
        self.here.append(
            SimpleNamespace(
                galaxy=SimpleNamespace(id=galaxy, reads=reads, keys=keys),
                client=client,
                moving=Lock(),
                player_id="p",
                is_welcomed=True,
                is_hushed=False,
                view=0,
                watches=0,
                mark=None,
                rooms=set(rooms),
                seen=set(seen),
                now_ms=lambda: 1,
            )
        )
        return self.here[-1]

    # the server

    def tell(self, session: Any, event: str, _told: Any) -> None:
        self.done.append((event, session.galaxy.id))

    # the manager

    def hears(self, galaxy: str) -> bool:
        return galaxy not in self.cut_off

    def listen(self, channels: Iterable[str]) -> None:
        galaxy = next(iter(channels))[0]
        self.done.append(("asked", galaxy))
        if galaxy in self.cut_off | self.silent:
            raise Unavailable("bus")

    # sights and viewing

    def sight(self, _galaxy: Any, _player: str) -> Any:
        return SIGHT

    def seen(self, session: Any) -> set[str]:
        return set(session.seen)

    def plan(self, session: Any, _seen: Any) -> Change:
        after, before = session.seen, session.rooms
        return Change(after, {}, before - after, after - before)

    def leave(self, session: Any, change: Change) -> None:
        session.rooms -= change.left

    def leave_rooms(self, session: Any, rooms: set[str]) -> None:
        session.rooms -= rooms

    def hush(self, session: Any) -> None:
        session.is_hushed = True

    def shots(self, _galaxy: Any, _rooms: set[str]) -> None:
        return

    def shown(self, session: Any, rooms: set[str], _shots: Any) -> set[str]:
        session.rooms -= rooms - session.seen
        return rooms & session.seen


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def sweep(world: World) -> Any:
    sessions = SimpleNamespace(all=lambda: world.here)
    found: Any = Sweep(world, world, sessions, world, world)  # type: ignore[arg-type]
    return lambda: found.sweep(world.here)


def test_all_leave_before_a_server_is_asked(world: World, sweep: Any) -> None:
    for _ in range(MANY):
        world.session("1", rooms="", seen="a")
    last = world.session("2", rooms="ab", seen="b")
    sweep()
    assert world.done[:2] == [("left", "2"), ("asked", "1")]
    assert last.rooms == {"b"}
    assert all(one.rooms == one.seen for one in world.here)


def test_nobody_waits_for_a_galaxy_that_is_cut_off(world: World, sweep: Any) -> None:
    world.cut_off.add("1")
    away = world.session("1", rooms="a", seen="b")
    there = world.session("2", rooms="a", seen="b")
    sweep()
    assert ("asked", "1") not in world.done
    assert (away.rooms, there.rooms) == (set(), {"b"})
    world.cut_off.clear()
    sweep()
    assert away.rooms == {"b"}


def test_a_galaxy_that_is_silent_is_asked_once_a_sweep(
    world: World, sweep: Any
) -> None:
    world.silent.add("1")
    for _ in range(MANY):
        world.session("1", rooms="", seen="a")
    there = world.session("2", rooms="", seen="a")
    sweep()
    assert world.done == [("asked", "1"), ("asked", "2"), ("entered", "2")]
    assert there.rooms == {"a"}
    assert not any(one.moving.locked() for one in world.here)
    assert all(one.is_hushed for one in world.here[:SESSIONS_A_TIME])
    world.silent.clear()
    sweep()
    assert all(one.rooms == {"a"} for one in world.here)


def test_who_was_being_moved_by_a_verb_is_looked_at_again(
    world: World, sweep: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = world.session("1", rooms="", seen="a")
    monkeypatch.setattr(runtime, "sleep", lambda: moved.moving.acquire(blocking=False))
    sweep()
    assert not moved.rooms
    moved.moving.release()
    monkeypatch.setattr(runtime, "sleep", lambda: None)
    sweep()
    assert moved.rooms == {"a"}


def test_who_sees_nothing_new_any_more_is_told_nothing(
    world: World, sweep: Any
) -> None:
    first = world.session("1", rooms="", seen="a")
    blind = world.session("1", rooms="", seen="a")
    world.shots = lambda *_asked: blind.seen.clear()  # type: ignore[method-assign]
    sweep()
    assert (first.rooms, blind.rooms) == ({"a"}, set())
    assert world.done == [("asked", "1"), ("entered", "1")]
