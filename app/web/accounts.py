"""Keep the accounts of people: who they are, not what they play."""

import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import chance
from app.core.message import Rejected
from app.core.units import SECOND_MS
from app.web import passwords, usernames
from app.web.database import db

ID_LENGTH = 13
TAKEN = "That name, or one like it, is taken."


def now() -> datetime:
    """Tell the time by this machine: accounts are not part of the game's clock."""
    return datetime.now(UTC)


def to_ms(moment: datetime) -> int:
    """Turn what a row holds into Unix ms, as everything on the wire is."""
    return int(moment.timestamp() * SECOND_MS)


class Account(db.Model):
    """Hold one person's account. Its id is the player's id in every galaxy."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(sa.String(ID_LENGTH), primary_key=True)
    username: Mapped[str] = mapped_column(sa.String(usernames.LENGTH_MAX))
    username_key: Mapped[str] = mapped_column(sa.Text, unique=True)
    username_look: Mapped[str] = mapped_column(sa.Text, unique=True)
    email: Mapped[str | None] = mapped_column(sa.String(254))
    password_hash: Mapped[str] = mapped_column(sa.Text)
    roles: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    token_generation: Mapped[int] = mapped_column(sa.Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    banned_until: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    deleted_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))

    @property
    def banned_until_ms(self) -> int:
        """Tell until when the account is banned in Unix ms, 0 where it is not."""
        return to_ms(self.banned_until) if self.banned_until else 0


def register(username: str, password: str, email: str | None) -> Account:
    """Make an account.

    Raises:
        Rejected: `username_taken`, also by a name that only looks the same, or as the
            id of an account: whoever moderates may name it by either.
    """
    account = Account(
        id=chance.name("account", secrets.token_hex(16)),
        email=email,
        password_hash=passwords.hashed(password),
        created_at=now(),
    )
    _rename(account, username)
    if db.session.get(Account, account.username_key):
        raise Rejected("username_taken", TAKEN)
    db.session.add(account)
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Rejected("username_taken", TAKEN) from error
    return account


def _rename(account: Account, username: str) -> None:
    account.username = username
    account.username_key = usernames.key(username)
    account.username_look = usernames.look(username)


def find(account_id: str) -> Account | None:
    """Read a living account by id."""
    found = db.session.get(Account, account_id)
    return found if found and not found.deleted_at else None


def log_in(username: str, password: str) -> Account:
    """Find the account that name and password belong to.

    Raises:
        Rejected: `bad_credentials` for an unknown name and a wrong password alike;
            `banned` only to who knows the password.
    """
    account = _named(username)
    stored = account.password_hash if account else None
    db.session.rollback()  # gives the connection back while Argon2 works
    if not passwords.is_right(password, stored) or account is None:
        raise Rejected("bad_credentials", "Wrong name or password.")
    refuse_banned(account.banned_until_ms)
    return account


def _named(username: str) -> Account | None:
    if usernames.flaw(username):
        return None
    by_key = sa.select(Account).where(Account.username_key == usernames.key(username))
    found: Account | None = db.session.scalar(by_key)
    return found


def refuse_banned(until_ms: int) -> None:
    """Turn away who is banned now.

    Raises:
        Rejected: `banned`, with its end.
    """
    if until_ms > to_ms(now()):
        raise Rejected("banned", "This account is banned.", until_ms=until_ms)


def change_password(account: Account, old: str, new: str) -> None:
    """Set another password and end every login made with the old one.

    Raises:
        Rejected: `bad_credentials` where `old` is not the password.
    """
    prove(account, old)
    replacement = passwords.hashed(new)
    void_tokens(account)
    account.password_hash = replacement


def void_tokens(account: Account) -> None:
    """Void every token of an account; its row stays locked until the commit.

    Raises:
        Rejected: `unauthenticated` where the account was deleted meanwhile.
    """
    db.session.refresh(account, with_for_update=True)
    if account.deleted_at:
        raise Rejected("unauthenticated", "This account is gone.")
    account.token_generation += 1


def prove(account: Account, password: str) -> None:
    """Make sure that who asks knows the account's password.

    Raises:
        Rejected: `bad_credentials`.
    """
    stored = account.password_hash
    db.session.rollback()
    if not passwords.is_right(password, stored):
        raise Rejected("bad_credentials", "Wrong password.")


def forget(account: Account) -> None:
    """Take the person out of an account; its id stays, for the game's history."""
    void_tokens(account)
    account.username = f"deleted-{account.id}"
    account.username_key = account.username_look = f"deleted:{account.id}"
    account.email = None
    account.password_hash = ""
    account.roles = []
    account.deleted_at = now()


def export(account: Account) -> dict[str, Any]:
    """Give everything that the account's row says of the person."""
    return {
        "id": account.id,
        "username": account.username,
        "email": account.email,
        "roles": account.roles,
        "created_ms": to_ms(account.created_at),
    }
