"""Lines of a task's log say which galaxy it works on, and nothing of another task."""

from types import SimpleNamespace
from typing import Any

import pytest
from structlog.contextvars import bind_contextvars, get_contextvars

from app.engine import logs
from app.engine.redis import Unavailable
from workers import process


@pytest.fixture(autouse=True)
def _no_context() -> Any:
    yield
    logs.start()


@pytest.fixture
def galaxies(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = SimpleNamespace(galaxies=("1", "2"))
    monkeypatch.setattr(process, "cluster", lambda: SimpleNamespace(settings=settings))


def test_a_galaxy_is_named_by_itself(galaxies: None) -> None:
    seen: list[Any] = []
    bind_contextvars(command_id="of another task")

    process.in_each_galaxy(lambda _name: seen.append(get_contextvars()))

    assert seen == [{"galaxy": "1"}, {"galaxy": "2"}]


def test_a_galaxy_whose_server_is_away_keeps_no_other_waiting(galaxies: None) -> None:
    worked: list[str] = []

    def work(name: str) -> None:
        if name == "1":
            raise Unavailable("redis")
        worked.append(name)

    process.in_each_galaxy(work)

    assert worked == ["2"]
