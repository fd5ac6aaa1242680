"""Serve accounts and tokens: register, log in and out, refresh, change the password."""

from typing import Any

from flask import request

from app.realtime import address
from app.web import accounts, addresses, families, guesses, schemas, usernames
from app.web.accounts import Account
from app.web.identity import account as asking
from app.web.identity import identity, signed_in, with_any_token, with_refresh_token
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

blueprint = StrictBlueprint(
    "auth", __name__, url_prefix="/api/v1/auth", description="Accounts and tokens."
)


@blueprint.route("/register", methods=["POST"])
@blueprint.arguments(schemas.Registration)
@blueprint.response(201, schemas.Login)
def register(sent: dict[str, Any]) -> dict[str, Any]:
    """Make an account and log in."""
    parts().limits.address("register", address.of(request.environ))
    return _logged_in(
        accounts.register(sent["username"], sent["password"], sent.get("email"))
    )


@blueprint.route("/login", methods=["POST"])
@blueprint.arguments(schemas.Credentials)
@blueprint.response(200, schemas.Login)
def log_in(sent: dict[str, Any]) -> dict[str, Any]:
    """Log in by name and password."""
    parts().limits.address("login", address.of(request.environ))
    with guesses.counted(usernames.key(sent["username"])):
        account = accounts.log_in(sent["username"], sent["password"])
    return _logged_in(account)


def _logged_in(account: Account) -> dict[str, Any]:
    return _answer(account, parts().tokens.log_in(account))


def _answer(account: Account, tokens: dict[str, Any]) -> dict[str, Any]:
    addresses.note(account.id, address.of(request.environ))
    return {"player": {"id": account.id, "username": account.username}, **tokens}


@blueprint.route("/refresh", methods=["POST"])
@with_refresh_token
@blueprint.response(200, schemas.Login)
def refresh() -> dict[str, Any]:
    """Exchange a refresh token, which works once, for a new pair."""
    return _answer(*parts().tokens.refresh(identity()))


@blueprint.route("/logout", methods=["POST"])
@with_any_token
@blueprint.response(204)
def log_out() -> None:
    """Log out everywhere: end every login and close every socket."""
    account = asking()
    accounts.void_tokens(account)
    end_logins(account)


@blueprint.route("/password", methods=["POST"])
@signed_in
@blueprint.arguments(schemas.PasswordChange)
@blueprint.response(200, schemas.Login)
def change_password(sent: dict[str, Any]) -> dict[str, Any]:
    """Change the password, log out everywhere, and log in here again."""
    account = asking()
    with guesses.counted(account.username_key):
        accounts.change_password(account, sent["password"], sent["new_password"])
    end_logins(account)
    return _logged_in(account)


def end_logins(account: Account) -> None:
    """Commit a changed account, void its tokens and close its sockets."""
    families.end_all(account.id)
    parts().standings.commit(account)
    parts().instance.disconnect(account.id, "unauthenticated")
