"""Decide on flags, ban and lift bans: `python -m workers.moderation`, `make flags`.

Without arguments it lists the flags that wait for a decision. What is decided is kept
with who decided it and when. In shadow mode flags are decided on, and ban nobody;
whoever is named to be banned (`--ban`) is banned all the same.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import structlog
from flask import Flask
from sqlalchemy import Connection, select

from app.cluster import Cluster
from app.config import load
from app.core.units import SECOND_MS
from app.engine import logs, metrics
from app.game.anticheat.projection import flags
from app.realtime import control
from app.web import accounts, bans, database, usernames
from app.web.accounts import Account
from app.web.database import db
from app.web.standing import Standings
from app.web.tokens import access_s

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
REASON = "confirmed flags"
EVIDENCE_SHOWN = 200
"""Characters of a flag's evidence in the list."""

log = structlog.get_logger()


class Moderation:
    """Act on accounts from a process that serves no requests."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._app = Flask("galactic_dominion.moderation")
        database.install(self._app, cluster.postgres)
        lasts_s = access_s(cluster.settings)
        self._standings = Standings(self._app, cluster.bus, lasts_s)

    def decide(self, ids: Sequence[int], *, confirmed: bool, who: str) -> int:
        """Decide on flags; tell how many this changed. Enough of them ban."""
        with self._cluster.postgres.begin() as connection:
            changed = flags.decide(connection, ids, confirmed=confirmed, who=who)
        self.settle(who)
        return len(changed)

    def confirm_sure(self, now_ms: int) -> None:
        """Confirm what needs no person, and ban who has too many flags."""
        if self._cluster.settings.anticheat_shadow:
            return
        with self._cluster.postgres.begin() as connection:
            flags.confirm_sure(connection, now_ms)
        self.settle(flags.MACHINE)

    def settle(self, who: str) -> list[str]:
        """Ban whoever has too many confirmed flags, once; give those banned.

        It looks at what is kept, not at what was decided just now: who dies in between
        loses nothing.
        """
        if self._cluster.settings.anticheat_shadow:
            return []
        with self._cluster.postgres.connect() as connection:
            found = flags.too_many(connection)
        return [player for player in found if self._ban_for_flags(player, who)]

    def ban(self, account_id: str, *, until: datetime, who: str, reason: str) -> None:
        """Ban an account, close its sockets on every instance.

        Raises:
            LookupError: there is no such account.
        """
        with self._account(account_id) as account:
            flags.spend(_connection(), account_id)
            bans.ban(account, until=until, who=who, reason=reason)
            self._standings.commit(account)
        self._tell(account_id, who, reason)

    def lift(self, account_id: str, *, who: str) -> None:
        """Lift an account's bans. Flags confirmed until now count no more.

        Raises:
            LookupError: there is no such account.
        """
        with self._account(account_id) as account:
            flags.spend(_connection(), account_id)
            bans.lift(account, who=who)
            self._standings.commit(account)
        log.warning("ban lifted", player_id=account_id, who=who)

    def find(self, name: str) -> str:
        """Give the id of the account with this id or name.

        Raises:
            LookupError: there is none, or one has it as its id, another as its name.
        """
        with self._app.app_context():
            named = Account.username_key == usernames.key(name)
            by_id = accounts.find(name)
            by_name = db.session.scalar(select(Account).where(named))
            found = by_id or by_name
            if found is None:
                raise LookupError(f"no account {name}")
            if by_name not in (None, found):
                raise LookupError(
                    f"two accounts {name}: the id of {found.username},"
                    f" and the name of {by_name.id}"
                )
            return found.id

    def name(self, account_id: str) -> str:
        """Give an account's name, or its id where it is gone."""
        with self._app.app_context():
            found = accounts.find(account_id)
            return found.username if found else account_id

    def _ban_for_flags(self, player: str, who: str) -> bool:
        try:
            with self._account(player) as account:
                is_due = player in flags.too_many(_connection())
                flags.spend(_connection(), player)
                is_due = is_due and not bans.is_banned(account)
                if is_due:
                    bans.ban(account, until=FOREVER, who=who, reason=REASON)
                self._standings.commit(account)
        except LookupError:
            with self._cluster.postgres.begin() as connection:
                flags.spend(connection, player)
            return False
        if is_due:
            self._tell(player, who, REASON)
        return is_due

    def _tell(self, player: str, who: str, reason: str) -> None:
        control.expel(self._cluster.bus, player, "banned")
        metrics.BANS.inc()
        log.warning("account banned", player_id=player, who=who, reason=reason)

    @contextmanager
    def _account(self, account_id: str) -> Iterator[Account]:
        """Hold an account: whoever else wants to change it waits."""
        with self._app.app_context():
            found = accounts.find(account_id)
            if found is None:
                raise LookupError(f"no account {account_id}")
            bans.lock(found)
            yield found


