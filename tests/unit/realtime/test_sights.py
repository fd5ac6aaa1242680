"""Sights are read when they are old, and nobody takes an old one for a new one."""

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from app.engine.redis import Unavailable
from app.realtime import sights as sights_module
from app.realtime.sights import Sights, Who

GALAXY = SimpleNamespace(id="1", keys=SimpleNamespace(room=lambda room: room))
SIGHT = SimpleNamespace(rooms=(), allies=(), own=1)


class Horizon:
    """Give one sight, and let something happen while it is being read."""

    def __init__(self) -> None:
        self.reads = 0
        self.meanwhile: Callable[[], None] = lambda: None

    def sight_room(self, player_id: str) -> str:
        return f"sight:{player_id}"

    def sights(self, _galaxy: Any, players: Sequence[str]) -> Mapping[str, Any]:
        self.reads += 1
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return dict.fromkeys(players, SIGHT)


def test_who_asks_while_another_reads_has_a_sight_as_well() -> None:
    horizon = Horizon()
    sights = Sights(horizon, lambda _channels: None, lambda _channels: None)
    sights.watch(GALAXY, "p")
    found: list[Any] = []

    def ask() -> None:
        sights.freshen(GALAXY, "p")
        found.append(sights.sight(GALAXY, "p"))

    horizon.meanwhile = ask
    sights.freshen_all()
    assert found == [SIGHT]
    sights.freshen(GALAXY, "p")
    assert horizon.reads == 2


class Sky:
    """Be a horizon of many players, and the bus that tells of them."""

    def __init__(self, **allies: tuple[str, ...]) -> None:
        self.allies = allies
        self.asked: list[tuple[str, ...]] = []
        self.heard: set[str] = set()
        self.is_away = False
        self.meanwhile: Callable[[], None] = lambda: None
        """What happens while the server is told what is heard no longer."""
        self.sights_ = Sights(self, self._overhear, self._ignore)

    def sight_room(self, player_id: str) -> str:
        return f"sight:{player_id}"

    def sights(self, _galaxy: Any, players: Sequence[str]) -> Mapping[str, Any]:
        if self.is_away:
            raise Unavailable("redis")
        self.asked.append(tuple(sorted(players)))
        return {one: self._sight(one) for one in players}

    def seen(self, sight: Any, at_ms: int) -> tuple[int, int]:
        return sight.area, at_ms

    def _sight(self, player: str) -> Any:
        allies = self.allies[player]
        rooms = (f"sight:{player}", *(["sight:all"] if allies else []))
        area = 1 << (ord(player) - ord("a"))
        return SimpleNamespace(rooms=rooms, allies=allies, own=area, area=area)

    def _overhear(self, channels: Any) -> None:
        self.heard.update(channels)

    def _ignore(self, channels: Any) -> None:
        self.heard.difference_update(channels)
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()


def fresh(sky: Sky, *players: str) -> Sights:
    for player in players:
        sky.sights_.watch(GALAXY, player)
    sky.sights_.freshen_all()
    return sky.sights_


def test_a_player_sees_by_own_sensors_and_by_those_of_allies() -> None:
    sky = Sky(a=("b",), b=("a",), c=())
    sights = fresh(sky, "a", "c")
    assert sights.seen(GALAXY, "a", 1) == 0b011
    assert sights.seen(GALAXY, "c", 1) == 0b100
    assert sights.seen(GALAXY, "nobody", 1) == 0


def test_what_nobody_tells_of_is_read_once() -> None:
    sky = Sky(a=("b",), b=("a",))
    sights = fresh(sky, "a")
    count = len(sky.asked)
    for _ in range(3):
        assert sights.freshen_all() == set()
        sights.freshen(GALAXY, "a")
    assert len(sky.asked) == count
    assert sky.heard == {"sight:a", "sight:b", "sight:all"}


def test_what_is_told_is_read_again_and_concerns_the_allies() -> None:
    sky = Sky(a=("b",), b=("a",), c=())
    sights = fresh(sky, "a", "b", "c")
    sky.asked.clear()
    sights.told("sight:b")
    assert sights.freshen_all() == {Who("1", "a"), Who("1", "b")}
    assert sky.asked == [("b",)]


def test_allies_who_part_see_no_longer_for_one_another() -> None:
    sky = Sky(a=("b",), b=("a",))
    sights = fresh(sky, "a")
    sky.allies = {"a": (), "b": ()}
    sights.told("sight:all")
    assert sights.freshen_all() >= {Who("1", "a"), Who("1", "b")}
    assert sights.seen(GALAXY, "a", 2) == 0b01
    assert sky.heard == {"sight:a"}
    assert sights.sight(GALAXY, "b") is None


