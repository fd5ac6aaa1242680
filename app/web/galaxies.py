"""Serve the galaxies: which there are, and the way in."""

from collections.abc import Iterator
from itertools import islice
from random import shuffle
from typing import Any

from marshmallow import Schema, fields

from app.core.message import Rejected
from app.engine import logs
from app.engine.peeks import REFS_A_TIME, cut
from app.engine.redis import Unavailable
from app.engine.reply import Reply
from app.realtime import presence
from app.realtime.limits import EVERYTHING
from app.web import galaxy, own
from app.web.identity import account, identity, signed_in, signed_in_for
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

FREE_TRIED_MAX = 8
"""Free homes that are tried; somebody else may be quicker."""

blueprint = StrictBlueprint(
    "galaxies", __name__, url_prefix="/api/v1/galaxies", description="Galaxies."
)


class Galaxy(Schema):
    """Describe a galaxy to who may join it."""

    id = fields.String(required=True)
    planets = fields.Integer(required=True)
    joined = fields.Boolean(required=True)


class World(Galaxy):
    """Describe a galaxy as it is now. `active_players` is null when nobody can tell."""

    server_ms = fields.Integer(required=True)
    active_players = fields.Integer(required=True, allow_none=True)
    weather = fields.Dict(
        values=fields.Dict(metadata={"x-view": "WeatherView"}),
        required=True,
        metadata={"description": "By region."},
    )
    hazards = fields.Dict(
        values=fields.String(metadata={"x-view": "Hazard"}),
        required=True,
        metadata={"description": "By sector, as `<x>:<y>`."},
    )
    protected = fields.List(fields.String(), required=True)


class Home(Schema):
    """Answer a join: the first colony."""

    galaxy = fields.String(required=True)
    colony = fields.String(required=True)


@blueprint.route("")
@signed_in
@blueprint.response(200, Galaxy(many=True))
def list_all() -> list[dict[str, Any]]:
    """List the galaxies of this cluster."""
    return [_shown(name) for name in parts().settings.galaxies]


@blueprint.route("/<string:galaxy_id>")
@signed_in
@blueprint.response(200, World)
def show(galaxy_id: str) -> dict[str, Any]:
    """Show a galaxy's time, weather, hazards and how many play."""
    now_ms = galaxy.named(galaxy_id).reads.now_ms()
    settings = parts().settings
    return {
        **_shown(galaxy_id),
        "server_ms": now_ms,
        "active_players": _active_players(now_ms),
        **parts().game.world(settings.galaxy_seed, settings.planets, now_ms),
    }


def _shown(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "planets": parts().settings.planets,
        "joined": _is_joined(name),
    }


def _active_players(now_ms: int) -> int | None:
    try:
        return presence.active_players(parts().cluster.bus, now_ms)
    except Unavailable:
        return None


def _is_joined(name: str) -> bool:
    shown = own.snapshot(galaxy.named(name), identity().player_id)
    return shown["player"] is not None


@blueprint.route("/<string:galaxy_id>/join", methods=["POST"])
@signed_in_for(EVERYTHING)
@blueprint.response(200, Home)
def join(galaxy_id: str) -> dict[str, Any]:
    """Found an empire and get its first colony; again gives the same answer."""
    found = galaxy.named(galaxy_id)
    reply = _founded(found)
    if reply.error is not None:
        error = dict(reply.error)
        raise Rejected(error.pop("code"), error.pop("message"), **error)
    return {"galaxy": galaxy_id, **(reply.result or {})}


def _founded(found: Any) -> Reply:
    """Found an empire where a few draws find room, or else wherever there is room."""
    reply = _founded_on(found, "")
    if reply.code != "busy":
        return reply
    for home in islice(_free(found), FREE_TRIED_MAX):
        reply = _founded_on(found, home)
        if reply.code != "busy":
            break
    return reply


def _founded_on(found: Any, home: str) -> Reply:
    player = account()
    command_id = f"{player.id}/join.{home or 'drawn'}"
    logs.bind(command_id=command_id)
    command = parts().game.joining(
        player=player.id, username=player.username, command_id=command_id, home=home
    )
    reply: Reply = found.dispatcher.dispatch(command)
    return reply


def _free(found: Any) -> Iterator[str]:
    """Name free homes, in an order that hardly anybody else has at the moment."""
    settings = parts().settings
    refs = parts().game.home_refs(settings.galaxy_seed, settings.planets)
    shuffle(refs)
    for some in cut(refs, REFS_A_TIME):
        _at_ms, states = found.reads.gather(lambda _known, some=some: some)
        yield from (ref.id for ref, colony in states.items() if colony is None)
