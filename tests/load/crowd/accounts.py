"""Have accounts for a crowd: kept from the last run where they are, else registered.

A new account costs the cluster one Argon2 hash, which takes longer than anything else
here: for thousands of users they are kept in a file beside the cluster's data, with
their tokens. A kept access token is used as it is; an old one is exchanged by its
refresh token, which costs no hash; only where that fails too is there a login.
"""

import asyncio
from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from pathlib import Path
from time import time
from typing import Any

import msgspec

from tests.load.api import Api, Failed

PASSWORD = "correct horse battery staple"
AT_ONCE_MAX = 16
"""Accounts made at a time: the cluster hashes two at a time an instance."""
FRESH_S = 300
"""How long a kept token must still hold to be used as it is."""
KEPT_MAX = 20_000

Tick = Callable[[], None]


class Account(msgspec.Struct):
    """Hold one account, with an empire in the galaxy that the crowd plays in."""

    name: str
    player: str = ""
    colony: str = ""
    access: str = ""
    refresh: str = ""
    expires_s: float = 0.0


class Accounts:
    """Hold the accounts of one cluster; `file` is where they are kept, if anywhere."""

    def __init__(self, api: Api, file: Path | None = None, galaxy: str = "1") -> None:
        self._api = api
        self._file = file
        self._galaxy = galaxy
        self._known = _read(file)
        self.registered = self.reused = 0

    def of(self, name: str) -> Account:
        """Give an account that `prepare` made."""
        return self._known[name]

    async def prepare(self, names: Sequence[str], tick: Tick) -> None:
        """Have an account with a valid token for each name.

        Raises:
            Failed: the cluster refused one for good.
        """
        places = asyncio.Semaphore(AT_ONCE_MAX)
        try:
            async with asyncio.TaskGroup() as group:
                for name in names:
                    group.create_task(self._prepare(name, places, tick))
        except ExceptionGroup as failed:
            refused, _other = failed.split(Failed)
            raise (refused or failed).exceptions[0] from None
        finally:
            self._write()

    async def renew(self, account: Account) -> None:
        """Get another access token.

        Raises:
            Failed: the cluster refused.
        """
        try:
            answer = await self._api.post("/auth/refresh", {}, account.refresh)
        except Failed:
            who = {"username": account.name, "password": PASSWORD}
            answer = await self._api.post("/auth/login", who)
        _sign_in(account, answer)

    def keep(self) -> None:
        """Write down what tokens there are now."""
        self._write()

    async def _prepare(self, name: str, places: asyncio.Semaphore, tick: Tick) -> None:
        async with places:
            account = self._known.get(name)
            if account is None or not await self._reuse(account):
                account = self._known[name] = await self._register(name)
                self.registered += 1
            if not account.colony:
                path = f"/galaxies/{self._galaxy}/join"
                joined = await self._api.post(path, {}, account.access)
                account.colony = joined["colony"]
        tick()

    async def _reuse(self, account: Account) -> bool:
        """Tell whether a kept account still is one: the cluster's data may be new."""
        if account.expires_s - time() < FRESH_S:
            try:
                await self.renew(account)
            except Failed:
                return False
        self.reused += 1
        return True

    async def _register(self, name: str) -> Account:
        who = {"username": name, "password": PASSWORD}
        try:
            answer = await self._api.post("/auth/register", who)
        except Failed as failed:
            if failed.code != "username_taken":  # from an earlier run, its file is gone
                raise
            answer = await self._api.post("/auth/login", who)
        account = Account(name)
        _sign_in(account, answer)
        return account

    def _write(self) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        kept = list(self._known.values())[-KEPT_MAX:]
        new.write_bytes(msgspec.json.encode(kept))
        new.rename(self._file)


def _sign_in(account: Account, answer: dict[str, Any]) -> None:
    account.player = answer["player"]["id"]
    account.access, account.refresh = answer["access_token"], answer["refresh_token"]
    account.expires_s = expiry_of(account.access)


def expiry_of(token: str) -> float:
    """Read from a token when it ends, in Unix seconds; 0 where it doesn't say."""
    try:
        body = token.split(".")[1]
        padded = body + "=" * (-len(body) % 4)
        return float(msgspec.json.decode(urlsafe_b64decode(padded)).get("exp", 0))
    except (IndexError, ValueError, AttributeError, msgspec.DecodeError):
        return 0.0


def _read(file: Path | None) -> dict[str, Account]:
    if file is None:
        return {}
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=list[Account])
    except (OSError, msgspec.MsgspecError):
        return {}
    return {account.name: account for account in kept}
