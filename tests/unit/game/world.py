"""Play the game in memory: the steps of the write path, with time as an argument."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.core.decider import AGGREGATES_MAX, Due, Needs, Outcome
from app.core.message import Command, Event, Ref, Rejected
from app.game import registry
from app.game.colonies.model.production import production
from deploy.local.node import node
from tests.support.shapes import check_heard, check_result, check_snapshot

ROOT = Path(__file__).parents[3]
START_MS = 1_700_000_000_000
SECOND_MS = 1_000
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS

_CLIENT = """
import { apply, amountsAt, enter, hear, leave } from %s;
import { readFileSync } from "node:fs";
const run = {
  apply: ({ view, events }) => events.reduce(apply, view),
  follow: ({ told }) =>
    told.reduce((known, [how, one]) => ({ enter, hear, leave })[how](known, one), {}),
  amounts: ({ resources, now_ms }) => amountsAt(resources, now_ms),
}["%s"];
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(run)));
"""


class World:
    """Hold states, timers and what was heard; `now_ms` only goes forward."""

    def __init__(self) -> None:
        self.game = registry.build_game("tests", 500, "secret")
        self.now_ms = START_MS
        self.states: dict[Ref, Any] = {}
        self.timers: dict[str, Due] = {}
        self.journal: list[tuple[Ref, Event]] = []
        self.heard: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._count = 0

    def join(self, player: str = "ann") -> str:
        """Found an empire and give its colony."""
        command = registry.joining(
            player=player, username=player, command_id=self._id(player)
        )
        colony: str = self.run(command)["colony"]
        return colony

    def order(
        self, name: str, /, *, player: str = "ann", **data: Any
    ) -> dict[str, Any]:
        """Send a wire message and give the result of its ack."""
        command = registry.translate(
            name, data, player=player, command_id=self._id(player), find=self._find
        )
        result = self.run(command)
        check_result(name, result)
        return result

    def run(self, command: Command) -> dict[str, Any]:
        """Run a command as it would run now."""
        self.wait(0)
        return self._run(command, self.now_ms)

    def wait(self, passed_ms: int) -> None:
        """Let time pass, and what is due with it."""
        until_ms = self.now_ms + passed_ms
        while self._next() and self._next().at_ms <= until_ms:
            due = self._next()
            del self.timers[due.command.id]
            self.now_ms = max(self.now_ms, due.at_ms)
            self._run(due.command, due.at_ms)
        self.now_ms = until_ms

    def drain(self, most_ms: int = DAY_MS) -> None:
        """Let everything that was ordered be done."""
        until_ms = self.now_ms + most_ms
        while self._next() and self._next().at_ms <= until_ms:
            self.wait(self._next().at_ms - self.now_ms)

    def give(self, colony: str, **units: int) -> None:
        """Put resources into a colony, past all rules."""
        ref = Ref("colony", colony)
        stock = self.states[ref].stock
        amounts = {**stock.amounts_milli, **{k: v * 1_000 for k, v in units.items()}}
        self._replace(ref, stock=_replaced(stock, amounts_milli=amounts))

    def set(self, kind: str, name: str, **changes: Any) -> None:
        """Change a state, past all rules; a colony's rates follow."""
        ref = Ref(kind, name)
        self._replace(ref, **changes)
        if kind == "colony":
            colony = self.states[ref]
            owner = self.states[Ref("player", colony.player)]
            made = production(colony, owner.modifiers)
            self._replace(ref, stock=_replaced(colony.stock, production=made))

    def snapshot(self, room: str) -> dict[str, Any]:
        """Give a room's snapshot as a client reads it."""
        known: dict[Ref, Any] = {}
        members = [
            ref
            for ref, state in self.states.items()
            if f"sector:{self.game.kinds[ref.kind].place(state)}"
            == room.removesuffix(":full")
        ]
        while True:
            refs = registry.snapshot_refs(room, members, known)
            if not set(refs) - set(known):
                break
            known = {ref: self.states.get(ref) for ref in refs}
        shown: dict[str, Any] = wire(registry.snapshot(room, known))
        check_snapshot(room, shown)
        return shown

    def _next(self) -> Due | None:
        return min(
            self.timers.values(),
            key=lambda due: (due.at_ms, due.command.id),
            default=None,
        )

    def _run(self, command: Command, now_ms: int) -> dict[str, Any]:
        outcome, states = decide(self.game, self.states, command, now_ms)
        return self._commit(outcome, states, now_ms)

    def _commit(
        self, outcome: Outcome, states: dict[Ref, Any], now_ms: int
    ) -> dict[str, Any]:
        for ref, event in outcome.events:
            states[ref] = self.game.kinds[ref.kind].evolve(states[ref], event)
            self.journal.append((ref, event))
        for ref, event in outcome.events:
            for heard in self.game.kinds[ref.kind].audience(ref, event, states, now_ms):
                for room in heard.rooms:
                    body = {"type": heard.type, "at_ms": now_ms, **heard.payload}
                    self.heard[room].append(wire(body))
                    check_heard(room, self.heard[room][-1])
        self.states |= {
            ref: state for ref, state in states.items() if state is not None
        }
        for name in outcome.drop:
            del self.timers[name]
        self.timers |= {due.command.id: due for due in outcome.due}
        return wire(outcome.result)

    def _find(self, names: Sequence[str]) -> dict[str, str]:
        """Find players by their usernames, which are their ids here."""
        if not all(Ref("player", name) in self.states for name in names):
            raise Rejected("not_found")
        return {name: name for name in names}

    def _id(self, player: str) -> str:
        self._count += 1
        return f"{player}/{self._count}"

    def _replace(self, ref: Ref, **changes: Any) -> None:
        self.states[ref] = _replaced(self.states[ref], **changes)


@contextmanager
def refused(code: str, **details: Any) -> Iterator[None]:
    """Expect a refusal with this code, and these details among others."""
    with pytest.raises(Rejected) as caught:
        yield
    assert caught.value.code == code
    assert {key: caught.value.details[key] for key in details} == details


def _replaced(struct: Any, **changes: Any) -> Any:
    return type(struct)(
        **{name: getattr(struct, name) for name in struct.__struct_fields__} | changes
    )


def decide(
    game: Any, states: dict[Ref, Any], command: Command, now_ms: int
) -> tuple[Outcome, dict[Ref, Any]]:
    """Decide a command as the engine does: what it needs is loaded on the way."""
    rule = game.rules[type(command)]
    refs = rule.loads(command)
    while True:
        loaded = {ref: states.get(ref) for ref in refs}
        try:
            return rule.decide(loaded, command, now_ms), loaded
        except Needs as needs:
            if set(needs.refs) & set(refs) or len(refs) == AGGREGATES_MAX:
                raise
            refs += needs.refs


def wire(value: Any) -> Any:
    """Give a value as it looks behind the wire."""
    return orjson.loads(orjson.dumps(value))


def client(what: str, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let the client's own code `apply` broadcasts, `follow` rooms, count `amounts`."""
    module = json.dumps((ROOT / "client" / "src" / "sync" / "apply.mjs").as_uri())
    ran = subprocess.run(
        [node(), "--input-type=module", "-e", _CLIENT % (module, what)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    answer: list[dict[str, Any]] = json.loads(ran.stdout)
    return answer
