"""A view is changed wholly or not at all; whoever is in a room is known to be."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest

from app.engine.redis import Unavailable
from app.engine.snapshots import Shot
from app.realtime.bucket import Bucket
from app.realtime.healing import Healing
from app.realtime.horizon import Area
from app.realtime.interest import Interest
from app.realtime.sessions import Session
from app.realtime.shots import Shots
from app.realtime.viewing import Viewing

HERE, THERE = "sector:0:0:full", "sector:1:0:full"
AREAS = {HERE: 1, THERE: 2}
HERE_AND_THERE = 3


class World:
    """Be two sectors that a player sees, and a server that may be away."""

    def __init__(self) -> None:
        self.is_away = self.is_blind = False
        self.sees = HERE_AND_THERE
        self.loses: Area = 0  # out of sight while a server is asked
        self.forgotten: set[str] = set()
        self.allowance = Bucket(600, 30)

    def forget(self, channels: set[str]) -> None:
        """Stand for the client, which holds back what it hears."""
        self.forgotten |= channels

    def know(self, channel: str, seq: int) -> None:
        """Stand for the client, which hears nothing twice."""

    # what the edge asks the game for

    def box(self, data: Mapping[str, Any]) -> Area:
        return int(data["area"])

    def rooms(self, area: Area, seen: Area) -> list[str]:
        return [room for room, bit in AREAS.items() if area & seen & bit]

    def hears(self, _galaxy: Any, _sight: Any, rooms: Iterable[str]) -> dict[str, Any]:
        return {room: SimpleNamespace(area=AREAS[room], since_ms=0) for room in rooms}

    # what it asks of what players see

    def freshen(self, _galaxy: Any, _player: str) -> None:
        if self.is_blind:
            self.sees &= ~self.loses
            raise Unavailable("redis")

    def sight(self, _galaxy: Any, _player: str) -> Any:
        return SimpleNamespace(own=0, joined=())

    def seen(self, _galaxy: Any, _player: str, _at_ms: int) -> Area:
        return self.sees

    # servers

    def listen(self, _channels: Iterable[str]) -> None:
        self.sees &= ~self.loses
        if self.is_away:
            raise Unavailable("bus")

    def snapshots(self, rooms: Iterable[str]) -> dict[str, Shot]:
        return {room: Shot(1, 1, b"{}") for room in rooms}

    def history(self, _room: str, _seq: int) -> None:
        return None

    def now_ms(self) -> int:
        return 1


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def interest(world: World) -> Interest:
    return Interest(world)


@pytest.fixture
def edge(world: World) -> Any:
    limits = SimpleNamespace(player=lambda *_what: None)
    return SimpleNamespace(horizon=world, limits=limits)


@pytest.fixture
def session(world: World) -> Session:
    keys = SimpleNamespace(room=lambda room: room)
    galaxy = SimpleNamespace(id="1", keys=keys, reads=world)
    identity = SimpleNamespace(player_id="p")
    return Session("s", world, identity, galaxy, slot=None)


@pytest.fixture
def viewing(world: World, edge: Any, interest: Interest) -> Viewing:
    wire = SimpleNamespace(part=lambda data: data)
    return Viewing(edge, interest, Shots(lambda: 0), wire, world)


def test_a_view_that_is_refused_leaves_all_as_it_was(
    world: World, interest: Interest, session: Session, viewing: Viewing
) -> None:
    assert viewing.set(session, {"area": 1})["left"] == []
    world.is_away = True
    with pytest.raises(Unavailable):
        viewing.set(session, {"area": 2})
    assert interest.channels("s") == (HERE,)
    assert (session.view, session.placed) == (1, {HERE})
    world.is_away = False
    changed = viewing.set(session, {"area": 2})
    assert (changed["left"], list(changed["rooms"])) == ([HERE], [THERE])
    assert interest.channels("s") == (THERE,)
    assert session.placed == {THERE}


def test_nothing_is_told_of_what_vision_lost_while_a_view_was_refused(
    world: World, session: Session, viewing: Viewing
) -> None:
    viewing.set(session, {"area": 1})
    world.is_away, world.loses = True, AREAS[HERE]
    with pytest.raises(Unavailable):
        viewing.set(session, {"area": HERE_AND_THERE})
    assert HERE in world.forgotten
    assert HERE not in session.since  # it wasn't heard without a break
    assert session.rooms == {HERE}  # until the sweep leaves it, and says so


@pytest.mark.parametrize("area", [0, AREAS[HERE], AREAS[THERE], HERE_AND_THERE])
def test_nothing_is_told_of_what_vision_lost_while_a_view_was_set(
    world: World, session: Session, viewing: Viewing, area: Area
) -> None:
    viewing.set(session, {"area": AREAS[HERE]})
    session.asked = {HERE: AREAS[HERE]}
    world.loses = AREAS[HERE]
    viewing.set(session, {"area": area})
    assert HERE in world.forgotten


def test_what_is_still_seen_is_told_after_a_view_was_set(
    world: World, session: Session, viewing: Viewing
) -> None:
    viewing.set(session, {"area": AREAS[HERE]})
    viewing.set(session, {"area": HERE_AND_THERE})
    assert not world.forgotten


def test_nothing_is_told_of_what_vision_lost_while_it_was_to_be_read(
    world: World, edge: Any, session: Session, viewing: Viewing
) -> None:
    healing = Healing(edge, SimpleNamespace(part=lambda data: data), world, viewing)
    asks = [
        lambda: viewing.set(session, {"area": HERE_AND_THERE}),
        lambda: viewing.clear(session, {}),
        lambda: healing.resume(session, {"rooms": {THERE: 0}}),
    ]
    viewing.set(session, {"area": AREAS[HERE]})
    world.is_blind, world.loses = True, AREAS[HERE]
    for ask in asks:
        world.sees = HERE_AND_THERE
        world.forgotten.clear()
        with pytest.raises(Unavailable):
            ask()
        assert world.forgotten == {HERE}
        assert (session.view, session.rooms) == (AREAS[HERE], {HERE})


def test_who_joined_when_the_bus_was_away_is_known_to_be_in_the_room(
    world: World, interest: Interest, edge: Any, session: Session, viewing: Viewing
) -> None:
    wire = SimpleNamespace(part=lambda data: data)
    healing = Healing(edge, wire, world, viewing)
    world.is_away = True
    with pytest.raises(Unavailable):
        healing.resume(session, {"rooms": {HERE: 0}})
    assert set(interest.channels("s")) == session.rooms == {HERE}


def test_nothing_is_told_of_what_vision_lost_while_a_resume_was_refused(
    world: World, interest: Interest, edge: Any, session: Session, viewing: Viewing
) -> None:
    healing = Healing(edge, SimpleNamespace(part=lambda data: data), world, viewing)
    world.is_away, world.loses = True, AREAS[HERE]
    with pytest.raises(Unavailable):
        healing.resume(session, {"rooms": dict.fromkeys(AREAS, 0)})
    assert set(interest.channels("s")) == session.rooms == {THERE}


@pytest.mark.parametrize("is_away", [False, True])
def test_nothing_is_told_of_what_vision_lost_elsewhere_during_a_resume(
    world: World, edge: Any, session: Session, viewing: Viewing, is_away: bool
) -> None:
    healing = Healing(edge, SimpleNamespace(part=lambda data: data), world, viewing)
    viewing.set(session, {"area": AREAS[HERE]})
    world.is_away, world.loses = is_away, AREAS[HERE]
    with suppress(Unavailable):
        healing.resume(session, {"rooms": {THERE: 0}})
    assert world.forgotten == {HERE}
    assert session.rooms == {HERE, THERE}  # until the sweep leaves one, and says so
