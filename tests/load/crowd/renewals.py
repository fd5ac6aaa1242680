"""Renew tokens before they end: a connection whose token has ended is closed."""

import asyncio
from collections.abc import Sequence
from random import uniform
from time import time

from tests.load.api import Failed
from tests.load.crowd.accounts import Accounts
from tests.load.crowd.dialect import User
from tests.load.crowd.link import Link
from tests.load.crowd.ours import Ours
from tests.load.crowd.websocket import Dropped

EARLIEST, LATEST = 0.4, 0.8
"""Between which parts of what is left of its life a token is renewed: spread out, for
a crowd that came together."""
AGAIN_S = 10.0


class Renewals:
    """Keep the tokens of a crowd."""

    def __init__(self, ours: Ours, accounts: Accounts) -> None:
        self._ours, self._accounts = ours, accounts

    async def keep(self, users: Sequence[User]) -> None:
        """Renew one token after the other, each at its time, until cancelled."""
        due = {user.number: _due_s(user.state.account.expires_s) for user in users}
        while due:
            user = min(users, key=lambda one: due[one.number])
            await asyncio.sleep(max(0.0, due[user.number] - time()))
            is_done = user.is_in and await self._renew(user)
            expires_s = user.state.account.expires_s
            due[user.number] = _due_s(expires_s) if is_done else time() + AGAIN_S

    async def _renew(self, user: User) -> bool:
        link: Link = user.state
        try:
            await self._accounts.renew(link.account)
            body = await self._ours.call(
                user, "auth.renew", {"token": link.account.access}
            )
        except (Dropped, Failed):
            return False
        return bool(body["ok"])


def _due_s(expires_s: float) -> float:
    left_s = max(0.0, expires_s - time())
    return time() + left_s * uniform(EARLIEST, LATEST)
