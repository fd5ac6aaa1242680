"""Check every timer (L5): in Redis as in Postgres, indexed, and not done already."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import text

from app.core.message import Ref
from app.engine import timers
from app.engine.laws.galaxy import BATCH_MAX, Checked
from app.engine.peeks import cut

_NEXT = text(
    "SELECT id FROM timers WHERE galaxy = :galaxy AND id > :after"
    " ORDER BY id LIMIT :limit"
)
_KEPT = text(
    "SELECT id, at_ms, command, refs FROM timers"
    " WHERE galaxy = :galaxy AND id = ANY(:ids)"
)
_DONE = text(
    "SELECT command_id FROM commands WHERE galaxy = :galaxy AND command_id = ANY(:ids)"
)
_OVERDUE = text(
    "SELECT id, at_ms FROM timers WHERE galaxy = :galaxy AND at_ms < :before_ms"
    " ORDER BY at_ms LIMIT :limit"
)
_ORPHANS = text(
    "SELECT t.id FROM timers t WHERE t.galaxy = :galaxy AND NOT EXISTS ("
    " SELECT FROM unnest(t.refs) AS r(ref) JOIN aggregates a ON a.galaxy = t.galaxy"
    " AND a.kind = split_part(r.ref, ':', 1) AND a.id = split_part(r.ref, ':', 2))"
    " LIMIT :limit"
)


class Timers:
    """Check the timers of one galaxy."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked
        self._keys = checked.keys

    def batches(self) -> Iterator[list[str]]:
        """Name all timers, of Postgres and of Redis."""
        after = ""
        while found := self._next(after):
            yield found
            after = found[-1]
        names = (name.decode() for name, _value in self._scanned())
        for some in cut(names, BATCH_MAX):
            kept = self._kept(some)
            yield [name for name in some if name not in kept]

    def _scanned(self) -> Iterator[tuple[bytes, bytes]]:
        found: Any = self._checked.client.hscan_iter(
            self._keys.commands, count=BATCH_MAX
        )
        yield from found

    def _next(self, after: str) -> list[str]:
        values = {"galaxy": self._checked.id, "after": after, "limit": BATCH_MAX}
        with self._checked.postgres.connect() as connection:
            return list(connection.execute(_NEXT, values).scalars())

    def check(self, names: Sequence[str]) -> dict[str, str]:
        """Say what is wrong with which."""
        if not names:
            return {}
        hot = self._hot(names)
        kept = self._kept(names)
        done = self._done(names)
        indexed = self._indexed(hot)
        wrong = {
            name: _verdict(hot.get(name), kept.get(name), is_done=name in done)
            or indexed.get(name, "")
            for name in names
        }
        return {name: verdict for name, verdict in wrong.items() if verdict}

    def stuck(self, before_ms: int) -> dict[str, str]:
        """Name timers that were due before a time and are still there."""
        values = {
            "galaxy": self._checked.id,
            "before_ms": before_ms,
            "limit": BATCH_MAX,
        }
        with self._checked.postgres.connect() as connection:
            overdue = connection.execute(_OVERDUE, values).all()
        hot = self._hot([row.id for row in overdue])
        return {row.id: f"due since {row.at_ms}" for row in overdue if row.id in hot}

    def orphans(self) -> dict[str, str]:
        """Name timers none of whose aggregates is there."""
        values = {"galaxy": self._checked.id, "limit": BATCH_MAX}
        with self._checked.postgres.connect() as connection:
            found = connection.execute(_ORPHANS, values).scalars()
            return dict.fromkeys(found, "none of its aggregates is there")

    def _hot(self, names: Sequence[str]) -> dict[str, timers.Timed]:
        if not names:
            return {}
        found: Any = self._checked.client.hmget(self._keys.commands, list(names))
        return {
            name: timers.unpack(self._keys, value)
            for name, value in zip(names, found, strict=True)
            if value
        }

    def _kept(self, names: Sequence[str]) -> dict[str, timers.Timed]:
        with self._checked.postgres.connect() as connection:
            rows = connection.execute(_KEPT, self._named(names)).all()
        return {
            row.id: timers.Timed(
                row.at_ms,
                tuple(Ref(*ref.split(":", 1)) for ref in row.refs),
                bytes(row.command),
            )
            for row in rows
        }

    def _done(self, names: Sequence[str]) -> set[str]:
        with self._checked.postgres.connect() as connection:
            return set(connection.execute(_DONE, self._named(names)).scalars())

    def _indexed(self, hot: dict[str, timers.Timed]) -> dict[str, str]:
        """Say which timers are missing where the engine would look for them."""
        pipe = self._checked.client.pipeline(transaction=False)
        for name, timed in hot.items():
            pipe.zscore(self._keys.timers, name)
            for ref in timed.refs:
                pipe.zscore(self._keys.due(ref), name)
        scores = iter(pipe.execute())
        wrong: dict[str, str] = {}
        for name, timed in hot.items():
            if next(scores) is None:
                wrong[name] = "no clock would find it"
            due = [next(scores) for _ref in timed.refs]
            if any(score != timed.at_ms for score in due):
                wrong[name] = f"due at {timed.at_ms}, indexed at {due}"
        return wrong

    def _named(self, names: Sequence[str]) -> dict[str, Any]:
        return {"galaxy": self._checked.id, "ids": list(names)}


def _verdict(
    hot: timers.Timed | None, kept: timers.Timed | None, *, is_done: bool
) -> str:
    if hot is None and kept is None:
        return ""
    if is_done:
        return "done, but still to fire"
    if hot is None:
        return "only postgres has it"
    if kept is None:
        return "only redis has it"
    return "" if hot == kept else f"redis has {hot}, postgres {kept}"


class DueIndexes:
    """Check that the due indexes name only timers that are there."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked

    def batches(self) -> Iterator[list[Ref]]:
        """Name all aggregates that have a due index."""
        keys = self._checked.keys
        found: Any = self._checked.client.scan_iter(
            match=keys.due_indexes(), count=BATCH_MAX
        )
        yield from cut((keys.due_ref(key.decode()) for key in found), BATCH_MAX)

    def check(self, refs: Sequence[Ref]) -> dict[Ref, str]:
        """Say what is wrong with which."""
        lost = {ref: self._lost(ref) for ref in refs}
        return {
            ref: f"indexes timers that are gone: {names[:3]}"
            for ref, names in lost.items()
            if names
        }

    def _lost(self, ref: Ref) -> list[bytes]:
        keys, client = self._checked.keys, self._checked.client
        names: Any = client.zrange(keys.due(ref), 0, -1)
        if not names:
            return []
        values: Any = client.hmget(keys.commands, names)
        return [
            name
            for name, value in zip(names, values, strict=True)
            if not value or ref not in timers.unpack(keys, value).refs
        ]
