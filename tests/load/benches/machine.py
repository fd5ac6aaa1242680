"""Say on what was measured, and how much of it the cluster's processes used."""

import os
import platform
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

GIB = 1024**3
MICRO = 1_000_000
ADDITIONS = 1_000_000
SPEED_TRIES = 5


def describe() -> dict[str, Any]:
    """Describe this machine, and how busy it was with other things."""
    return {
        "cpu": _model(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / GIB, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_average_before": round(os.getloadavg()[0], 2),
    }


def _model() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def speed() -> float:
    """Count additions that Python does in a microsecond right now, the best of some.

    A virtual machine may be slower by half while its neighbours are busy: figures of
    different runs can be compared only where this one is alike.
    """
    return max(_additions_per_micro() for _ in range(SPEED_TRIES))


def _additions_per_micro() -> float:
    total, started = 0, perf_counter()
    for number in range(ADDITIONS):
        total += number
    return ADDITIONS / (perf_counter() - started) / MICRO


def busy_seconds() -> float:
    """Give the CPU time that this machine spent on anything so far."""
    spent = psutil.cpu_times()
    return sum(spent) - spent.idle - getattr(spent, "iowait", 0.0)


def cpu_seconds(pids: dict[str, int]) -> dict[str, float]:
    """Give the CPU time that processes used so far, with that of their children."""
    return {name: _family_seconds(pid) for name, pid in pids.items()}


def _family_seconds(pid: int) -> float:
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                used = one.cpu_times()
                total += used.user + used.system
    return total


def shares(
    before: dict[str, float], after: dict[str, float], seconds: float
) -> dict[str, float]:
    """Give the percent of one core that each process used in between."""
    return {
        name: round((after[name] - before.get(name, 0.0)) / seconds * 100, 1)
        for name in after
    }
