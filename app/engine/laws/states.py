"""Check every aggregate: its history makes its state (L1) and its sums (L3).

The same fold shows that versions have no gap, that Redis and Postgres agree, and that
nothing is negative.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from app.core.message import Ref
from app.engine.laws.galaxy import BATCH_MAX, Checked
from app.engine.peeks import cut
from app.engine.postgres import streamed

Sums = Counter[tuple[str, str]]
"""(cause, resource) -> amount over all events that were folded."""

_NEXT = text(
    "SELECT kind, id FROM aggregates WHERE galaxy = :galaxy AND (kind, id) >"
    " (:kind, :id) ORDER BY kind, id LIMIT :limit"
)
_STORED = text(
    "SELECT kind, id, version, state FROM aggregates"
    " WHERE galaxy = :galaxy AND (kind, id) IN (SELECT * FROM unnest("
    " CAST(:kinds AS text[]), CAST(:ids AS text[])))"
)
_EVENTS = text(
    "SELECT e.kind, e.id, e.version, e.number, e.name, e.layout, e.body"
    " FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[])) AS w(kind, id)"
    " JOIN events e ON e.galaxy = :galaxy AND e.kind = w.kind AND e.id = w.id"
    " ORDER BY e.kind, e.id, e.version, e.number"
)


class Stored(NamedTuple):
    """Hold an aggregate as Redis or Postgres has it."""

    version: int
    data: bytes


NOTHING = Stored(0, b"")
FIRST = Ref("", "")
"""Comes before every ref."""


class _Fold:
    """Fold one aggregate's events, and keep the state at the version Redis had."""

    def __init__(self, checked: Checked, ref: Ref, hot_version: int) -> None:
        self._codec = checked.codec
        self._evolve = checked.game.kinds[ref.kind].evolve
        self._ledger = checked.ledgers.get(ref.kind)
        self._holdings = checked.holdings.get(ref.kind)
        self._hot_version = hot_version
        self._following = 0
        self.version = 0
        self.state: Any = None
        self.at_hot: Any = None
        self.sums: Sums = Counter()
        self.problem = ""

    def add(self, row: Any) -> None:
        """Apply the next event."""
        place = (row.version, row.number)
        if place not in ((self.version, self._following), (self.version + 1, 0)):
            self.problem = f"version {self.version} is followed by {row.version}"
        event = self._codec.revive(row.name, row.layout, row.body)
        self.state = self._evolve(self.state, event)
        self.version, self._following = row.version, row.number + 1
        if row.version <= self._hot_version:
            self.at_hot = self.state
        for cause, amounts in self._ledger(event).items() if self._ledger else ():
            for resource, amount in amounts.items():
                self.sums[cause, resource] += amount

    def wrong(self, cold: Stored) -> str:
        """Say whether Postgres holds something else than what its history makes."""
        if self.problem:
            return self.problem
        if cold.version != self.version:
            return f"postgres is at {cold.version}, its history at {self.version}"
        return self.differs("postgres", cold, self.state) or self._unbalanced()

    def differs(self, where: str, stored: Stored, state: Any) -> str:
        """Say whether a stored state is not what the history makes."""
        held = self._codec.decode(stored.data) if stored.data else None
        if held == state:
            return ""
        return f"{where} at version {stored.version} is not what the history makes"

    def _unbalanced(self) -> str:
        if self._holdings is None or self.state is None:
            return ""
        held = {name: sum_ for name, sum_ in self._holdings(self.state).items() if sum_}
        moved: Counter[str] = Counter()
        for (_cause, resource), amount in self.sums.items():
            moved[resource] += amount
        if held != {name: amount for name, amount in moved.items() if amount}:
            return f"holds {held}, but its events moved {dict(moved)}"
        if min(held.values(), default=0) < 0:
            return f"holds less than nothing: {held}"
        return ""


