"""Make and check tokens: who a request or a socket speaks for.

HS256 only, with issuer, audience and type checked. `Tokens.authenticate` serves HTTP
and Socket.IO alike and needs no request.
"""

import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from typing import Any

import jwt
from flask import Flask, has_app_context
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    decode_token,
)
from flask_jwt_extended.exceptions import JWTExtendedException

from app.config import Settings
from app.core.message import Rejected
from app.realtime.edge import TOKEN_LENGTH_MAX
from app.web import families
from app.web.accounts import Account, find
from app.web.standing import Standings

ACCESS = "access"
REFRESH = "refresh"
ACCESS_S_MAX = 900
"""No setting makes an access token live longer than 15 minutes."""

_NAME = "galactic-dominion"
_ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class Identity:
    """Tell whom a good token speaks for, and until when (Unix ms)."""

    player_id: str
    expires_ms: int
    type: str = ACCESS
    token_id: str = ""
    family: str = ""
    generation: int = 0


class Tokens:
    """Issue, rotate and check tokens for one app."""

    def __init__(self, app: Flask, settings: Settings, standings: Standings) -> None:
        self._app = app
        self._access_s = access_s(settings)
        self._refresh_s = settings.refresh_token_s
        self._standings = standings
        app.config.update(_configuration(settings))
        JWTManager(app)

    def log_in(self, account: Account) -> dict[str, Any]:
        """Begin a login: make its first pair of tokens."""
        token_id = str(uuid.uuid4())
        family = families.found(account.id, token_id, self._refresh_s)
        return self._pair(account, family, token_id)

    def refresh(self, used: Identity) -> tuple[Account, dict[str, Any]]:
        """Exchange a refresh token for a new pair.

        Raises:
            Rejected: `unauthenticated` where it was used before.
        """
        successor = str(uuid.uuid4())
        families.follow(used.family, used.token_id, successor, self._refresh_s)
        account = find(used.player_id)
        if account is None:
            raise Rejected("unauthenticated", "This account is gone.")
        return account, self._pair(account, used.family, successor)

    def _pair(self, account: Account, family: str, token_id: str) -> dict[str, Any]:
        claims = {"gen": account.token_generation, "fam": family}
        self._standings.remember(account)
        with self._context():
            access = create_access_token(account.id, additional_claims=claims)
            refresh = create_refresh_token(
                account.id, additional_claims={**claims, "jti": token_id}
            )
        return {
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": self._access_s,
        }

    def authenticate(self, token: object, *types: str) -> Identity:
        """Tell whom a token of one of `types` speaks for: an access token by default.

        Raises:
            Rejected: `unauthenticated` or `banned`.
            Unavailable: nothing can tell whether the token was revoked.
        """
        identity = self._decode(token)
        if identity.type not in (types or (ACCESS,)):
            raise Rejected("unauthenticated", "This is another kind of token.")
        self._standings.check(identity.player_id, identity.generation)
        return identity

    def refusals(self, identities: Sequence[Identity]) -> list[Rejected | None]:
        """Tell which tokens that were good are so no more, and why; expiry aside.

        Raises:
            Unavailable: nothing can tell whether they were revoked.
        """
        return self._standings.refusals(
            [(identity.player_id, identity.generation) for identity in identities]
        )

    def _decode(self, token: object) -> Identity:
        if not isinstance(token, str) or not 0 < len(token) <= TOKEN_LENGTH_MAX:
            raise Rejected("unauthenticated", "No token.")
        try:
            with self._context():
                return _identity(decode_token(token))
        except jwt.ExpiredSignatureError as error:
            raise Rejected("unauthenticated", "This token has expired.") from error
        except (jwt.PyJWTError, JWTExtendedException, ValueError, KeyError) as error:
            raise Rejected("unauthenticated", "This is no good token.") from error

    def _context(self) -> AbstractContextManager[Any]:
        return nullcontext() if has_app_context() else self._app.app_context()


def access_s(settings: Settings) -> int:
    """Tell how long access tokens live."""
    return min(settings.access_token_s, ACCESS_S_MAX)


def _identity(claims: dict[str, Any]) -> Identity:
    return Identity(
        player_id=str(claims["sub"]),
        expires_ms=int(claims["exp"]) * 1000,
        type=claims["type"],
        token_id=claims["jti"],
        family=claims["fam"],
        generation=claims["gen"],
    )


def _configuration(settings: Settings) -> dict[str, Any]:
    key = blake2b(settings.secret.encode(), person=b"tokens", digest_size=32)
    return {
        "JWT_SECRET_KEY": key.hexdigest(),
        "JWT_ALGORITHM": _ALGORITHM,
        "JWT_DECODE_ALGORITHMS": [_ALGORITHM],
        "JWT_TOKEN_LOCATION": ["headers"],
        "JWT_COOKIE_CSRF_PROTECT": False,
        "JWT_ENCODE_ISSUER": _NAME,
        "JWT_DECODE_ISSUER": _NAME,
        "JWT_ENCODE_AUDIENCE": _NAME,
        "JWT_DECODE_AUDIENCE": _NAME,
        "JWT_ACCESS_TOKEN_EXPIRES": timedelta(seconds=access_s(settings)),
        "JWT_REFRESH_TOKEN_EXPIRES": timedelta(seconds=settings.refresh_token_s),
    }
