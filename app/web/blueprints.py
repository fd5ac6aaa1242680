"""Put the web edge on an app: routes, errors, logs, tokens, documents."""

from typing import Any

from flask import Flask

from app.config import Settings
from app.web import (
    arenas,
    asyncapi,
    atlas,
    auth,
    chat,
    colonies,
    commands,
    database,
    docs,
    films,
    fleets,
    galaxies,
    health,
    kept,
    leaderboards,
    me,
    openapi,
    parts,
    problems,
    reports,
    requests,
    rules,
    sectors,
    simulator,
    strict_json,
)
from app.web.parts import Instance, Parts
from app.web.standing import Standings
from app.web.tokens import Tokens, access_s

ROUTES = (
    auth.blueprint,
    me.blueprint,
    galaxies.blueprint,
    atlas.blueprint,
    commands.blueprint,
    colonies.blueprint,
    fleets.blueprint,
    sectors.blueprint,
    leaderboards.blueprint,
    reports.blueprint,
    simulator.blueprint,
    films.blueprint,
    arenas.blueprint,
    chat.blueprint,
    rules.blueprint,
)
"""What the OpenAPI document describes."""


def register(
    app: Flask,
    *,
    cluster: Any,
    game: Any,
    limits: Any,
    instance: Instance,
) -> Tokens:
    """Put everything on `app`; the tokens it gives serve the Socket.IO edge, too."""
    settings: Settings = cluster.settings
    app.json = strict_json.OrjsonProvider(app)
    app.config["MAX_CONTENT_LENGTH"] = strict_json.BODY_BYTES_MAX
    requests.install(app, settings.instance)
    problems.install(app)
    database.install(app, cluster.postgres)
    openapi.install(app, ROUTES)
    standings = Standings(app, cluster.bus, access_s(settings))
    made = Parts(
        settings=settings,
        cluster=cluster,
        game=game,
        tokens=Tokens(app, settings, standings),
        standings=standings,
        limits=limits,
        instance=instance,
        map=atlas.drawn(settings, game),
        icons=atlas.icons(cluster, game),
        rules=kept.keep(game.rules_document()),
        openapi=kept.keep(openapi.document(app, game.WIRE)),
        asyncapi=kept.keep(asyncapi.document(game)),
    )
    parts.install(app, made)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(docs.blueprint)
    return made.tokens
