"""Measure what a cluster's processes use: CPU and memory, each with its children.

Read from /proc, as cheaply as that goes: the machine that is looked at is the one that
is measured. What a child used goes over to its parent when it ends, so the sum over a
family only grows; a part that was killed and started again loses no more than what it
used after the last look.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

PROC = Path("/proc")
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
KIB = 1024
FAMILY_EVERY = 5
"""How often, in looks, children are searched for anew."""
LOOKS_MAX = 7_200
"""Looks whose shares are kept for the plots."""
GENERATOR = "generator"
WEB = "web."

Pids = Callable[[], Mapping[str, int]]
"""Tells which part of a cluster is which process now."""


class Look(NamedTuple):
    """Hold one second: when, and percent of a core by part."""

    at_s: float
    percents: dict[str, float]


class Times(NamedTuple):
    """Hold what /proc says of a process: parent, own CPU, that of ended children."""

    parent: int
    own_s: float
    reaped_s: float


class Processes:
    """Follow the CPU of a cluster's parts, and of this process as the generator."""

    def __init__(self, pids: Pids) -> None:
        self._pids = pids
        self._families: dict[str, list[int]] = {}
        self._seen: dict[str, tuple[int, float]] = {}
        self._used_s: dict[str, float] = {}
        self._looks = 0
        self._began_s = self._looked_s = 0.0
        self.looks: list[Look] = []

    def begin(self) -> None:
        """Count from now on."""
        self._find()
        self._seen.clear()
        self._used_s.clear()
        self.looks.clear()
        self._look()
        self._used_s = dict.fromkeys(self._families, 0.0)
        self._began_s = self._looked_s = perf_counter()

    def look(self) -> None:
        """Add up what was used since the last look."""
        self._looks += 1
        if self._looks % FAMILY_EVERY == 0:
            self._find()
        before = dict(self._used_s)
        self._look()
        now_s = perf_counter()
        passed_s, self._looked_s = now_s - self._looked_s, now_s
        if passed_s > 0 and len(self.looks) < LOOKS_MAX:
            percents = {
                name: round(max(0.0, used - before.get(name, 0.0)) / passed_s * 100, 1)
                for name, used in self._used_s.items()
            }
            self.looks.append(Look(round(now_s - self._began_s, 3), percents))

    @property
    def used_s(self) -> dict[str, float]:
        """Give the CPU seconds that each part used since the beginning."""
        return dict(self._used_s)

    @property
    def passed_s(self) -> float:
        """Give the seconds between the beginning and the last look."""
        return self._looked_s - self._began_s

    def memory(self) -> dict[str, int]:
        """Give the bytes that each part holds for itself, its share of what is shared.

        Pages that processes share, as of one library, are counted in equal parts.
        """
        self._find()
        return {
            name: sum(map(_memory, family)) for name, family in self._families.items()
        }

    def _find(self) -> None:
        times = _everyone()
        children: dict[int, list[int]] = {}
        for pid, one in times.items():
            children.setdefault(one.parent, []).append(pid)
        parts = {**self._pids(), GENERATOR: os.getpid()}
        self._families = {
            name: [pid] if name == GENERATOR else _family(pid, children)
            for name, pid in parts.items()
        }

    def _look(self) -> None:
        for name, family in self._families.items():
            alive = [times for times in map(_times, family) if times is not None]
            total_s = sum(one.own_s + one.reaped_s for one in alive)
            root, before_s = self._seen.get(name, (family[0], 0.0))
            more_s = total_s - before_s if root == family[0] else total_s
            self._seen[name] = family[0], total_s if alive else before_s
            self._used_s[name] = self._used_s.get(name, 0.0) + max(0.0, more_s)


def _everyone() -> dict[int, Times]:
    found = {}
    for entry in os.listdir(PROC):  # noqa: PTH208 - names are all that is needed
        if entry.isdigit() and (times := _times(int(entry))) is not None:
            found[int(entry)] = times
    return found


def _family(pid: int, children: Mapping[int, list[int]]) -> list[int]:
    family = [pid]
    for one in family:  # grows while it is walked
        family += children.get(one, [])
    return family


def _times(pid: int) -> Times | None:
    """Read a process's line; the name may hold anything, so read behind its bracket."""
    try:
        line = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return None
    fields = line[line.rindex(")") + 2 :].split()
    user, system, reaped_user, reaped_system = map(int, fields[11:15])
    own = (user + system) / TICKS_PER_S
    return Times(int(fields[1]), own, (reaped_user + reaped_system) / TICKS_PER_S)


def _memory(pid: int) -> int:
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * KIB
    return 0
