"""Know who asks: the bearer token of the `Authorization` header, and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, request

from app.core.message import Rejected
from app.engine import logs
from app.realtime.limits import READING
from app.web import accounts
from app.web.accounts import Account
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint
from app.web.tokens import ACCESS, REFRESH, Identity

BEARER: dict[str, list[str]] = {"bearer": []}

View = Callable[..., Any]
LimitOf = Callable[..., str]
"""Names the limit that a request counts in, from the parts of its address."""


def signed_in(view: View) -> View:
    """Let through to a view who holds a good access token; it counts as reading."""
    return signed_in_for(READING)(view)


def signed_in_for(limit: str) -> Callable[[View], View]:
    """Let through as `signed_in`, and count in another limit, and in that of all."""
    return signed_in_by(lambda **_address: limit)


def signed_in_by(limit_of: LimitOf) -> Callable[[View], View]:
    """Let through as `signed_in_for`, with a limit that depends on the address."""
    return lambda view: _guarded(view, ACCESS, limit_of=limit_of)


def with_refresh_token(view: View) -> View:
    """Let through to a view only who holds a good refresh token."""
    return _guarded(view, REFRESH)


def with_any_token(view: View) -> View:
    """Let through to a view who holds either token.

    It counts nowhere: whoever floods with a stolen token keeps nobody from ending it.
    """
    return _guarded(view, ACCESS, REFRESH)


def _guarded(view: View, *types: str, limit_of: LimitOf | None = None) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        g.identity = parts().tokens.authenticate(_bearer_token(), *types)
        logs.bind(player_id=g.identity.player_id)
        if limit_of is not None:
            parts().limits.player(limit_of(**kwargs), g.identity.player_id)
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
