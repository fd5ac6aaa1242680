"""Ask over a pipe in a process of green threads: `piped <url> <case> ...`."""

import os
import sys
import traceback
from collections.abc import Callable
from time import monotonic
from typing import Any
from unittest import mock

if os.environ["ASYNC_MODE"] == "gevent":
    from gevent import monkey

    monkey.patch_all()

from app.realtime import runtime

WORKER = runtime.Worker
"""Asking for it patches the standard library, before anything else is imported."""

import redis  # isort: skip # noqa: E402

from app.engine.redis import connect  # isort: skip # noqa: E402
from app.realtime import pipe as module  # isort: skip # noqa: E402
from app.realtime.pipe import Pipe  # isort: skip # noqa: E402

THREADS = 200
BIG_BYTES = 8_000_000
BOUND_S = 10.0


def together(work: Callable[[int], Any], count: int = THREADS) -> list[Any]:
    """Do it in many green threads at once; gives what each answered or raised."""
    done: dict[int, Any] = {}

    def one(number: int) -> None:
        try:
            done[number] = work(number)
        except redis.RedisError as error:
            done[number] = error

    for number in range(count):
        runtime.spawn(one, number)
    deadline_s = monotonic() + BOUND_S
    while len(done) < count:
        assert monotonic() < deadline_s, f"{len(done)} of {count}"
        runtime.sleep(0.005)
    return [done[number] for number in range(count)]


def answers_each_its_own(url: str) -> None:
    pipe, other = Pipe(connect(url)), redis.Redis.from_url(url)
    before = other.info("clients")["connected_clients"]

    def ask(number: int) -> list[bytes]:
        return [pipe.ask("ECHO", f"{number}.{i}") for i in range(20)]

    answers = together(ask)

    assert answers == [
        [f"{number}.{i}".encode() for i in range(20)] for number in range(THREADS)
    ]
    assert other.info("clients")["connected_clients"] == before + 1
    assert (pipe.in_use, pipe.breaks) == (0, 0)


def keeps_the_connection_at_an_error(url: str) -> None:
    pipe = Pipe(connect(url))

    def ask(number: int) -> Any:
        return pipe.ask("ECHO", number) if number % 2 else pipe.ask("NOSUCHCOMMAND")

    answers = together(ask)

    assert all(isinstance(one, redis.ResponseError) for one in answers[::2])
    assert answers[1::2] == [b"%d" % number for number in range(1, THREADS, 2)]
    assert pipe.breaks == 0


def fails_what_is_on_its_way_and_sends_nothing_twice(url: str) -> None:
    pipe, other = Pipe(connect(url)), redis.Redis.from_url(url)
    pipe.ask("DEL", "count")
    runtime.spawn_after(0.2, other.client_kill_filter, None, None, None, True)

    def ask(number: int) -> Any:
        return (
            pipe.ask("BLPOP", "nothing", 5) if not number else pipe.ask("INCR", "count")
        )

    answers = together(ask)

    assert all(type(one) is redis.ConnectionError for one in answers), answers[:3]
    assert len({id(one) for one in answers}) == THREADS
    assert int(other.get("count") or 0) <= THREADS - 1
    assert (pipe.in_use, pipe.breaks) == (0, 1)
    assert together(lambda _n: pipe.ask("PING")) == [b"PONG"] * THREADS
    assert pipe.breaks == 1


def gives_up_a_silent_server(url: str) -> None:
    pipe, other = Pipe(connect(url)), redis.Redis.from_url(url)
    pipe.ask("PING")
    other.client_pause(1_200)
    started_s = monotonic()

    with mock.patch.object(module, "CALL_TIMEOUT_S", 0.3):
        answers = together(lambda _n: pipe.ask("SET", "silent", 1))

    waited_s = monotonic() - started_s
    assert all(type(one) is redis.TimeoutError for one in answers)
    assert 0.3 <= waited_s < 1.2
    assert pipe.in_use == 0


def shares_one_attempt_to_connect(url: str) -> None:
    pipe = Pipe(connect(url.rsplit(":", 1)[0] + ":1/0"))
    started_s = monotonic()

    answers = together(lambda _n: pipe.ask("PING"))

    assert all(isinstance(one, redis.ConnectionError) for one in answers)
    assert monotonic() - started_s < 1.0
    assert pipe.breaks < THREADS


def refuses_what_is_too_much(url: str) -> None:
    pipe = Pipe(connect(url), waiting_max=50)
    pipe.ask("PING")

    answers = together(lambda _n: pipe.ask("PING"))

    assert answers.count(b"PONG") == 50
    rest = [one for one in answers if one != b"PONG"]
    assert all(type(one) is redis.exceptions.MaxConnectionsError for one in rest)


def carries_what_is_larger_than_buffers(url: str) -> None:
    pipe = Pipe(connect(url))
    big = os.urandom(BIG_BYTES)

    def ask(number: int) -> Any:
        key = f"big{number}"
        return (
            pipe.ask("SET", key, big),
            pipe.ask("GET", key) == big,
            pipe.ask("DEL", key),
        )

    assert together(ask, 5) == [(b"OK", True, 1)] * 5


def answers_what_was_sent_ahead(url: str) -> None:
    pipe = Pipe(connect(url))
    pipe.ask("PING")

    def ask(number: int) -> Any:
        first, second = pipe.send("ECHO", f"a{number}"), pipe.send("NOSUCHCOMMAND")
        third = pipe.ask("ECHO", f"c{number}")
        try:
            second.get()
        except redis.ResponseError:
            return first.get(), third
        return None

    expected = [(b"a%d" % n, b"c%d" % n) for n in range(THREADS)]
    assert together(ask) == expected


def main(url: str, cases: list[str]) -> None:
    """Run cases; tell of each what became of it."""
    for case in cases:
        try:
            globals()[case](url)
        except Exception:  # noqa: BLE001 - told
            print(case, repr(traceback.format_exc()))
        else:
            print(case, "passed")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
    sys.stdout.flush()
    os._exit(0)  # green threads that watch live as long as the process