def _connection() -> Connection:
    return db.session.connection()


def main() -> int:
    """Do what was asked for, and list the flags."""
    asked = _arguments()
    logs.configure("moderation", "ERROR")
    cluster = Cluster(load())
    office = Moderation(cluster)
    try:
        _act(office, asked)
        player = office.find(asked.player) if asked.player else None
    except LookupError as error:
        print(f"error: {error.args[0]}", file=sys.stderr)
        return 1
    with cluster.postgres.connect() as connection:
        for row in flags.listed(connection, player, is_all=asked.all):
            print(_line(row, office.name(row.player)))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="moderation", description=__doc__)
    parser.add_argument("--confirm", type=_ids, default=[], metavar="ID,ID")
    parser.add_argument("--reject", type=_ids, default=[], metavar="ID,ID")
    parser.add_argument("--ban", metavar="PLAYER", help="name or id")
    parser.add_argument("--days", type=int, help="how long a ban lasts (for ever)")
    parser.add_argument("--unban", metavar="PLAYER", help="name or id")
    parser.add_argument("--who", help="who decides; needed for all of these")
    parser.add_argument("--player", help="list the flags of this player only")
    parser.add_argument("--all", action="store_true", help="list decided flags, too")
    asked = parser.parse_args()
    decides = asked.confirm or asked.reject or asked.ban or asked.unban
    if decides and not asked.who:
        parser.error("say who decides: --who (WHO=)")
    return asked


def _ids(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    wrong = [part for part in parts if not (part.isascii() and part.isdigit())]
    if wrong:
        given = ", ".join(wrong)
        raise argparse.ArgumentTypeError(f"numbers of flags are needed, not {given}")
    return [int(part) for part in parts]


def _act(office: Moderation, asked: argparse.Namespace) -> None:
    for ids, confirmed in ((asked.confirm, True), (asked.reject, False)):
        if ids:
            changed = office.decide(ids, confirmed=confirmed, who=asked.who)
            print(f"{'confirmed' if confirmed else 'rejected'}: {changed}")
    if asked.ban:
        until = (
            datetime.now(UTC) + timedelta(days=asked.days) if asked.days else FOREVER
        )
        player = office.find(asked.ban)
        office.ban(player, until=until, who=asked.who, reason="an operator's decision")
        print(f"banned: {asked.ban} until {until:%Y-%m-%d %H:%M} UTC")
    if asked.unban:
        office.lift(office.find(asked.unban), who=asked.who)
        print(f"unbanned: {asked.unban}")


def _line(row: Any, name: str) -> str:
    state = {None: "open", True: "confirmed", False: "rejected"}[row.confirmed]
    marks = (state, "shadow" if row.shadow else "", "spent" if row.is_spent else "")
    at = datetime.fromtimestamp(row.at_ms / SECOND_MS, UTC)
    evidence = orjson.dumps(row.evidence).decode()[:EVIDENCE_SHOWN]
    return (
        f"{row.id:>6} {row.confidence_percent:>3}% {row.detector:<20} {name}"
        f"  galaxy {row.galaxy}, {at:%Y-%m-%d %H:%M:%S} UTC,"
        f" {' '.join(mark for mark in marks if mark)}\n       {evidence}"
    )


if __name__ == "__main__":
    sys.exit(main())
