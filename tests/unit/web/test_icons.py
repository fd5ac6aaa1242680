"""The colonies of a galaxy as an instance keeps them: one reading, never a stampede."""

from threading import Event, Thread

import orjson
import pytest
import sqlalchemy as sa

from app.engine.redis import Unavailable
from app.web.icons import LASTS_S, Icons, Read

SILENCE = sa.exc.OperationalError("select", {}, Exception("gone"))


class Postgres:
    """Answer readings, or not."""

    def __init__(self):
        self.asked = 0
        self.now_s = 0.0
        self.columns = '{"id":["a"]}'
        self.silent = False

    def read(self):
        self.asked += 1
        if self.silent:
            raise SILENCE
        return Read(self.asked, self.columns)


@pytest.fixture
def postgres():
    """Give a Postgres that counts what it is asked."""
    return Postgres()


@pytest.fixture
def icons(postgres):
    """Give what keeps its colonies."""
    return Icons(postgres.read, lambda: postgres.now_s)


def shown(icons):
    return orjson.loads(icons.show().plain)


def test_asks_once_for_many_callers(icons, postgres):
    assert {icons.show() for _ in range(200)} == {icons.show()}
    assert postgres.asked == 1
    postgres.now_s += LASTS_S
    assert shown(icons)["at_ms"] == 2


def test_keeps_its_name_while_colonies_are_the_same(icons, postgres):
    before = icons.show()
    postgres.now_s += LASTS_S
    same = icons.show()
    assert same.plain != before.plain
    assert same.etag == before.etag
    postgres.now_s += LASTS_S
    postgres.columns = '{"id":["a","b"]}'
    assert icons.show().etag != before.etag


def test_shows_the_last_known_while_postgres_is_silent(icons, postgres):
    before = icons.show()
    postgres.silent = True
    postgres.now_s += LASTS_S
    for _ in range(200):
        assert shown(icons) == {"at_ms": 1, "stale": True, "colonies": {"id": ["a"]}}
    assert postgres.asked == 2
    assert icons.show().etag != before.etag
    postgres.silent = False
    postgres.now_s += LASTS_S
    assert shown(icons) == {"at_ms": 3, "stale": False, "colonies": {"id": ["a"]}}


def test_refuses_while_nothing_was_ever_read_and_asks_again_later(icons, postgres):
    postgres.silent = True
    for _ in range(200):
        with pytest.raises(Unavailable):
            icons.show()
    assert postgres.asked == 1
    postgres.silent = False
    postgres.now_s += LASTS_S
    assert shown(icons)["stale"] is False


def test_gives_what_it_has_while_another_caller_reads(postgres):
    reads, may_end = Event(), Event()

    def slow():
        if postgres.asked:
            reads.set()
            assert may_end.wait(10)
        return postgres.read()

    icons = Icons(slow, lambda: postgres.now_s)
    before = icons.show()
    postgres.now_s += LASTS_S
    reader = Thread(target=icons.show)
    reader.start()
    assert reads.wait(10)
    assert icons.show() is before
    may_end.set()
    reader.join(10)
    assert shown(icons)["at_ms"] == 2
    assert postgres.asked == 2


def test_callers_wait_together_for_the_first_reading(postgres):
    may_end = Event()

    def slow():
        assert may_end.wait(10)
        return postgres.read()

    icons = Icons(slow, lambda: postgres.now_s)
    got = []
    callers = [Thread(target=lambda: got.append(icons.show())) for _ in range(8)]
    for caller in callers:
        caller.start()
    may_end.set()
    for caller in callers:
        caller.join(10)
    assert got == [icons.show()] * 8
    assert postgres.asked == 1
