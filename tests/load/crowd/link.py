"""Hold what one user of ours knows: its account, its rooms, its open questions."""

import asyncio
from collections.abc import Callable, Iterable
from random import getrandbits
from typing import Any
from uuid import UUID

from tests.load.crowd.accounts import Account
from tests.load.crowd.dialect import Heard
from tests.load.crowd.rooms import Rooms

Body = dict[str, Any]
Taken = Callable[[Body], Iterable[Heard]]
"""Takes an ack's body the moment it comes, before anything that comes after it."""


class Link:
    """Hold what one user of ours knows: its account, rooms, and open questions."""

    __slots__ = (
        "account",
        "answers",
        "channel",
        "last",
        "rooms",
        "taken",
        "view",
        "welcome",
    )

    def __init__(self, account: Account, rooms: Rooms) -> None:
        self.account = account
        self.rooms = rooms
        self.last = 0
        self.channel = ""
        self.view: Body | None = None
        self.welcome: asyncio.Future[Body] | None = None
        self.answers: dict[int, asyncio.Future[Body]] = {}
        self.taken: dict[int, Taken] = {}


def command_id() -> str:
    """Draw the id of a command: another one each run, also of the same seed."""
    return str(UUID(int=getrandbits(128), version=4))
