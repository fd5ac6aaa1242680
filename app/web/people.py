"""Find players by their usernames: those with an empire in a galaxy, and no others.

A name that is nobody's and one whose account has no empire there get one answer, so it
tells no more about accounts than the galaxy's rankings do.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

from app.core.message import Rejected
from app.engine.redis import Unavailable
from app.web import usernames
from app.web.accounts import Account
from app.web.database import SILENCES

_BY_KEY = sa.select(Account.id, Account.username_key).where(
    Account.username_key.in_(sa.bindparam("keys", expanding=True))
)


def find(
    engine: Engine, game: Any, galaxy: Any, names: Sequence[str]
) -> Mapping[str, str]:
    """Give usernames by the players' ids.

    Raises:
        Rejected: `not_found`, with the names that are nobody's in this galaxy.
        Unavailable: a server doesn't answer.
    """
    keys = {name: usernames.key(name) for name in names if not usernames.flaw(name)}
    accounts = _accounts(engine, keys.values())
    refs = game.player_refs(accounts.values())
    _at_ms, states = galaxy.reads.gather(lambda _known: refs)
    players: Mapping[str, str] = game.usernames(states)
    unknown = [
        name for name in names if accounts.get(keys.get(name, "")) not in players
    ]
    if unknown:
        raise Rejected("not_found", "There is no such player.", names=unknown)
    return players


def _accounts(engine: Engine, keys: Any) -> dict[str, str]:
    """Read the ids of accounts by their names' keys."""
    try:
        with engine.connect() as connection:
            rows = connection.execute(_BY_KEY, {"keys": list(keys)}).all()
    except SILENCES as error:
        raise Unavailable("postgres") from error
    return {key: account_id for account_id, key in rows}
