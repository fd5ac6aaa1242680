"""Do what a fault says, and undo it: whatever happens, nothing stays harmed."""

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, sleep

from tests.load.chaos.field import SERVERS, Field
from tests.load.chaos.schedule import PARTS, Fault
from tests.load.chaos.servers import family, limit_files, send

AGAIN_S = 0.05
UNLIMITED = -1
RETURN_S = 60.0


@dataclass(slots=True)
class Done:
    """Hold when a fault was done, and when what it harmed was there again."""

    fault: Fault
    began_s: float
    returned_s: float = 0.0
    problem: str = ""
    undo: Callable[[], None] = field(default=lambda: None)


class Faults:
    """Do faults to one field."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._open: list[Done] = []
        self._kinds: dict[str, Callable[[Fault], Callable[[], None]]] = {
            "kill": self._kill,
            "pause": self._pause,
            "slow": self._harm,
            "cut": self._harm,
            "hole": self._harm,
            "reset": self._harm,
            "clock": self._step,
            "disk": self._fill,
            "restart": self._restart,
            "blackout": self._blackout,
        }

    def do(self, fault: Fault) -> Done:
        """Begin a fault."""
        done = Done(fault, monotonic())
        self._open.append(done)
        done.undo = self._kinds[fault.kind](fault)
        return done

    def undo(self, done: Done) -> None:
        """End a fault, and wait until what it harmed is there again."""
        self._open.remove(done)
        done.undo()
        done.returned_s = monotonic()

    def undo_all(self) -> None:
        """End every fault that is under way."""
        while self._open:
            self.undo(self._open[-1])

    def _kill(self, fault: Fault) -> Callable[[], None]:
        old = set(self._field.signal(fault.target, signal.SIGKILL))
        return lambda: self._wait_until_back(fault.target, old)

    def _wait_until_back(self, part: str, old: set[int]) -> None:
        def is_back() -> bool:
            pid = self._field.pids().get(part, 0)
            is_new = bool(pid) and pid not in old
            return is_new and (part not in SERVERS or self._field.answers(part))

        _wait_until(is_back, f"{part} is not back")

    def _pause(self, fault: Fault) -> Callable[[], None]:
        pids = self._field.signal(fault.target, signal.SIGSTOP)
        return lambda: send(pids, signal.SIGCONT)

    def _harm(self, fault: Fault) -> Callable[[], None]:
        proxy, harm = self._field.harm(fault.target, fault.kind, fault.amount)
        return lambda: self._field.heal(proxy, harm)

    def _step(self, fault: Fault) -> Callable[[], None]:
        self._field.clocks.step(fault.target, fault.amount)
        return lambda: self._field.clocks.step(fault.target, 0)

    def _fill(self, fault: Fault) -> Callable[[], None]:
        """Let a server write no file further, not even one that is started again."""
        kept, over = self._field.servers[fault.target], threading.Event()

        def limit() -> None:
            while not over.is_set():
                for pid in family(kept.pid):
                    limit_files(pid, 0)
                over.wait(AGAIN_S)

        thread = threading.Thread(target=limit, name="disk", daemon=True)
        thread.start()

        def lift() -> None:
            over.set()
            thread.join(RETURN_S)
            for pid in family(kept.pid):
                limit_files(pid, UNLIMITED)
            _wait_until(
                lambda: self._field.answers(fault.target),
                f"{fault.target} doesn't answer",
            )

        return lift

    def _restart(self, _fault: Fault) -> Callable[[], None]:
        self._field.halt()
        return self._field.start_again

    def _blackout(self, _fault: Fault) -> Callable[[], None]:
        old = {part: set(self._field.signal(part, signal.SIGKILL)) for part in PARTS}

        def wait() -> None:
            for part, pids in old.items():
                self._wait_until_back(part, pids)

        return wait


def _wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    deadline = monotonic() + RETURN_S
    while not is_so():
        if monotonic() > deadline:
            raise TimeoutError(otherwise)
        sleep(AGAIN_S)
