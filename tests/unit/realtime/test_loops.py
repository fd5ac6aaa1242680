"""What must go on for as long as the process lives survives a failure."""

import pytest

from app.realtime import runtime
from app.realtime.loops import repeat


def test_goes_on_after_a_failure_until_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[int] = []
    pauses: list[float] = []
    monkeypatch.setattr(runtime, "sleep", pauses.append)

    def work() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise ValueError("once")

    repeat(0.5, work, until=lambda: len(done) == 3)

    assert done == [0, 1, 2]
    assert pauses == [0.5] * 3
