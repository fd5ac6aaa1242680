"""Step the wall clock of one process, from outside: no code of the product knows of it.

A small library is compiled and preloaded into every process; it adds to the clock what
a file says. Without a C compiler there are no steps, and that is said.
"""

import os
import shutil
import struct
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.load.chaos.schedule import CLOCKS

SOURCE = Path(__file__).with_name("clock.c")
COMPILE_S = 60.0
COMPILERS = ("cc", "gcc", "clang")


class Clocks:
    """Hold the step of each process' clock, in ms."""

    def __init__(self, folder: Path, names: Iterable[str] = CLOCKS) -> None:
        self._folder = folder
        self._library = folder / "clock.so"
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            self.step(name, 0)
        self.is_there = self._compile()

    def env(self, name: str = "") -> dict[str, str]:
        """Give what a process is started with; `name` where it has no INSTANCE."""
        if not self.is_there:
            return {}
        settings = {"LD_PRELOAD": str(self._library), "CHAOS_CLOCKS": str(self._folder)}
        return settings | ({"CHAOS_CLOCK": name} if name else {})

    def step(self, name: str, step_ms: int) -> None:
        """Put a process' clock so far off the machine's."""
        path = self._folder / name
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.pwrite(file, struct.pack("q", step_ms), 0)  # in place: it is mapped
        finally:
            os.close(file)

    def _compile(self) -> bool:
        compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
        if compiler is None:
            return False
        command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(self._library)]
        done = subprocess.run(
            [*command, str(SOURCE), "-ldl"],
            check=False,
            capture_output=True,
            timeout=COMPILE_S,
        )
        return done.returncode == 0
