"""Whose right has ended is shown out, whatever servers are away."""

from types import SimpleNamespace
from typing import Any

import pytest
from redis import ResponseError

from app.core.message import Rejected
from app.engine.redis import Unavailable
from app.realtime import runtime
from app.realtime.watch import Watch

NOW_MS = 1_000


class House:
    """Be the sessions, the server that shows them out, and who tells of rights."""

    def __init__(self) -> None:
        self.expelled: list[tuple[str, str]] = []
        self.is_away = False
        self.here = [self.session("old", 0), self.session("bad", 2_000)]
        self.here.append(self.session("good", 2_000))

    def session(self, name: str, expires_ms: int) -> Any:
        identity = SimpleNamespace(player_id=name, expires_ms=expires_ms)
        return SimpleNamespace(identity=identity, now_ms=lambda: NOW_MS)

    def all(self) -> list[Any]:
        return list(self.here)

    def expel(self, session: Any, code: str) -> None:
        self.here.remove(session)
        self.expelled.append((session.identity.player_id, code))

    def refusals(self, identities: list[Any]) -> list[Rejected | None]:
        if self.is_away:
            raise Unavailable("redis")
        return [
            Rejected("banned") if one.player_id == "bad" else None for one in identities
        ]


class Slots:
    """Be a bus that refuses the first beat, and an instance that then leaves."""

    def __init__(self) -> None:
        self.is_draining = False
        self.beats = self.left = 0

    def beat(self) -> None:
        self.beats += 1
        if self.beats == 1:
            raise ResponseError("NOPERM")
        self.is_draining = True

    def leave(self) -> None:
        self.left += 1


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def watch(house: House) -> Any:
    return Watch(house, house, house, SimpleNamespace())  # type: ignore[arg-type]


def test_expired_and_refused_sessions_end(house: House, watch: Any) -> None:
    watch._recheck()
    assert house.expelled == [("old", "unauthenticated"), ("bad", "banned")]


def test_expired_sessions_end_while_nobody_can_tell_of_the_others(
    house: House, watch: Any
) -> None:
    house.is_away = True
    watch._recheck()
    assert house.expelled == [("old", "unauthenticated")]


def test_slots_are_kept_whatever_a_beat_meets(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "sleep", lambda _seconds: None)
    slots: Any = Slots()
    Watch(house, slots, house, slots).keep_slots()  # type: ignore[arg-type]
    assert (slots.beats, slots.left) == (2, 1)
