"""Check what monitors are told."""

import re
import socket
from http import HTTPMethod
from time import monotonic

import pytest
import redis

from app.engine.keys import Keys
from app.web import health

NO_REDIS = "redis://127.0.0.1:1"
NO_POSTGRES = "postgresql://nobody@127.0.0.1:1/nothing"


def test_is_alive_and_ready(app, settings):
    client = app.test_client()
    assert client.get("/healthz").get_json() == {"status": "alive"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ready",
        "release": settings.release,
        "checks": dict.fromkeys(
            ["draining", "galaxy.1", "bus", "postgres", "broker"], "ok"
        ),
    }


@pytest.fixture
def state(settings):
    """Give a client of the state's Redis."""
    with redis.Redis.from_url(settings.redis_state_url) as client:
        yield client


def check(app, name, status):
    answer = app.test_client().get("/readyz")
    assert answer.status_code == status
    return answer.get_json()["checks"][name]


def test_is_not_ready_while_redis_waits_to_be_rebuilt(app, state):
    state.delete(Keys("1").epoch)
    assert check(app, "galaxy.1", 503) == "rebuilding"


def test_is_not_ready_while_the_journal_is_nearly_full(app, open_app, state):
    for _ in range(10):
        state.xadd(Keys("1").journal, {"e": b""})
    small = open_app(journal_max=10)
    assert check(small, "galaxy.1", 503) == "journal full"
    assert check(app, "galaxy.1", 200) == "ok"


def test_is_not_ready_while_draining(app):
    app.extensions["socketio"].server.is_draining = True
    assert check(app, "draining", 503) == "draining"


def test_is_degraded_without_postgres(app, open_app):
    lonely = open_app(database_url=NO_POSTGRES)
    assert check(lonely, "postgres", 200) == "OperationalError"
    assert lonely.test_client().get("/readyz").get_json()["status"] == "degraded"


def test_is_degraded_without_the_bus(app, open_app):
    """As `test_lets_players_in_without_the_bus` shows: nobody is kept from playing."""
    lonely = open_app(redis_bus_url=NO_REDIS)
    assert check(lonely, "bus", 200) == "ConnectionError"
    assert lonely.test_client().get("/readyz").get_json()["status"] == "degraded"


def test_is_not_ready_where_nothing_tells_of_tokens(app, open_app):
    lonely = open_app(redis_bus_url=NO_REDIS, database_url=NO_POSTGRES)
    assert check(lonely, "bus", 503) == "ConnectionError"
    assert lonely.test_client().get("/readyz").get_json()["status"] == "unavailable"


def test_is_not_ready_without_redis(app, open_app):
    lonely = open_app(redis_state_url=NO_REDIS)
    assert check(lonely, "galaxy.1", 503) == "ConnectionError"
    assert lonely.test_client().get("/healthz").status_code == 200


@pytest.fixture
def mute():
    """Give the port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_names_all_that_hang_within_one_deadline(app, open_app, mute, monkeypatch):
    monkeypatch.setattr(health, "ANSWERS_S", 0.4)
    hung = open_app(
        redis_state_url=f"redis://127.0.0.1:{mute}",
        redis_bus_url=f"redis://127.0.0.1:{mute}",
        celery_broker_url=f"redis://127.0.0.1:{mute}/1",
        database_url=f"postgresql://nobody@127.0.0.1:{mute}/nothing",
    )
    began_s = monotonic()
    answer = hung.test_client().get("/readyz")
    assert monotonic() - began_s < 2 * health.ANSWERS_S
    assert answer.status_code == 503
    assert answer.get_json()["checks"] == {
        "draining": "ok",
        "galaxy.1": "no answer",
        "bus": "no answer",
        "postgres": "no answer",
        "broker": "no answer",
    }


def test_gives_numbers_to_prometheus(app, ann):
    ann.joined()
    text = app.test_client().get("/metrics").get_data(as_text=True)
    assert 'gd_commands_total{command="JoinGalaxy",result="ok"}' in text
    assert "gd_http_seconds_bucket" in text
    assert 'gd_pool_in_use{pool="postgres"}' in text


def test_counts_methods_nobody_knows_as_others(app):
    client = app.test_client()
    for method in ("BREW", "INVENTED", "get"):
        client.open("/healthz", method=method)
    text = client.get("/metrics").get_data(as_text=True)
    counted = set(re.findall(r'gd_http_seconds_count{method="(\w+)"', text))
    assert "other" in counted
    assert counted <= {*HTTPMethod, "other"}
