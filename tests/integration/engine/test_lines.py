"""Connections are used again, and none that broke is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from app.engine import lines as module
from app.engine.lines import Lines
from app.engine.redis import connect

ASKED = 500


def test_answers_many_threads_over_few_connections(redis_url: str) -> None:
    lines = Lines(connect(redis_url))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda i: lines.ask("ECHO", str(i)), range(ASKED)))

    assert answers == [str(i).encode() for i in range(ASKED)]
    assert lines.in_use == 0
    assert len(lines._idle) <= 8


def test_keeps_a_connection_whose_server_answered_with_an_error(
    redis_url: str,
) -> None:
    lines = Lines(connect(redis_url))

    with pytest.raises(redis.exceptions.ResponseError):
        lines.ask("NOSUCHCOMMAND")

    assert lines.ask("PING") == b"PONG"
    assert len(lines._idle) == 1


def test_connects_again_after_the_server_cut_all(redis_url: str) -> None:
    lines, other = Lines(connect(redis_url)), redis.Redis.from_url(redis_url)
    lines.ask("PING")
    other.client_kill_filter(_type="normal", skipme=True)

    with pytest.raises(redis.exceptions.ConnectionError):
        lines.ask("PING")

    assert lines.in_use == 0
    assert lines.ask("PING") == b"PONG"
    other.close()


def test_waits_for_a_connection_where_all_are_taken(redis_url: str) -> None:
    lines = Lines(connect(redis_url), connections_max=2)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _i: lines.ask("PING"), range(ASKED)))

    assert answers == [b"PONG"] * ASKED
    assert len(lines._idle) <= 2


def test_gives_up_where_no_connection_comes_free(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONNECT_TIMEOUT_S", 0.01)

    with pytest.raises(redis.exceptions.MaxConnectionsError):
        Lines(connect(redis_url), connections_max=0).ask("PING")
