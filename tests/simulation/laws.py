"""Check the laws of `docs/ARCHITECTURE.md` on a galaxy at rest after a play."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from app.core.message import Ref
from app.engine.codec import Codec
from app.engine.laws.audit import audit
from app.engine.laws.galaxy import Checked
from app.engine.postgres import aggregates, commands
from app.game.galaxy.model.map import SECTOR
from deploy.local.node import node
from tests.simulation.play import Play
from tests.simulation.servers import Galaxy
from tests.support.shapes import check_heard, check_snapshot

FOLD = Path(__file__).parent / "fold.mjs"
FOLD_S = 120


def check_audit(checked: Checked) -> None:
    """L1, L3, L4, L5: what `make verify` checks on a running cluster."""
    for finding in audit(checked, Counter()):
        assert not finding.wrong, f"{finding.law}: {finding.wrong}"


def check_replies(galaxy: Galaxy, play: Play) -> None:
    """L4: what was refused had no effect; L5: what was due is done."""
    statement = select(commands.c.command_id).where(commands.c.galaxy == galaxy.id)
    with galaxy.postgres.connect() as connection:
        ids = set(connection.execute(statement).scalars())
    for name, decided in play.decided.items():
        assert decided.reply.ok or name not in ids, f"L4: {name} was refused"
    assert not galaxy.due(play.now_ms), "L5: timers left behind"


def check_fog(galaxy: Galaxy) -> None:
    """L8: a sector's room speaks of nothing that lies outside of the sector.

    Its public tier speaks of hidden colonies only, and no room of fleets' orders but
    their owner's.
    """
    for key in galaxy.client.scan_iter(match=galaxy.keys.room("*"), count=1_000):
        room = key.decode().split(":room:", 1)[1]
        for _id, fields in galaxy.client.xrange(key):
            if fields[b"e"]:
                heard = orjson.loads(fields[b"e"])
                _check_heard(room, heard)
                check_heard(room, heard)


def _check_heard(room: str, event: dict[str, Any]) -> None:
    kind, _, name = room.partition(":")
    if kind == "player":
        return
    for secret in ("queue", "cargo", "home", "order"):
        assert secret not in (event.get("changes") or {}), f"L8: {room}: {event}"
    if kind != "sector":
        return
    for x, y in _points(event):
        lies_in = f"{int(x // SECTOR)}:{int(y // SECTOR)}"
        assert name.removesuffix(":full") == lies_in, f"L8: {room}: {event}"
    if not name.endswith(":full"):
        assert event["type"] == "colonies.founded", f"L8: {room}: {event}"


def _points(value: Any) -> Iterator[tuple[float, float]]:
    """Find every place that a broadcast names."""
    if isinstance(value, dict):
        if "x" in value and "y" in value:
            yield value["x"], value["y"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _points(one)


def states(galaxy: Galaxy, codec: Codec) -> dict[Ref, Any]:
    """Read the persisted state of every aggregate."""
    columns = (aggregates.c.kind, aggregates.c.id, aggregates.c.state)
    statement = select(*columns).where(aggregates.c.galaxy == galaxy.id)
    with galaxy.postgres.connect() as connection:
        rows = connection.execute(statement).all()
    return {Ref(kind, name): codec.decode(bytes(data)) for kind, name, data in rows}


def check_snapshots(plays: Iterable[dict[str, Any]]) -> None:
    """L2: an early snapshot and the broadcasts after it make the late snapshot.

    The client's own `apply` does the folding, in one process for all plays.
    """
    lines = list(plays)
    ran = subprocess.run(
        [node(), FOLD],
        input=b"\n".join(orjson.dumps(line) for line in lines),
        capture_output=True,
        timeout=FOLD_S,
        check=True,
    )
    for line, folded in zip(lines, ran.stdout.splitlines(), strict=True):
        late = json.loads(orjson.dumps(line["late"]))
        assert json.loads(folded) == late, f"L2: {line['room']}"
        check_snapshot(line["room"], late)
