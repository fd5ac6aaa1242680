"""Serve a person's own account: show it, export it, delete it."""

from typing import Any

from app.web import accounts, addresses, chat, guesses, own, schemas
from app.web.auth import end_logins
from app.web.identity import account as asking
from app.web.identity import signed_in, signed_in_for
from app.web.strict_json import StrictBlueprint

EXPORT_LIMIT = "export"
"""It reads all that a person ever said."""

blueprint = StrictBlueprint(
    "me", __name__, url_prefix="/api/v1/me", description="The player's own account."
)


@blueprint.route("")
@signed_in
@blueprint.response(200, schemas.Me)
def show() -> dict[str, Any]:
    """Show the account and its empires."""
    account = asking()
    return {
        "player": {"id": account.id, "username": account.username},
        "email": account.email,
        "roles": account.roles,
        "created_ms": accounts.to_ms(account.created_at),
        "empires": own.empires(account.id),
    }


@blueprint.route("/export")
@signed_in_for(EXPORT_LIMIT)
@blueprint.response(200)
def export() -> dict[str, Any]:
    """Give everything that is kept of the person."""
    account = asking()
    return accounts.export(account) | {
        "addresses": addresses.export(account.id),
        "empires": own.empires(account.id),
        "messages": chat.export(account.id),
    }


@blueprint.route("", methods=["DELETE"])
@signed_in
@blueprint.arguments(schemas.Proof)
@blueprint.response(204)
def delete(sent: dict[str, Any]) -> None:
    """Delete the account: the person is forgotten, the game's history stays."""
    account = asking()
    with guesses.counted(account.username_key):
        accounts.prove(account, sent["password"])
    accounts.forget(account)
    addresses.forget(account.id)
    end_logins(account)
