"""Do what a fault says, and undo it: whatever happens, nothing stays harmed."""

import signal
import threading
from collections.abc import Callable
from time import monotonic, sleep

from tests.load.chaos.field import Field
from tests.load.chaos.schedule import PARTS, Fault
from tests.load.chaos.servers import family, limit_files, send

AGAIN_S = 0.05
UNLIMITED = -1
RETURN_S = 60.0


def _at_once() -> bool:
    return True


class Done:
    """Hold a fault that was begun: how it ends, and when what it harmed was back."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.began_s = monotonic()
        self.returned_s = 0.0
        self.problem = ""
        self.undo: Callable[[], None] = lambda: None
        self.is_back: Callable[[], bool] = _at_once
        self._waiting = threading.Thread(target=self._wait, name="back", daemon=True)

    def end(self) -> None:
        """End it; from here on it is looked whether what it harmed is back."""
        self.undo()
        self._waiting.start()

    def wait(self) -> None:
        """Wait until it is back, or `problem` says that it isn't."""
        self._waiting.join(2 * RETURN_S)

    def _wait(self) -> None:
        deadline = monotonic() + RETURN_S
        while not self.is_back():
            if monotonic() > deadline:
                self.problem = f"not back within {RETURN_S:.0f} s"
                break
            sleep(AGAIN_S)
        self.returned_s = monotonic()


class Faults:
    """Do faults to one field."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._open: list[Done] = []
        self._kinds: dict[str, Callable[[Done], None]] = {
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
        done = Done(fault)
        self._open.append(done)
        self._kinds[fault.kind](done)
        return done

    def undo(self, done: Done) -> None:
        """End a fault."""
        self._open.remove(done)
        done.end()

    def undo_all(self) -> None:
        """End every fault that is under way."""
        while self._open:
            self.undo(self._open[-1])

    def _kill(self, done: Done) -> None:
        part = done.fault.target
        old = set(self._field.signal(part, signal.SIGKILL))
        done.is_back = lambda: self._is_new(part, old)

    def _is_new(self, part: str, old: set[int]) -> bool:
        pid = self._field.pids().get(part, 0)
        return bool(pid) and pid not in old and self._field.answers(part)

    def _pause(self, done: Done) -> None:
        pids = self._field.signal(done.fault.target, signal.SIGSTOP)
        done.undo = lambda: send(pids, signal.SIGCONT)

    def _harm(self, done: Done) -> None:
        fault = done.fault
        proxy, harm = self._field.harm(fault.target, fault.kind, fault.amount)
        done.undo = lambda: self._field.heal(proxy, harm)

    def _step(self, done: Done) -> None:
        part, clocks = done.fault.target, self._field.clocks
        clocks.step(part, done.fault.amount)
        done.undo = lambda: clocks.step(part, 0)

    def _fill(self, done: Done) -> None:
        """Let a server write no file further, not even one that is started again."""
        part, over = done.fault.target, threading.Event()
        kept = self._field.servers[part]

        def limit() -> None:
            while not over.is_set():
                for pid in family(kept.pid):
                    limit_files(pid, 0)
                over.wait(AGAIN_S)

        thread = threading.Thread(target=limit, name="disk", daemon=True)

        def lift() -> None:
            over.set()
            thread.join(RETURN_S)
            for pid in family(kept.pid):
                limit_files(pid, UNLIMITED)

        done.undo, done.is_back = lift, lambda: self._field.answers(part)
        thread.start()

    def _restart(self, done: Done) -> None:
        done.undo = self._field.start_again
        self._field.halt()

    def _blackout(self, done: Done) -> None:
        old = {part: set(self._field.signal(part, signal.SIGKILL)) for part in PARTS}
        done.is_back = lambda: all(self._is_new(*part) for part in old.items())
