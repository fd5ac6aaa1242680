"""Wait until a server says that a user is in, before the crowd hears anything."""

import asyncio
from collections.abc import Callable, Iterable

from tests.load.crowd.dialect import User
from tests.load.crowd.websocket import Connection, Dropped, Refused

JOIN_S = 30.0

SaysSo = Callable[[str | bytes], bool]
"""Tells whether a message says that the user is in; raises `Refused` if never."""


class Joining:
    """Hold the wait of one user. Messages may be shown before `done` is awaited."""

    def __init__(self, says_so: SaysSo) -> None:
        self._says_so = says_so
        self._answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def take(self, message: str | bytes) -> None:
        """Look at a message."""
        try:
            is_in = self._says_so(message)
        except Refused as refused:
            self._fail(refused)
        else:
            if is_in and not self._answer.done():
                self._answer.set_result(None)

    def lost(self, reason: str) -> None:
        """Take that the connection is gone."""
        self._fail(Dropped(reason))

    async def done(self) -> None:
        """Wait for it.

        Raises:
            Refused: the server said no.
            Dropped: it hung up, or was silent.
        """
        try:
            async with asyncio.timeout(JOIN_S):
                await self._answer
        except TimeoutError:
            raise Dropped("no answer to joining") from None

    def _fail(self, error: Refused | Dropped) -> None:
        if not self._answer.done():
            self._answer.set_exception(error)


async def joined(
    connection: Connection,
    user: User,
    says_so: SaysSo,
    early: Iterable[str | bytes] = (),
) -> None:
    """Wait, then give the connection to the user, and its messages to the crowd.

    `early` are the messages that came before the connection was known.

    Raises:
        Refused: the server said no.
        Dropped: it hung up, or was silent.
    """
    joining = Joining(says_so)
    connection.on_message, connection.on_closed = joining.take, joining.lost
    for message in early:
        joining.take(message)
    try:
        await joining.done()
    except BaseException:
        connection.close()
        raise
    user.connection = connection
    connection.on_message, connection.on_closed = user.on_message, user.on_closed
    if not connection.is_open:
        raise Dropped("gone at once")
