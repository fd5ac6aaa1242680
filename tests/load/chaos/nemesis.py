"""Do round after round of faults to a field under load, and measure the returns."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from time import monotonic, sleep
from typing import Any

from tests.load.chaos.faults import Done, Faults
from tests.load.chaos.schedule import Fault, Round
from tests.load.chaos.watch import Watch

BUS_BACK_S = 2.0
"""From Redis' return until every instance takes commands and tells of them."""
TIMERS_BACK_S = 10.0
"""From a worker's return until no timer is late."""
CLIENTS_BACK_S = 5.0
"""From an instance's death until every client is back."""
BUS = frozenset({"state", "bus"})
QUEUES = frozenset({"worker", "clock"})
MEASURED = ("whole", "bus", "timers", "clients")

Say = Callable[[str], None]
Write = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Recovery:
    """Hold how long it took after one fault, in seconds; what doesn't apply is None.

    whole: from its end until all was well; clients: from its beginning; the others:
    from the return of what it harmed.
    """

    fault: Fault
    is_alone: bool
    whole: float
    bus: float | None = None
    timers: float | None = None
    clients: float | None = None
    problem: str = ""

    def wrongs(self) -> Iterator[str]:
        """Say what took longer than it may; not judged where two faults met."""
        bounds = (
            ("bus", self.bus, BUS_BACK_S),
            ("timers", self.timers, TIMERS_BACK_S),
            ("clients", self.clients, CLIENTS_BACK_S),
        )
        for what, took_s, bound_s in bounds:
            if self.is_alone and took_s is not None and took_s > bound_s:
                took = f"{took_s:.1f} s, not {bound_s:.0f}"
                yield f"{self.fault}: {what} back after {took}"


class Nemesis:
    """Hold what is done to one field."""

    def __init__(self, faults: Faults, watch: Watch, say: Say, write: Write) -> None:
        self._faults, self._watch = faults, watch
        self._say, self._write = say, write
        self._began_s = monotonic()
        self.recoveries: list[Recovery] = []

    def run(self, rounds: Iterable[Round], for_s: float, faults_max: int) -> None:
        """Go through rounds until the time or the number of faults is up."""
        self._began_s = monotonic()
        try:
            for one in rounds:
                sleep(one.calm_s)
                is_over = monotonic() - self._began_s > for_s
                if is_over or len(self.recoveries) >= faults_max:
                    return
                self._round(one)
        finally:
            self._faults.undo_all()

    def _round(self, one: Round) -> None:
        done = self._go_through(one)
        since_s = max(each.returned_s for each in done)
        problem = self._watch.wait_until_whole(since_s)
        whole_s = monotonic()
        for each in done:
            recovery = self._recovery(each, whole_s, len(done) == 1, problem)
            self.recoveries.append(recovery)
            self._write(self._line(recovery, each))
            for wrong in filter(None, (recovery.problem, *recovery.wrongs())):
                self._say(f"wrong: {wrong}")
        self._say(f"whole again after {whole_s - since_s:.1f} s")

    def _go_through(self, one: Round) -> list[Done]:
        """Begin and end the faults of a round, each at its time; wait for returns."""
        began_s = monotonic()
        done: dict[Fault, Done] = {}
        steps = [(fault.after_s, 0, fault) for fault in one.faults]
        steps += [(fault.after_s + fault.for_s, 1, fault) for fault in one.faults]
        for at_s, _order, fault in sorted(steps, key=lambda step: step[:2]):
            sleep(max(0.0, began_s + at_s - monotonic()))
            if fault in done:
                self._faults.undo(done[fault])
            else:
                self._say(fault.said)
                done[fault] = self._faults.do(fault)
        for each in done.values():
            each.wait()
        return list(done.values())

    def _recovery(
        self, done: Done, whole_s: float, is_alone: bool, problem: str
    ) -> Recovery:
        fault, back_s = done.fault, done.returned_s
        kind, _arrow, door = fault.target.partition(">")
        part = kind.partition(".")[0]
        bus = timers = clients = None
        if fault.target == "valkey" or (part == "web" and door in BUS):
            bus = self._watch.bus_back_s(back_s)
        if part in QUEUES:
            timers = self._watch.timers_back_s(back_s)
        if part == "web" and fault.kind == "kill":
            clients = self._watch.clients_back_s(done.began_s)
        return Recovery(
            fault=fault,
            is_alone=is_alone,
            whole=whole_s - back_s,
            bus=bus,
            timers=timers,
            clients=clients,
            problem=done.problem or problem,
        )

    def _line(self, recovery: Recovery, done: Done) -> dict[str, Any]:
        times = {
            "began_s": round(done.began_s - self._began_s, 3),
            "returned_s": round(done.returned_s - self._began_s, 3),
        }
        return times | asdict(recovery)
