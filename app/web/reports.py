"""Serve battles after the fact: reports to who fought, replays to who has a link."""

import re
from functools import cache
from hashlib import blake2b
from hmac import compare_digest
from typing import Any

from flask import Response, jsonify
from marshmallow import INCLUDE, Schema, fields, validate

from app.core.message import ID_PATTERN, Rejected, is_id
from app.realtime.limits import EVERYTHING
from app.web import own
from app.web.galaxy import GalaxyChoice, chosen, named
from app.web.identity import identity, signed_in, signed_in_for
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

LIMIT_MAX = 100
NEWEST = (2**62, "")
"""The page before which all reports are."""
ABSENT = "There is no such battle."
PURPOSE = "replays"

_PAGE = re.compile(rf"(\d{{1,15}})\.({ID_PATTERN})", re.ASCII)

blueprint = StrictBlueprint(
    "reports", __name__, url_prefix="/api/v1", description="Battles after the fact."
)


class ReportsPage(GalaxyChoice):
    """Read which reports are wanted: those after the page before."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, LIMIT_MAX))
    after = fields.String(
        validate=validate.Regexp(_PAGE), metadata={"description": "`next` of a page."}
    )


class Fought(Schema):
    """Show a finished battle in a list; worths are in units of resources."""

    battle = fields.String(required=True)
    board = fields.String(required=True)
    sector = fields.String(required=True)
    colony = fields.String(required=True)
    began_ms = fields.Integer(required=True)
    ended_ms = fields.Integer(required=True)
    points = fields.Integer(required=True)
    won = fields.Boolean(required=True)
    destroyed = fields.Integer(required=True)
    lost = fields.Integer(required=True)


class Reports(Schema):
    """Show own finished battles, newest first."""

    reports = fields.List(fields.Nested(Fought), required=True)
    next = fields.String(required=True, allow_none=True)


class Report(Schema):
    """Show a battle."""

    class Meta:
        """More may stand here."""

        unknown = INCLUDE

    id = fields.String(required=True)
    tick = fields.Integer(required=True)
    chain = fields.String(required=True)
    forces = fields.Dict(required=True)
    winner = fields.Integer(required=True, allow_none=True)
    log = fields.List(fields.Dict(), required=True)


class Link(Schema):
    """Give the address of a replay, for anybody."""

    path = fields.String(required=True)


class Replay(Schema):
    """Show what a battle was fought with, and what came of it."""

    class Meta:
        """More may stand here."""

        unknown = INCLUDE

    engine = fields.Integer(required=True)
    seed = fields.String(required=True)
    forces = fields.List(fields.Dict(), required=True)
    orders = fields.List(fields.Dict(), required=True)
    chain = fields.String(required=True)
    log = fields.List(fields.Dict(), required=True)


@blueprint.route("/reports")
@signed_in
@blueprint.arguments(ReportsPage, location="query")
@blueprint.response(200, Reports)
def show_all(page: dict[str, Any]) -> dict[str, Any]:
    """List own finished battles, newest first."""
    player, galaxy = identity().player_id, chosen(page).id
    before = _before(page.get("after"))
    with parts().cluster.postgres_read.connect() as connection:
        found = parts().game.reports(
            connection, (galaxy, player), before, page["limit"]
        )
    last = found[-1] if len(found) == page["limit"] else None
    return {
        "reports": found,
        "next": f"{last['ended_ms']}.{last['battle']}" if last else None,
    }


def _before(after: str | None) -> tuple[int, str]:
    match = _PAGE.fullmatch(after or "")
    return (int(match[1]), match[2]) if match else NEWEST


@blueprint.route("/reports/<string:battle_id>")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200, Report)
def show(query: dict[str, Any], battle_id: str) -> Response:
    """Show a battle that the player fights or fought in."""
    galaxy = chosen(query)
    seen = own.states(galaxy, refs(battle_id))
    shown = parts().game.show_report(battle_id, identity().player_id, seen.states)
    return jsonify(shown | {"stale": seen.stale})


@blueprint.route("/reports/<string:battle_id>/share", methods=["POST"])
@signed_in_for(EVERYTHING)
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200, Link)
def share(query: dict[str, Any], battle_id: str) -> dict[str, str]:
    """Give a link to the replay of a finished battle."""
    galaxy = chosen(query)
    states = own.states(galaxy, refs(battle_id)).states
    parts().game.show_report(battle_id, identity().player_id, states)
    parts().game.show_replay(battle_id, states)
    return {"path": f"/api/v1/replays/{_token(galaxy.id, battle_id)}"}


@blueprint.route("/replays/<string:token>")
@blueprint.response(200, Replay)
def replay(token: str) -> Response:
    """Show the replay of a finished battle to whoever has the link."""
    galaxy_id, battle_id = battle_of(token)
    states = own.states(named(galaxy_id), refs(battle_id)).states
    return jsonify(parts().game.show_replay(battle_id, states))


def refs(battle_id: str) -> Any:
    """Name what is known of a battle.

    Raises:
        Rejected: `not_found`: no battle can be called so.
    """
    if not is_id(battle_id):
        raise Rejected("not_found", ABSENT)
    return parts().game.report_refs(battle_id)


def _token(galaxy_id: str, battle_id: str) -> str:
    """Name a battle so that only who was given the name knows it."""
    name = ".".join((galaxy_id, battle_id))
    key = _key(parts().settings.derived(PURPOSE))
    return f"{name}.{blake2b(name.encode(), key=key, digest_size=16).hexdigest()}"


@cache
def _key(secret: str) -> bytes:
    return bytes.fromhex(secret)


def battle_of(token: str) -> tuple[str, str]:
    """Give the galaxy and the battle that a link is of.

    Raises:
        Rejected: `not_found`: nobody was given that link.
    """
    galaxy_id, _, rest = token.partition(".")
    battle_id = rest.partition(".")[0]
    if not compare_digest(_token(galaxy_id, battle_id).encode(), token.encode()):
        raise Rejected("not_found", ABSENT)
    return galaxy_id, battle_id
