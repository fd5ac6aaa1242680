"""Check all laws on one galaxy, as it runs: what `make verify` shows."""

from collections.abc import Iterator, Mapping
from itertools import chain
from time import monotonic, sleep
from typing import Any, NamedTuple

from app.engine import checkpoint
from app.engine.laws import history
from app.engine.laws.galaxy import Checked
from app.engine.laws.sectors import Sectors
from app.engine.laws.states import States, Sums
from app.engine.laws.subjects import settled
from app.engine.laws.timers import DueIndexes, Timers
from app.engine.tail import Tail

DRAIN_S = 30.0


class Finding(NamedTuple):
    """Tell how a law held: on how many subjects, and what is wrong with which."""

    law: str
    subjects: int
    wrong: dict[str, str]


def drained(checked: Checked) -> Finding:
    """Wait until Postgres has what the journal holds now."""
    tail = Tail(checked.client, checked.keys)
    last_id = tail.standing().last_id
    deadline = monotonic() + DRAIN_S
    while _persisted(checked) < checkpoint.order(last_id):
        if monotonic() > deadline:
            return Finding("journal drains", 1, {"journal": f"waits at {last_id}"})
        sleep(0.1)
    epoch = "" if tail.opened() else "is missing: commands are refused"
    return Finding("journal drains", 1, {"epoch": epoch} if epoch else {})


def _persisted(checked: Checked) -> tuple[int, int]:
    with checked.postgres.connect() as connection:
        return checkpoint.read(connection, checked.id).order


def audit(checked: Checked, sums: Sums) -> Iterator[Finding]:
    """Check everything, law by law; `sums` gets what all events moved."""
    yield drained(checked)
    yield _states(checked, sums)
    count, gaps = history.gaps(checked)
    yield Finding("history has no gap", count, gaps)
    yield Finding("L4 every command once", count, history.twice(checked))
    yield Finding("history has states", count, history.strays(checked))
    timers = Timers(checked)
    yield Finding("L5 timers", *settled(timers.check, timers.batches()))
    due = DueIndexes(checked)
    count, wrong = settled(due.check, due.batches())
    yield Finding("L5 due indexes", count, _named(wrong))
    sectors = Sectors(checked)
    yield Finding("sector sets", *settled(sectors.check, sectors.batches()))


def _states(checked: Checked, sums: Sums) -> Finding:
    states = States(checked)
    found = chain(states.batches(), states.only_hot())
    count, wrong = settled(states.check, found, states.recheck)
    sums.update(states.sums)
    return Finding("L1 L3 states and sums", count, _named(wrong))


def _named(wrong: Mapping[Any, str]) -> dict[str, str]:
    return {str(subject): what for subject, what in wrong.items()}
