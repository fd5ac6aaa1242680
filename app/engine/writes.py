"""Turn what a rule decided into one commit: states, journal, timers, broadcasts."""

from collections.abc import Iterable
from typing import Any

import orjson
from msgspec import Struct

from app.core.decider import Due, Game, Heard, Outcome
from app.core.message import Command, Ref
from app.engine import journal, reply, timers
from app.engine.codec import Codec
from app.engine.journal import Change, Entry, Timer
from app.engine.keys import Keys
from app.engine.store import Loaded, Overdue, Write

States = dict[Ref, Any]


class Decided(Struct, frozen=True, kw_only=True):
    """Hold a command with what was loaded for it and what came of it."""

    command: Command
    own: Overdue | None
    fingerprint: str
    reply: bytes
    loaded: Loaded
    states: States
    outcome: Outcome


class Writes:
    """Make commits for one galaxy."""

    def __init__(self, game: Game, keys: Keys, codec: Codec) -> None:
        self._game = game
        self._keys = keys
        self._codec = codec

    def of(self, decided: Decided) -> Write:
        """Evolve the states and lay out all that has to be written with them."""
        loaded, outcome = decided.loaded, decided.outcome
        after = self._evolved(decided.states, outcome)
        changed = tuple(dict.fromkeys(ref for ref, _event in outcome.events))
        added = {one.command.id: self._timed(one) for one in outcome.due}
        heard = self._heard(outcome, after, loaded.now_ms)
        packed = {name: timers.pack(self._keys, one) for name, one in added.items()}
        return Write(
            epoch=loaded.epoch,
            command_id=decided.command.id,
            at_ms=loaded.now_ms,
            own=decided.own,
            reply=decided.reply,
            versions={ref: one.version for ref, one in loaded.held.items()},
            states={ref: self._codec.encode(after[ref]) for ref in changed},
            entry=journal.encode(self._entry(decided, after, changed, added)),
            added=packed,
            due_ms={name: one.at_ms for name, one in added.items()},
            dropped=outcome.drop,
            broadcasts=_broadcasts(heard, loaded.now_ms),
            signals=_signals(heard),
            moves=self._moves(changed, decided.states, after),
        )

    def _evolved(self, before: States, outcome: Outcome) -> States:
        after = dict(before)
        for ref, event in outcome.events:
            after[ref] = self._game.kinds[ref.kind].evolve(after[ref], event)
        return after

    def _entry(
        self,
        decided: Decided,
        after: States,
        changed: tuple[Ref, ...],
        added: dict[str, timers.Timed],
    ) -> Entry:
        own = (decided.own.id,) if decided.own else ()
        return Entry(
            command_id=decided.command.id,
            name=type(decided.command).__name__,
            player=decided.command.player,
            at_ms=decided.loaded.now_ms,
            fingerprint=decided.fingerprint,
            reply=decided.reply[reply.FINGERPRINT_BYTES :],
            changes=tuple(self._change(ref, decided, after[ref]) for ref in changed),
            added=tuple(
                Timer(name, one.at_ms, one.command, one.refs)
                for name, one in added.items()
            ),
            dropped=decided.outcome.drop + own,
        )

    def _change(self, ref: Ref, decided: Decided, state: Any) -> Change:
        events = tuple(
            self._codec.encode(event)
            for one, event in decided.outcome.events
            if one == ref
        )
        version = decided.loaded.held[ref].version + 1
        place = self._game.kinds[ref.kind].place(state)
        return Change(ref.kind, ref.id, version, events, place)

    def _timed(self, due: Due) -> timers.Timed:
        rule = self._game.rules[type(due.command)]
        found = (*rule.loads(due.command), *rule.reaches(due.command))
        refs = tuple(dict.fromkeys(found))
        return timers.Timed(due.at_ms, refs, self._codec.encode(due.command))

    def _heard(self, outcome: Outcome, states: States, at_ms: int) -> list[Heard]:
        return [
            heard
            for ref, event in outcome.events
            for heard in self._game.kinds[ref.kind].audience(ref, event, states, at_ms)
        ]

    def _moves(
        self, changed: Iterable[Ref], before: States, after: States
    ) -> tuple[tuple[str, str, str], ...]:
        moves: list[tuple[str, str, str]] = []
        for ref in changed:
            place = self._game.kinds[ref.kind].place
            old = None if before[ref] is None else place(before[ref])
            new = place(after[ref])
            if old == new:
                continue
            moves += [(old, "-", str(ref))] if old is not None else []
            moves += [(new, "+", str(ref))] if new is not None else []
        return tuple(moves)


def _broadcasts(told: Iterable[Heard], at_ms: int) -> dict[str, list[bytes]]:
    rooms: dict[str, list[bytes]] = {}
    for heard in told:
        if heard.is_signal:
            continue
        body = {"type": heard.type, "at_ms": at_ms, **heard.payload}
        piece = orjson.dumps(body)[1:]
        for room in heard.rooms:
            rooms.setdefault(room, []).append(piece)
    return rooms


def _signals(told: Iterable[Heard]) -> tuple[str, ...]:
    rooms = (room for heard in told if heard.is_signal for room in heard.rooms)
    return tuple(dict.fromkeys(rooms))
