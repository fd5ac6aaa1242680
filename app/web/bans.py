"""Ban accounts, and lift bans: what operators and the anti-cheat decide.

The account's `banned_until` is what counts; each ban keeps who decided it and why.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.postgres import Id
from app.web.accounts import Account, now
from app.web.database import db


class Ban(db.Model):
    """Hold one ban, also after its end."""

    __tablename__ = "bans"

    number: Mapped[int] = mapped_column(
        sa.BigInteger, sa.Identity(always=True), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(Id, index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    who: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    until: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    lifted_by: Mapped[str | None] = mapped_column(sa.Text)
    lifted_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))


def lock(account: Account) -> None:
    """Read an account anew, and let nobody else change it until the commit."""
    db.session.refresh(account, with_for_update=True)


def is_banned(account: Account) -> bool:
    """Tell whether an account is banned now."""
    return account.banned_until is not None and account.banned_until > now()


def ban(account: Account, *, until: datetime, who: str, reason: str) -> None:
    """Ban an account; the caller commits its standing."""
    account.banned_until = until
    row = Ban(account_id=account.id, reason=reason, who=who, at=now(), until=until)
    db.session.add(row)


def lift(account: Account, *, who: str) -> None:
    """Lift an account's bans; the caller commits its standing."""
    account.banned_until = None
    lasts = sa.and_(Ban.account_id == account.id, Ban.lifted_at.is_(None))
    lifted = {"lifted_by": who, "lifted_at": now()}
    db.session.execute(sa.update(Ban).where(lasts).values(lifted))
