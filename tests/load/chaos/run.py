"""Run one chaos: field, bots, probes, nemesis; then hold all of it against Postgres."""

import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Self, TextIO

import orjson
from sqlalchemy import text

from app.engine import postgres
from deploy.local.folders import ROOT
from tests.load.chaos.faults import Faults
from tests.load.chaos.field import Field
from tests.load.chaos.ledger import Ledger
from tests.load.chaos.nemesis import Nemesis
from tests.load.chaos.probes import Probes
from tests.load.chaos.report import Outcome
from tests.load.chaos.schedule import PARTS, Round
from tests.load.chaos.watch import Watch
from tests.load.swarm import Swarm
from tests.load.tally import Report

RATE = 1.0
"""Commands a second of a bot."""
VERIFY_S = 300.0
FAULTS_MAX = 10_000

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what one run is: who plays, and what goes wrong for how long."""

    seed: int
    bots: int
    rounds: Iterable[Round]
    for_s: float
    folder: Path
    faults_max: int = FAULTS_MAX


class Lines:
    """Write JSON lines, from any thread."""

    def __init__(self, path: Path) -> None:
        self._file: TextIO = path.open("w")
        self._lock = threading.Lock()

    def __call__(self, line: dict[str, Any]) -> None:
        """Write one line."""
        written = orjson.dumps(line, default=str).decode() + "\n"
        with self._lock:
            self._file.write(written)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


def run(plan: Plan, say: Say) -> Outcome:
    """Run it, and give what came out; the field is gone afterwards."""
    shutil.rmtree(plan.folder, ignore_errors=True)
    plan.folder.mkdir(parents=True)
    field = Field()
    try:
        if not field.clocks.is_there:
            say("no C compiler here: clocks are not stepped")
        field.start()
        say(f"the cluster runs at {field.url}")
        outcome = _fight(field, plan, say)
        if outcome.wrongs():
            _keep_logs(field, plan.folder)
    except BaseException:
        _keep_logs(field, plan.folder)
        raise
    finally:
        field.remove()
    figures = orjson.dumps(outcome.summary(), option=orjson.OPT_INDENT_2)
    (plan.folder / "report.json").write_bytes(figures)
    return outcome


def _fight(field: Field, plan: Plan, say: Say) -> Outcome:
    began_s = monotonic()
    with (
        Lines(plan.folder / "history.jsonl") as history,
        Lines(plan.folder / "nemesis.jsonl") as log,
        Swarm(field.url, bots=plan.bots, rate=RATE, seed=plan.seed) as swarm,
    ):

        def told(what: str) -> None:
            say(f"{monotonic() - began_s:7.1f} s  {what}")

        ledger = Ledger(history, lambda: monotonic() - began_s)
        swarm.tally.note = ledger.note
        swarm.start()
        told(f"{plan.bots} bots play")
        probes = Probes(
            {name: _url_of(field, name) for name in field.instances()}, ledger.note
        )
        watch = Watch(field, probes, lambda: swarm.connected, plan.bots)
        nemesis = Nemesis(Faults(field), watch, told, log)
        try:
            probes.start()
            watch.start()
            swarm.begin()
            watch.wait_until_whole(monotonic())
            nemesis.run(plan.rounds, plan.for_s, plan.faults_max)
            told("all faults are over: looking at what became of everything")
        finally:
            watch.end()
            probes.end()
        report = swarm.stop()
        ledger.finish()
        return _judge(field, plan, ledger, nemesis, watch, report)


def _url_of(field: Field, name: str) -> Callable[[], str]:
    return lambda: field.cluster.instance_url(name)


def _judge(
    field: Field,
    plan: Plan,
    ledger: Ledger,
    nemesis: Nemesis,
    watch: Watch,
    report: Report,
) -> Outcome:
    laws, is_kept = _verify(field, plan.folder / "verify.txt")
    written = _written(field)
    broken = ledger.wrongs(written)
    if not is_kept:
        broken.append(f"{laws}: see {plan.folder / 'verify.txt'}")
    return Outcome(
        seed=plan.seed,
        recoveries=nemesis.recoveries,
        bots=report,
        operations=dict(ledger.outcomes()),
        written=len(written),
        latest_ms=watch.latest_ms,
        laws=laws,
        broken=broken,
    )


def _verify(field: Field, path: Path) -> tuple[str, bool]:
    """Check all laws, as `make verify` does; gives its last line."""
    with path.open("wb") as out:
        code = subprocess.run(
            [sys.executable, "-m", "workers.verify"],
            check=False,
            cwd=ROOT,
            env=dict(os.environ) | field.env(),
            stdout=out,
            stderr=out,
            timeout=VERIFY_S,
        ).returncode
    lines = path.read_text(errors="replace").splitlines() or ["verify said nothing"]
    return lines[-1], code == 0


def _written(field: Field) -> Counter[str]:
    """Count how often Postgres has each command."""
    engine = postgres.connect(field.database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT command_id FROM commands")).scalars()
        found = Counter(rows)
    engine.dispose()
    return found


def _keep_logs(field: Field, folder: Path) -> None:
    """Keep what every process wrote."""
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    for part in PARTS:
        path = field.log(part)
        if path.exists():
            shutil.copyfile(path, logs / f"{part}.log")
    if field.cluster.output.exists():
        shutil.copyfile(field.cluster.output, logs / "runner.log")
