"""Run the game's commands as they come from clients, and answer each with an ack."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import redis
import structlog

from app.core.message import Command, Rejected
from app.engine import logs
from app.engine.redis import RETRY_AFTER_MS, Unavailable
from app.engine.reply import Reply, accepted, refused
from app.realtime.edge import Edge
from app.realtime.limits import EVERYTHING
from app.realtime.sessions import Session

BATCH_MAX = 20
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")

Ack = dict[str, Any]

log = structlog.get_logger()


class _Once:
    """Do something when it is first called."""

    __slots__ = ("_work",)

    def __init__(self, work: Callable[[], None]) -> None:
        self._work: Callable[[], None] | None = work

    def __call__(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work()


class Commands:
    """Translate, limit and dispatch."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    def run(self, session: Session, name: str, data: Any) -> Ack:
        """Run one command; whatever happens, there is an ack."""
        client_id = client_id_of(data)
        return answered(
            session, client_id, lambda: self._reply(session, name, data, client_id)
        )

    def batch(self, session: Session, data: dict[str, Any]) -> dict[str, Any]:
        """Run some commands in order; one refusal does not undo the others.

        Raises:
            Rejected: `invalid`; nothing was run.
        """
        commands = data.get("commands")
        if not isinstance(commands, list) or not 0 < len(commands) <= BATCH_MAX:
            raise invalid("commands", f"Must hold 1 to {BATCH_MAX} commands.")
        session.client.allowance.take(len(commands) - 1)
        return {"acks": [self._one_of_batch(session, one) for one in commands]}

    def _one_of_batch(self, session: Session, one: Any) -> Ack:
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, str):
            return answered(session, None, _refuse_nameless)
        return self.run(session, name, one.get("data"))

    def _reply(
        self, session: Session, name: str, data: Any, client_id: str | None
    ) -> Reply:
        player, limit = session.player_id, self._edge.limit_of(name) or EVERYTHING
        count = _Once(partial(self._edge.limits.player, limit, player))
        command = self._translated(session, name, data, client_id, count)
        count()
        with logs.bound(player_id=player, command_id=command.id):
            reply: Reply = session.galaxy.dispatcher.dispatch(command)
        return reply

    def _translated(
        self,
        session: Session,
        name: str,
        data: Any,
        client_id: str | None,
        count: Callable[[], None],
    ) -> Command:
        if self._edge.limit_of(name) is None:
            raise Rejected("unknown_command")
        if not isinstance(data, dict):
            raise Rejected("invalid", "Data must be one object.")
        if client_id is None:
            raise invalid("id", "Not a valid UUID.")
        return self._edge.translate(
            name,
            {field: value for field, value in data.items() if field != "id"},
            galaxy=session.galaxy,
            player=session.player_id,
            command_id=f"{session.player_id}/{client_id.lower()}",
            count=count,
        )


def answered(session: Session, client_id: str | None, reply: Any) -> Ack:
    """Turn what `reply()` gives or raises into the ack of a client's message."""
    try:
        answer = reply()
    except Rejected as refusal:
        answer = refused(refusal, session.now_ms())
    except (Unavailable, redis.RedisError):
        refusal = Rejected("unavailable", retry_after_ms=RETRY_AFTER_MS)
        answer = refused(refusal, session.now_ms())
    except Exception:
        log.exception("a message failed", player_id=session.player_id)
        refusal = Rejected("internal", "This went wrong here; it is being looked at.")
        answer = refused(refusal, session.now_ms())
    if not isinstance(answer, Reply):
        answer = accepted(answer, session.now_ms())
    return answer.ack(client_id)


def client_id_of(data: Any) -> str | None:
    """Read the id that a client gave its message; None when it is no UUID."""
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) and _UUID.fullmatch(found) else None


def invalid(field: str, problem: str) -> Rejected:
    """Refuse a message for one of its fields."""
    return Rejected("invalid", fields={field: [problem]})


def _refuse_nameless() -> Reply:
    raise invalid("name", "Not a command's name.")
