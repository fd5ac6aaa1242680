"""Remember from which addresses an account was used, and never the address itself.

What is kept is a keyed hash: it tells that two accounts share an address, and without
the secret nothing else. Networks that are free of limits are not kept: who shares them
says nothing. Of IPv6, the network of a home counts, not the device in it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.realtime import address as addresses
from app.web.accounts import ID_LENGTH, now, to_ms
from app.web.database import db
from app.web.parts import parts

KEPT = timedelta(days=60)
"""How long after its last use an address is remembered."""
NOTED_EVERY = timedelta(hours=1)
"""One note in this time is enough."""
HASH_BYTES = 16


class AccountAddress(db.Model):
    """Hold that an account was used from an address."""

    __tablename__ = "account_addresses"

    account_id: Mapped[str] = mapped_column(sa.String(ID_LENGTH), primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(2 * HASH_BYTES), primary_key=True)
    first_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    last_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))

    __table_args__ = (
        sa.Index("ix_account_addresses_address", "address"),
        sa.Index("ix_account_addresses_last_at", "last_at"),
    )


_SHARED = sa.text(
    "SELECT address, count(*) AS sharers,"
    " array_agg(account_id) FILTER (WHERE account_id = ANY(:accounts)) AS accounts"
    " FROM account_addresses WHERE address IN (SELECT address FROM account_addresses"
    " WHERE account_id = ANY(:accounts)) GROUP BY address"
    " HAVING count(*) BETWEEN 2 AND :most"
)


def hashed(address: str, secret: str) -> str:
    """Hide an address: the same home gives the same hash under the same secret."""
    key = blake2b(secret.encode(), person=b"addresses", digest_size=32).digest()
    sent = addresses.home(address).encode()
    return blake2b(sent, key=key, digest_size=HASH_BYTES).hexdigest()


def note(account_id: str, address: str) -> None:
    """Remember that an account was used from an address just now."""
    settings = parts().settings
    if address == addresses.UNKNOWN or parts().limits.is_free(address):
        return
    moment = now()
    row = {
        "account_id": account_id,
        "address": hashed(address, settings.secret),
        "first_at": moment,
        "last_at": moment,
    }
    statement = insert(AccountAddress).values(row)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["account_id", "address"],
            set_={"last_at": moment},
            where=AccountAddress.last_at < moment - NOTED_EVERY,
        )
    )
    db.session.commit()


def forget(account_id: str) -> None:
    """Forget the addresses of an account; the caller commits."""
    of_account = AccountAddress.account_id == account_id
    db.session.execute(sa.delete(AccountAddress).where(of_account))


def export(account_id: str) -> list[dict[str, Any]]:
    """Give what is kept of an account's addresses."""
    rows = sa.select(AccountAddress).where(AccountAddress.account_id == account_id)
    return [
        {
            "address_hash": row.address,
            "first_ms": to_ms(row.first_at),
            "last_ms": to_ms(row.last_at),
        }
        for row in db.session.scalars(rows)
    ]


def prune(connection: sa.Connection) -> None:
    """Forget addresses that were not used for long."""
    is_old = AccountAddress.last_at < now() - KEPT
    connection.execute(sa.delete(AccountAddress).where(is_old))


def sharers(
    connection: sa.Connection, accounts: Collection[str], most: int
) -> dict[frozenset[str], int]:
    """Tell which of some accounts share an address, two by two.

    The value counts all accounts behind the address, the least where they share more
    than one. Addresses of more than `most` accounts don't count.
    """
    found: dict[frozenset[str], int] = {}
    values = {"accounts": list(accounts), "most": most}
    for row in connection.execute(_SHARED, values):
        for two in combinations(row.accounts, 2):
            pair = frozenset(two)
            found[pair] = min(row.sharers, found.get(pair, row.sharers))
    return found
