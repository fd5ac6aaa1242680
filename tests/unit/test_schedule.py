"""What is done again and again doesn't pile up."""

import importlib

import pytest


@pytest.fixture
def schedule(monkeypatch):
    """Read the schedule as beat does."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/none")
    monkeypatch.setenv("REDIS_STATE_URL", "redis://localhost/0")
    return importlib.import_module("workers.celery").app.conf.beat_schedule


def test_a_task_that_nobody_took_by_its_next_time_is_dropped(schedule):
    waits_s = {name: one["options"]["expires"] for name, one in schedule.items()}
    assert waits_s
    assert waits_s == {name: one["schedule"] for name, one in schedule.items()}
