"""Describe a game to the engine: kinds of aggregates and the rules that change them.

A rule is pure. It sees the states it named, the command and the time, and answers with
an `Outcome`. It may refuse with `Rejected`, or ask for more aggregates with `Needs`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from app.core.message import Command, Event, Ref, Rejected

AGGREGATES_MAX = 8
"""The most aggregates that one command may touch."""

SETTLE = "settle"
"""The workers' queue that timers wait in, unless a rule names another."""

States = Mapping[Ref, Any]
"""State of each loaded aggregate, None where it does not exist yet."""


class Due(Struct, frozen=True, kw_only=True):
    """Ask for `command` to be decided at `at_ms` (Unix ms of the server clock).

    Its timer's name is `command.id`: dropping that name cancels it.
    """

    at_ms: int
    command: Command


class Outcome(Struct, frozen=True, kw_only=True):
    """Answer a command: what happened to which aggregate, and what must follow.

    `due` adds timers, `drop` cancels timers by command id, `result` goes into the ack.
    """

    events: tuple[tuple[Ref, Event], ...] = ()
    due: tuple[Due, ...] = ()
    drop: tuple[str, ...] = ()
    result: dict[str, Any] = {}


class Needs(Exception):
    """Ask for aggregates that only turned out on the way to be touched."""

    def __init__(self, *refs: Ref) -> None:
        super().__init__(*refs)
        self.refs = refs


class Heard(Struct, frozen=True, kw_only=True):
    """Tell who hears an event and what they may see of it.

    `payload` is what the wire shows beside `seq`, `type` and `at_ms`. A signal is for
    instances, not for clients: its rooms only say that something changed, and have
    neither numbers nor a history.
    """

    rooms: tuple[str, ...]
    type: str
    payload: dict[str, Any]
    is_signal: bool = False


Loads = Callable[[Any], tuple[Ref, ...]]
Decide = Callable[[States, Any, int], Outcome]
Evolve = Callable[[Any, Event], Any]
Audience = Callable[[Ref, Any, States, int], Iterable[Heard]]
Place = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """Say which aggregates a command loads and how it is decided.

    `reaches` names further ones that change by what follows from it: a timer's command
    is settled before anything that comes later to what it loads or reaches (law L7).
    `queue` is the workers' queue in which timers of such commands wait.
    """

    loads: Loads
    decide: Decide
    reaches: Loads = field(default=lambda _command: ())
    queue: str = SETTLE


@dataclass(frozen=True, slots=True)
class Kind:
    """Say how one kind of aggregate changes, where it is and who hears of it.

    `place(state)` names the sector `"<x>:<y>"` that the aggregate stands in, if any;
    `audience(ref, event, states, at_ms)` sees the states after the whole outcome.
    """

    state: type[Struct]
    evolve: Evolve
    audience: Audience
    place: Place = field(default=lambda _state: None)


@dataclass(frozen=True, slots=True)
class Game:
    """Hold everything that the engine must know of a game."""

    kinds: Mapping[str, Kind]
    rules: Mapping[type[Command], Rule]
    events: tuple[type[Event], ...]
    upcasters: Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]]
    """(struct name, old version) -> body of the next version."""


def check_new(states: States, ref: Ref) -> None:
    """Refuse a command whose id made an aggregate before: replies aren't kept for ever.

    Raises:
        Rejected: `id_reused`.
    """
    if states[ref] is not None:
        raise Rejected("id_reused", "This id made something before.")
