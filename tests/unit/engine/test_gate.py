"""The gate lets one at a time at an aggregate."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.message import Ref
from app.engine import gate
from app.engine.gate import Crowded, Gate

ROUNDS = 2_000
ONE, TWO = Ref("colony", "1"), Ref("colony", "2")


def test_lets_one_at_a_time_through_under_threads() -> None:
    door, inside, most = Gate(), [0], [0]

    def enter(i: int) -> None:
        with door.hold((ONE, TWO) if i % 2 else (TWO, ONE)):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            inside[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(ROUNDS)))

    assert most == [1]


def test_says_when_an_aggregate_stays_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "WAIT_MAX_S", 0.01)
    door = Gate()

    with door.hold((ONE,)), pytest.raises(Crowded, match="colony:1"):
        with door.hold((TWO, ONE)):
            pass

    with door.hold((ONE, TWO)):
        pass


def test_two_aggregates_may_share_a_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "DOORS", 1)
    door = Gate()
    for _ in range(2):
        with door.hold((ONE, TWO)):
            pass
