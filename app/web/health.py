"""Tell monitors what works: alive, ready, and numbers."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from queue import Empty, Queue
from time import monotonic
from typing import Any

import redis
import sqlalchemy as sa
from flask import Blueprint, Response, current_app, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.engine.redis import connect
from app.engine.tail import Tail
from app.realtime.runtime import spawn
from app.web.parts import Instance, parts

JOURNAL_FULL = 0.9
"""How full of `journal_max` the journal may be before no more load should come."""
ANSWERS_S = 2.0
"""How long all checks together may take: the runner waits for 3 s, nginx for 5."""
SILENT = "no answer"

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
    instance, galaxies = parts().instance, _galaxies()
    draining = {"draining": partial(_refuse_draining, instance)}
    told = _outcomes(draining | galaxies | _useful())
    is_ready = told["draining"] == "ok" and "ok" in map(told.get, galaxies)
    is_ready = is_ready and "ok" in (told["bus"], told["postgres"])
    is_whole = is_ready and set(told.values()) == {"ok"}
    status = "ready" if is_whole else "degraded" if is_ready else "unavailable"
    release = parts().settings.release
    response = jsonify(status=status, release=release, checks=told)
    response.status_code = 200 if is_ready else 503
    return response


def _galaxies() -> dict[str, Check]:
    return {
        f"galaxy.{name}": _galaxy_check(parts().cluster.galaxy(name))
        for name in parts().settings.galaxies
    }


def _useful() -> dict[str, Check]:
    return {
        "bus": parts().cluster.bus.ping,
        "postgres": partial(_ask_postgres, parts().cluster.postgres),
        "broker": _broker().ping,
    }


def _refuse_draining(instance: Instance) -> None:
    if instance.is_draining():
        raise Failing("draining")


def _galaxy_check(galaxy: Any) -> Check:
    length_max = parts().settings.journal_max * JOURNAL_FULL

    def check() -> None:
        tail = Tail(galaxy.store.client, galaxy.keys)
        if not tail.opened():
            raise Failing("rebuilding")
        if tail.standing().length > length_max:
            raise Failing("journal full")

    return check


def _ask_postgres(postgres: sa.Engine) -> None:
    with postgres.connect() as connection:
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


def _outcomes(checks: Mapping[str, Check]) -> dict[str, str]:
    """Run all checks at the same time; one that takes too long is told as silent."""
    told: Queue[tuple[str, str]] = Queue()
    for name, check in checks.items():
        spawn(_tell, told, name, check)
    found = dict.fromkeys(checks, SILENT)
    ends_s = monotonic() + ANSWERS_S
    with suppress(Empty):
        for _check in checks:
            name, outcome = told.get(timeout=max(0.0, ends_s - monotonic()))
            found[name] = outcome
    return found


def _tell(told: Queue[tuple[str, str]], name: str, check: Check) -> None:
    told.put((name, _outcome(check)))


def _outcome(check: Check) -> str:
    try:
        check()
    except Failing as failing:
        return str(failing)
    except (redis.RedisError, sa.exc.SQLAlchemyError) as error:
        return type(error).__name__
    return "ok"
