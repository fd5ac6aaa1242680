"""Put together what one run showed, as the JSON that tables and pages are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.load.crowd import limits as judging
from tests.load.crowd.crowd import Crowd
from tests.load.crowd.limits import Limit
from tests.load.crowd.processes import GENERATOR, WEB, Processes

MICRO = 1_000_000
KIB = 1024
PLOTTED = ("ack", "broadcast", "chat")
VERSION = 1


@dataclass(slots=True)
class Run:
    """Hold one run and what it was asked for."""

    asked: Mapping[str, Any]
    machine: Mapping[str, Any]
    crowd: Crowd
    processes: Processes
    limits: list[Limit] = field(default_factory=list)
    entering: dict[str, Any] = field(default_factory=dict)
    empty: Mapping[str, int] = field(default_factory=dict)
    """Bytes of each part before anybody was in…"""
    full: Mapping[str, int] = field(default_factory=dict)
    """…and when everybody was, before they did anything."""
    after: Mapping[str, int] = field(default_factory=dict)
    """…and at the end."""

    def plain(self) -> dict[str, Any]:
        """Give everything as JSON."""
        figures = self.crowd.figures
        judged = judging.judged(self.limits, figures)
        missed = [
            f"{one['what']}: {one['measured_ms']:.1f} ms, at most {one['most_ms']:g} ms"
            for one in judged
            if not one["met"]
        ]
        seconds = {name: getattr(figures, name).seconds for name in PLOTTED}
        return {
            "version": VERSION,
            "asked": dict(self.asked),
            "machine": dict(self.machine),
            "entering": self.entering,
            "ran_s": round(self.crowd.ran_s, 2),
            "crowd": figures.summary(),
            "rates": self._rates(),
            "cpu": self._cpu(),
            "memory": self._memory(),
            "generator": self._generator(),
            "limits": judged,
            "missed": missed + judging.wrongs(figures, self.asked.get("kill", "")),
            "seconds": {name: [*map(list, each)] for name, each in seconds.items()},
            "rate_seconds": [*map(list, figures.rates)],
            "cpu_seconds": [list(look) for look in self.processes.looks],
        }

    def _rates(self) -> dict[str, float]:
        figures, ran_s = self.crowd.figures, self.crowd.ran_s or 1.0
        return {
            "commands_per_s": round(figures.done / ran_s, 1),
            "deliveries_per_s": round(figures.deliveries / ran_s, 1),
            "messages_per_s": round(figures.messages / ran_s, 1),
        }

    def _cpu(self) -> dict[str, Any]:
        """Divide all CPU by what was done: the parts don't say what they spent on."""
        used, passed_s = self.processes.used_s, self.processes.passed_s or 1.0
        server = {name: s for name, s in used.items() if name != GENERATOR}
        sums = {
            "server": sum(server.values()),
            "web": sum(s for name, s in server.items() if name.startswith(WEB)),
        }
        figures = self.crowd.figures
        users_s = len(self.crowd.users) * passed_s
        return {
            "percent": {n: round(s / passed_s * 100, 1) for n, s in used.items()},
            "us_per_command": _each(sums, figures.done),
            "us_per_delivery": _each(sums, figures.deliveries),
            "us_per_connection_s": _each(sums, users_s),
        }

    def _memory(self) -> dict[str, Any]:
        users = len(self.crowd.users)
        parts = {
            name: {
                "empty_kib": self.empty.get(name, 0) // KIB,
                "full_kib": size // KIB,
                "after_kib": self.after.get(name, 0) // KIB,
            }
            for name, size in self.full.items()
        }
        grown = sum(
            one["full_kib"] - one["empty_kib"]
            for name, one in parts.items()
            if name.startswith(WEB)
        )
        each = round(grown / users, 1) if users and parts else None
        return {"parts": parts, "web_kib_per_connection": each}

    def _generator(self) -> dict[str, Any]:
        figures, ran_s = self.crowd.figures, self.crowd.ran_s or 1.0
        share = self.crowd.cpu_s / ran_s
        users = len(self.crowd.users)
        return {
            "cpu_percent": round(share * 100, 1),
            "late_ms": figures.late.summary(),
            "us_per_message": _part(self.crowd.cpu_s, figures.messages),
            "us_per_user_s": _part(self.crowd.cpu_s, users * ran_s),
            "was_bottleneck": judging.bottleneck(self.limits, figures, share),
        }


def _each(sums: Mapping[str, float], count: float) -> dict[str, float | None]:
    return {name: _part(seconds, count) for name, seconds in sums.items()}


def _part(seconds: float, count: float) -> float | None:
    return round(seconds * MICRO / count, 1) if count else None