def test_who_left_is_forgotten() -> None:
    sky = Sky(a=(), b=())
    sights = fresh(sky, "a", "b")
    sights.unwatch(GALAXY, "a")
    sights.freshen_all()
    assert sights.sight(GALAXY, "a") is None
    assert sights.sight(GALAXY, "b") is not None
    assert sky.heard == {"sight:b"}


def test_who_comes_while_others_are_forgotten_stays() -> None:
    sky = Sky(a=(), b=())
    sights = fresh(sky, "a", "b")
    sights.unwatch(GALAXY, "a")
    sights.unwatch(GALAXY, "b")
    sky.meanwhile = lambda: sights.watch(GALAXY, "b")
    sights.freshen_all()
    assert sights.sight(GALAXY, "a") is None
    assert sights.seen(GALAXY, "b", 1) == 0b10
    assert "sight:b" in sky.heard
    sights.unwatch(GALAXY, "b")


def test_what_could_not_be_read_stays_as_it_was_and_is_read_later() -> None:
    sky = Sky(a=())
    sights = fresh(sky, "a")
    sky.is_away = True
    sights.told("sight:a")
    for _ in range(2):
        with pytest.raises(Unavailable):
            sights.freshen_all()
        with pytest.raises(Unavailable):
            sights.freshen(GALAXY, "a")
    assert sights.seen(GALAXY, "a", 3) == 0b1
    sky.is_away = False
    assert sights.freshen_all() == {Who("1", "a")}


def test_all_is_doubted_after_a_loss() -> None:
    sky = Sky(a=("b",), b=("a",), c=())
    sights = fresh(sky, "a", "c")
    sky.asked.clear()
    sights.doubt("1")
    sights.freshen_all()
    assert sorted(one for some in sky.asked for one in some) == ["a", "b", "c"]


def test_a_look_reads_who_is_not_here_and_not_too_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sky = Sky(a=("b",), b=("a",))
    for _ in range(3):
        assert sky.sights_.look(GALAXY, "a", 1) == 0b11
    assert sky.asked == [("a",), ("b",)]
    assert sky.heard == set()
    monkeypatch.setattr(sights_module, "LOOK_FRESH_S", -1.0)
    sky.allies = {"a": (), "b": ()}
    assert sky.sights_.look(GALAXY, "a", 1) == 0b01


def test_a_look_is_as_old_as_the_moment_it_was_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sky, now_s = Sky(a=()), [0.0]
    monkeypatch.setattr(sights_module, "monotonic", lambda: now_s[0])
    read = sky.sights

    def slowly(galaxy: Any, players: Sequence[str]) -> Mapping[str, Any]:
        now_s[0] += sights_module.LOOK_FRESH_S
        return read(galaxy, players)

    now_s[0] += 10.0
    sky.sights = slowly  # type: ignore[method-assign]
    for _ in range(2):
        sky.sights_.look(GALAXY, "a", 1)
        now_s[0] += 0.1
    assert sky.asked == [("a",), ("a",)]


def test_a_kept_look_shows_what_was_seen_and_nothing_from_where_nobody_went() -> None:
    sky = Sky(a=("b",), b=("a",))
    sky.seen = lambda sight, at_ms: (sight.own << at_ms, at_ms)  # type: ignore[method-assign]
    for now_ms in (1, 4):
        assert sky.sights_.look(GALAXY, "a", now_ms) == 0b11 << 1


def test_a_look_at_who_has_no_empire_is_none() -> None:
    sky = Sky(a=())
    sky.sights = lambda _galaxy, players: dict.fromkeys(players)
    assert sky.sights_.look(GALAXY, "a", 1) is None
    sights = fresh(sky, "a")
    assert sights.look(GALAXY, "a", 1) is None
    assert sights.seen(GALAXY, "a", 1) == 0


def test_nobody_waits_for_what_is_old_in_a_galaxy_that_is_cut_off() -> None:
    heard: list[str] = []
    cut_off = {"2"}
    sights = Sights(
        Horizon(),
        heard.extend,
        lambda _channels: None,
        lambda galaxy: galaxy not in cut_off,
    )
    keys = SimpleNamespace(room=lambda room: f"2:{room}")
    sights.watch(GALAXY, "p")
    sights.watch(SimpleNamespace(id="2", keys=keys), "p")
    assert sights.freshen_all() == {Who("1", "p")}
    assert set(heard) == {"sight:p"}
    cut_off.clear()
    assert sights.freshen_all() == {Who("2", "p")}
