"""Trace commands: one span each, with what it loads, decides and commits below it."""

from typing import Any

from opentelemetry.trace import SpanContext

from app.core.decider import Outcome
from app.core.message import Command, Ref
from app.engine import dispatch, logs, timers
from app.engine.reply import Reply
from app.engine.store import Loaded, Overdue
from app.engine.traced.provider import below, current, span, trace_id
from app.engine.traced.store import Origin, Store


class Dispatcher(dispatch.Dispatcher):
    """Run commands within spans. Its store must be a traced one."""

    _store: Store

    def dispatch(self, command: Command, *, now_ms: int | None = None) -> Reply:
        """Run a player's command, as the plain dispatcher does."""
        with span(f"command {_name(command)}", attributes=self._named(command)) as made:
            answer = super().dispatch(command, now_ms=now_ms)
            made.set_attribute("gd.result", answer.code)
        return answer

    def _settle(self, own: Overdue, timed: timers.Timed) -> bool:
        command = self._codec.command(timed.command)
        links, parent = _place(self._store.origin(own.id))
        attributes = self._named(command) | {"gd.due_ms": own.at_ms}
        with span(
            f"settle {_name(command)}",
            attributes=attributes,
            parent=parent,
            links=links,
        ) as made:
            late_ms = max(0, self._store.clock.now_ms() - own.at_ms)
            made.set_attribute("gd.lateness_ms", late_ms)
            with logs.bound(trace_id=trace_id()):
                is_ours = super()._settle(own, timed)
            made.set_attribute("gd.is_ours", is_ours)
        return is_ours

    def _decide(self, job: Any, states: dict[Ref, Any], now_ms: int) -> Outcome:
        with span("decide"):
            return super()._decide(job, states, now_ms)

    def _commit(
        self, job: Any, loaded: Loaded, states: dict[Ref, Any], outcome: Outcome
    ) -> tuple[Reply, tuple[str, ...]]:
        with span("commit", attributes={"gd.events": len(outcome.events)}):
            return super()._commit(job, loaded, states, outcome)

    def _named(self, command: Command) -> dict[str, str | int]:
        return {
            "gd.galaxy": self._store.keys.tag.strip("{}:"),
            "gd.command": _name(command),
            "gd.command_id": command.id,
            "gd.player_id": command.player,
        }


def _name(command: Command) -> str:
    return type(command).__name__


def _place(origin: Origin | None) -> tuple[tuple[SpanContext, ...], Any]:
    """Tell where a timer's span belongs: its links, and the context above it.

    Settled on the way of something else, it belongs there; else to the trace of the
    command that set it; else it begins one, and only names what set it.
    """
    if origin is None:
        return (), None
    if not current().is_valid and origin.continues:
        return (), below(origin.context)
    is_above = origin.context.trace_id == current().trace_id
    return (() if is_above else (origin.context,)), None