class States:
    """Check aggregates; `sums` tells afterwards what their events moved."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked
        self._ahead: dict[Ref, Stored] = {}
        self.sums: Sums = Counter()

    def batches(self, after: Ref = FIRST) -> Iterator[list[Ref]]:
        """Name all aggregates that Postgres has, in order, from a ref on."""
        while found := self._next(after):
            yield found
            after = found[-1]

    def only_hot(self) -> Iterator[list[Ref]]:
        """Name all aggregates that only Redis has."""
        keys = self._checked.keys
        found: Any = self._checked.client.scan_iter(
            match=keys.aggregates(), count=BATCH_MAX
        )
        for some in cut((keys.ref(key.decode()) for key in found), BATCH_MAX):
            with self._checked.postgres.connect() as connection:
                cold = self._cold(connection, some)
            yield [ref for ref in some if ref not in cold]

    def _next(self, after: Ref) -> list[Ref]:
        values = {"galaxy": self._checked.id, "kind": after.kind, "id": after.id}
        with self._checked.postgres.connect() as connection:
            rows = connection.execute(_NEXT, values | {"limit": BATCH_MAX})
            return [Ref(*row) for row in rows]

    def check(self, refs: Sequence[Ref]) -> dict[Ref, str]:
        """Say what is wrong with which."""
        folds, wrong = self._checked_once(refs)
        for fold in folds:
            self.sums.update(fold.sums)
        return wrong

    def recheck(self, refs: Sequence[Ref]) -> dict[Ref, str]:
        """Say what is still wrong with which; their sums are counted already."""
        return self._checked_once(refs)[1]

    def _checked_once(
        self, refs: Sequence[Ref]
    ) -> tuple[Iterable[_Fold], dict[Ref, str]]:
        hot = self._hot(refs)
        folds = {ref: _Fold(self._checked, ref, hot[ref].version) for ref in refs}
        with self._checked.postgres.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ")
            cold = self._cold(connection, refs)
            self._fold(connection, folds)
        wrong = {
            ref: verdict
            for ref, fold in folds.items()
            if (verdict := self._verdict(ref, fold, cold.get(ref, NOTHING), hot[ref]))
        }
        return folds.values(), wrong

    def _verdict(self, ref: Ref, fold: _Fold, cold: Stored, hot: Stored) -> str:
        was_ahead = self._ahead.pop(ref, None) is not None
        if wrong := fold.wrong(cold):
            return wrong
        if not hot.version:
            return ""
        if hot.version > fold.version:
            self._ahead[ref] = hot
            return f"redis is at {hot.version}, the history at {fold.version}"
        if hot.version < fold.version and not was_ahead:
            return f"redis is at {hot.version}, behind the history at {fold.version}"
        return fold.differs("redis", hot, fold.at_hot)

    def _hot(self, refs: Sequence[Ref]) -> dict[Ref, Stored]:
        """Read Redis; what was ahead is kept until the history has come that far."""
        pipe = self._checked.client.pipeline(transaction=False)
        for ref in refs:
            pipe.hmget(self._checked.keys.aggregate(ref), ["v", "d"])
        found = {
            ref: Stored(int(version), data) if version else NOTHING
            for ref, (version, data) in zip(refs, pipe.execute(), strict=True)
        }
        return found | {ref: self._ahead[ref] for ref in refs if ref in self._ahead}

    def _cold(self, connection: Connection, refs: Sequence[Ref]) -> dict[Ref, Stored]:
        rows = connection.execute(_STORED, self._named(refs))
        return {
            Ref(row.kind, row.id): Stored(row.version, bytes(row.state)) for row in rows
        }

    def _fold(self, connection: Connection, folds: Mapping[Ref, _Fold]) -> None:
        named = self._named(list(folds))
        for row in streamed(connection, _EVENTS, BATCH_MAX, **named):
            folds[Ref(row.kind, row.id)].add(row)

    def _named(self, refs: Sequence[Ref]) -> dict[str, Any]:
        kinds, ids = [ref.kind for ref in refs], [ref.id for ref in refs]
        return {"galaxy": self._checked.id, "kinds": kinds, "ids": ids}
