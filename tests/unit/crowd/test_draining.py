"""Who was asked to go elsewhere is not lost, whoever hangs up first."""

import asyncio

import pytest

from tests.load.crowd.dialect import User
from tests.load.crowd.measure import Figures
from tests.load.crowd.ours import Ours

NOTICE = {"code": "draining", "retry_after_ms": 0}


class Line:
    """Stand for a connection, which ends once."""

    def __init__(self, user):
        self.on_closed = user.on_closed

    def abort(self, reason):
        heard, self.on_closed = self.on_closed, lambda _reason: None
        heard(reason)


@pytest.mark.parametrize("first", ["client", "server"])
def test_counts_as_draining(first):
    figures, ends = Figures(), []
    user = User(0, "ann", "1")
    user.on_closed = ends.append

    async def told():
        ours = Ours("http://127.0.0.1:1", figures, accounts=None)
        line = user.connection = Line(user)
        ours._told(user, "notice", NOTICE)
        if first == "server":
            line.abort("closed 1000")
        await asyncio.sleep(0.01)

    asyncio.run(told())
    assert ends == ["draining"]
    assert figures.notices == {"draining": 1}
