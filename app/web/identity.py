"""Know who asks: the bearer token of the `Authorization` header, and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, request

from app.core.message import Rejected
from app.engine import logs
from app.web import accounts
from app.web.accounts import Account
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint
from app.web.tokens import ACCESS, REFRESH, Identity

BEARER: dict[str, list[str]] = {"bearer": []}

View = Callable[..., Any]


def signed_in(view: View) -> View:
    """Let through to a view only who holds a good access token."""
    return _guarded(view, ACCESS)


def with_refresh_token(view: View) -> View:
    """Let through to a view only who holds a good refresh token."""
    return _guarded(view, REFRESH)


def with_any_token(view: View) -> View:
    """Let through to a view who holds either token."""
    return _guarded(view, ACCESS, REFRESH)


def _guarded(view: View, *types: str) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        g.identity = parts().tokens.authenticate(_bearer_token(), *types)
        logs.bind(player_id=g.identity.player_id)
        return view(*args, **kwargs)

    return StrictBlueprint.doc(security=[BEARER])(guarded)


def _bearer_token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else ""


def identity() -> Identity:
    """Tell whom the current request speaks for."""
    found: Identity = g.identity
    return found


def account() -> Account:
    """Read the account of who asks.

    Raises:
        Rejected: `unauthenticated` where it is gone.
    """
    found = accounts.find(identity().player_id)
    if found is None:
        raise Rejected("unauthenticated", "This account is gone.")
    return found
