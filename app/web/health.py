"""Tell monitors what works: alive, ready, and numbers."""

from collections.abc import Callable
from typing import Any

import redis
import sqlalchemy as sa
from flask import Blueprint, Response, current_app, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.engine.redis import connect
from app.engine.tail import Tail
from app.web.parts import parts

JOURNAL_FULL = 0.9
"""How full of `journal_max` the journal may be before no more load should come."""

_BROKER = "broker_client"

blueprint = Blueprint("health", __name__)

Check = Callable[[], Any]


class Failing(Exception):
    """Tell in a word why something can't take commands."""


@blueprint.get("/healthz")
def alive() -> Response:
    """Tell that the process answers."""
    return jsonify(status="alive")


@blueprint.get("/metrics")
def numbers() -> Response:
    """Give this instance's metrics to Prometheus; not for the public."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


@blueprint.get("/readyz")
def ready() -> Response:
    """Tell whether commands can be taken, and what works.

    Postgres or the bus may be away for a while, or the server of one galaxy of several:
    play goes on, which is called degraded. Without both nothing can tell whether a
    token was revoked.
    """
    needed, galaxies, useful = (
        {name: _outcome(check) for name, check in checks.items()}
        for checks in (_needed(), _galaxies(), _useful())
    )
    is_ready = set(needed.values()) == {"ok"} and "ok" in galaxies.values()
    is_ready = is_ready and "ok" in (useful["bus"], useful["postgres"])
    is_whole = is_ready and {*galaxies.values(), *useful.values()} <= {"ok"}
    status = "ready" if is_whole else "degraded" if is_ready else "unavailable"
    release = parts().settings.release
    response = jsonify(
        status=status, release=release, checks=needed | galaxies | useful
    )
    response.status_code = 200 if is_ready else 503
    return response


def _needed() -> dict[str, Check]:
    return {"draining": _not_draining}


def _galaxies() -> dict[str, Check]:
    return {
        f"galaxy.{name}": _galaxy_check(parts().cluster.galaxy(name))
        for name in parts().settings.galaxies
    }


def _useful() -> dict[str, Check]:
    return {
        "bus": parts().cluster.bus.ping,
        "postgres": _ask_postgres,
        "broker": _broker().ping,
    }


def _not_draining() -> None:
    if parts().instance.is_draining():
        raise Failing("draining")


def _galaxy_check(galaxy: Any) -> Check:
    def check() -> None:
        tail = Tail(galaxy.store.client, galaxy.keys)
        if not tail.opened():
            raise Failing("rebuilding")
        if tail.standing().length > parts().settings.journal_max * JOURNAL_FULL:
            raise Failing("journal full")

    return check


def _ask_postgres() -> None:
    with parts().cluster.postgres.connect() as connection:
        connection.execute(sa.text("SELECT 1"))


def _broker() -> redis.Redis:
    settings = parts().settings
    if settings.celery_broker_url == settings.redis_bus_url:
        found: redis.Redis = parts().cluster.bus
        return found
    made = current_app.extensions.get(_BROKER)
    if made is None:
        made = current_app.extensions[_BROKER] = connect(settings.celery_broker_url)
    return made


def _outcome(check: Check) -> str:
    try:
        check()
    except Failing as failing:
        return str(failing)
    except (redis.RedisError, sa.exc.SQLAlchemyError) as error:
        return type(error).__name__
    return "ok"
