"""Keep the refresh tokens: one family a login, of which the last one made is good.

A refresh token works once. One that comes again was stolen, or its successor was: the
whole family ends (RFC 9700, section 4.14.2).
"""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import chance
from app.core.message import Rejected
from app.web.accounts import ID_LENGTH, now
from app.web.database import db

FAMILIES_MAX = 20
"""The most logins of one account; the oldest gives way."""


class TokenFamily(db.Model):
    """Hold one login: which refresh token is the good one."""

    __tablename__ = "token_families"

    id: Mapped[str] = mapped_column(sa.String(ID_LENGTH), primary_key=True)
    account_id: Mapped[str] = mapped_column(sa.String(ID_LENGTH), index=True)
    token_id: Mapped[str] = mapped_column(sa.String(36))
    created_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


def found(account_id: str, token_id: str, lasts_s: int) -> str:
    """Begin a family with its first refresh token, and give its id."""
    _make_room(account_id)
    family = TokenFamily(
        id=chance.name("family", secrets.token_hex(16)),
        account_id=account_id,
        token_id=token_id,
        created_at=now(),
        expires_at=now() + timedelta(seconds=lasts_s),
    )
    db.session.add(family)
    db.session.commit()
    return family.id


def _make_room(account_id: str) -> None:
    kept = (
        sa.select(TokenFamily.id)
        .where(TokenFamily.account_id == account_id, TokenFamily.expires_at > now())
        .order_by(TokenFamily.created_at.desc())
        .limit(FAMILIES_MAX - 1)
    )
    of_account = TokenFamily.account_id == account_id
    db.session.execute(
        sa.delete(TokenFamily).where(of_account, TokenFamily.id.not_in(kept))
    )


def follow(family: str, used: str, successor: str, lasts_s: int) -> None:
    """Replace the good token of a family by its successor.

    Raises:
        Rejected: `unauthenticated`; the family is over if `used` was used before.
    """
    swap = (
        sa.update(TokenFamily)
        .where(TokenFamily.id == family, TokenFamily.token_id == used)
        .values(token_id=successor, expires_at=now() + timedelta(seconds=lasts_s))
    )
    is_swapped = bool(db.session.execute(swap).rowcount)
    if not is_swapped:
        end(TokenFamily.id == family)
    db.session.commit()
    if not is_swapped:
        raise Rejected("unauthenticated", "This refresh token was used or revoked.")


def end_all(account_id: str) -> None:
    """End every login of an account; the caller commits."""
    end(TokenFamily.account_id == account_id)


def end(which: sa.ColumnElement[bool]) -> None:
    """End the families that `which` selects; the caller commits."""
    db.session.execute(sa.delete(TokenFamily).where(which))
