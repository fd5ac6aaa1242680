"""Give web tests an app on real servers, with tables and an open galaxy."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import redis
from flask import Flask

from app import factory
from app.config import Settings, load
from app.engine.keys import Keys
from app.web.database import db
from app.web.parts import parts
from deploy import migrate
from tests.support.web import Asker, register

OpenApp = Callable[..., Flask]


@pytest.fixture
def settings(
    monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str
) -> Settings:
    """Give settings as an environment would."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_STATE_URL", redis_url)
    monkeypatch.setenv("ADDRESS_LIMITS_FREE", "127.0.0.0/8")
    monkeypatch.setenv("PLANETS", "500")
    return load()


@pytest.fixture
def open_app(settings: Settings) -> Iterator[OpenApp]:
    """Open apps, each with changes of the settings; they are closed with the test."""
    opened: list[Flask] = []

    def opens(**changes: Any) -> Flask:
        opened.append(factory.create_app(replace(settings, **changes)))
        return opened[-1]

    yield opens
    for one in opened:
        with one.app_context():
            db.engine.dispose()
            parts().limits.close()
            parts().cluster.close()


@pytest.fixture
def app(settings: Settings, open_app: OpenApp) -> Flask:
    """Give the app of one instance."""
    migrate.main()
    with redis.Redis.from_url(settings.redis_state_url) as client:
        client.set(Keys("1").epoch, "test")
    return open_app()


@pytest.fixture
def ann(app: Flask) -> Asker:
    """Give a player."""
    return register(app)


@pytest.fixture
def bob(app: Flask) -> Asker:
    """Give another player."""
    return register(app)
