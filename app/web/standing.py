"""Know which tokens of an account still count, without asking Postgres each time.

The truth is the account's `token_generation`: tokens of an older one are void. Redis
holds a copy for as long as an access token can live; without it Postgres is asked.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import redis
import sqlalchemy as sa
from flask import Flask

from app.core.message import Rejected
from app.engine import keys
from app.engine.redis import Circuit, Unavailable
from app.web import accounts
from app.web.accounts import Account
from app.web.database import db

MARGIN_S = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold what decides on an account's tokens."""

    generation: int
    banned_until_ms: int

    def pack(self) -> str:
        """Write it for Redis."""
        return f"{self.generation} {self.banned_until_ms}"


class Standings:
    """Remember standings in Redis for `lasts_s`, the life of an access token."""

    def __init__(self, app: Flask, bus: redis.Redis, lasts_s: int) -> None:
        self._app = app
        self._bus = bus
        self._circuit = Circuit()
        self._ttl_s = lasts_s + MARGIN_S

    def check(self, account_id: str, generation: int) -> None:
        """Make sure that tokens of `generation` still count.

        Raises:
            Rejected: `unauthenticated` or `banned`.
            Unavailable: neither Redis nor Postgres knows.
        """
        [refusal] = self.refusals([(account_id, generation)])
        if refusal is not None:
            raise refusal

    def refusals(self, claims: Sequence[tuple[str, int]]) -> list[Rejected | None]:
        """Tell why tokens count no more, each named by account and generation.

        Raises:
            Unavailable: neither Redis nor Postgres knows.
        """
        found = self._read([account_id for account_id, _generation in claims])
        return [
            _refusal(standing or self._ask_postgres(account_id), generation)
            for (account_id, generation), standing in zip(claims, found, strict=True)
        ]

    def _read(self, account_ids: Sequence[str]) -> Sequence[Standing | None]:
        names = [keys.standing(account_id) for account_id in account_ids]
        try:
            found = self._circuit.call(self._bus.mget, names)
        except Unavailable:
            return [None] * len(names)
        return [
            Standing(*map(int, packed.split())) if packed else None for packed in found
        ]

    def _ask_postgres(self, account_id: str) -> Standing | None:
        with self._app.app_context():
            try:
                account = accounts.find(account_id)
            except sa.exc.SQLAlchemyError as error:
                raise Unavailable("accounts") from error
            if account is None:
                return None
            self.remember(account)
            return _of(account)

    def remember(self, account: Account) -> None:
        """Copy an account's standing to Redis where none is; prolong it where one is.

        It never overwrites: a login that began before a revocation must not undo it.
        """
        with suppress(Unavailable):
            self._circuit.call(self._keep, account)

    def _keep(self, account: Account) -> None:
        key = keys.standing(account.id)
        with self._bus.pipeline(transaction=False) as pipe:
            pipe.set(key, _of(account).pack(), ex=self._ttl_s, nx=True)
            pipe.expire(key, self._ttl_s)
            pipe.execute()

    def commit(self, account: Account) -> None:
        """Commit a changed account to Postgres, and void its old tokens everywhere.

        Redis goes first: if it can't be told, nothing changes.

        Raises:
            Unavailable: Redis doesn't answer; the account is as before.
        """
        db.session.flush()
        key = keys.standing(account.id)
        try:
            self._circuit.call(self._void, key, _of(account).pack())
        except Unavailable:
            db.session.rollback()
            raise
        try:
            db.session.commit()
        except sa.exc.SQLAlchemyError:
            self._circuit.call(self._bus.delete, key)
            raise

    def _void(self, key: str, packed: str) -> None:
        self._bus.set(key, packed, ex=self._ttl_s)


def _of(account: Account) -> Standing:
    return Standing(account.token_generation, account.banned_until_ms)


def _refusal(standing: Standing | None, generation: int) -> Rejected | None:
    if standing is None:
        return Rejected("unauthenticated", "This account is gone.")
    try:
        accounts.refuse_banned(standing.banned_until_ms)
    except Rejected as banned:
        return banned
    if standing.generation != generation:
        return Rejected("unauthenticated", "This token was revoked.")
    return None
