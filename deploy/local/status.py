"""Show this checkout's cluster at a glance: `python -m deploy.local.status`."""

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

from deploy.local import environment, figures, plan, programs, state, supervisor
from deploy.local.figures import Page, Reading
from deploy.local.problem import StartError
from deploy.local.ready import ask
from deploy.local.state import Part, State

HEADS = (
    *("process", "state", "release"),
    *("pid", "up", "sockets", "cmd/s", "ack p95", "MB"),
)
NUMBERS_FROM = 3
MB = 2**20
WORKING = {"ready", "starting", "draining"}
REASON_MAX = 40


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what is shown of one process."""

    name: str
    state: str
    release: str
    pid: str
    up: str
    sockets: str
    commands: str
    ack: str
    memory: str

    def cells(self) -> tuple[str, ...]:
        """Give them in the order of `HEADS`."""
        return tuple(getattr(self, name) for name in self.__slots__)


def main() -> int:
    """Print one screen; the exit code is 1 when something is down or not ready."""
    try:
        found = state.read(environment.here())
        if found is None:
            raise StartError("no_cluster: no cluster runs here: make run")
        lines = _look(found)
    except (StartError, *supervisor.SILENT) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0 if all(line.state in WORKING for line in lines) else 1


def _look(found: State) -> list[Line]:
    shown = supervisor.shown(Path(found.supervisor_socket))
    ports = {
        name: part.metrics_port or part.port
        for name, part in found.parts.items()
        if part.version and shown.get(name, {}).get("pid")
    }
    readings = figures.read(ports)
    lines = [
        _line(name, found.parts[name], shown.get(name, {}), readings.get(name))
        for name in plan.in_order(found.parts)
    ]
    print(found.url)
    print("\n".join(table([HEADS, *(line.cells() for line in lines)])))
    print("\n".join(_whole(list(readings.values()))))
    return lines


def _line(
    name: str, part: Part, known: Mapping[str, Any], reading: Reading | None
) -> Line:
    is_web = plan.kind_of(name) == programs.WEB
    has_figures = reading is not None and reading.answers
    up_s = known.get("now", 0) - known.get("start", 0)
    sockets = commands = ack = ""
    if reading is not None and has_figures:
        commands = f"{reading.rate('gd_commands_total'):.1f}"
        if is_web:
            sockets = f"{reading.after.sum('gd_connections'):.0f}"
            ack = _ms(figures.quantile([reading], "gd_ack_seconds", 0.95))
    return Line(
        name=name,
        state=_state(part, known, is_web=is_web),
        release=_release(reading) or part.version,
        pid=str(known.get("pid") or ""),
        up=str(timedelta(seconds=up_s)) if known.get("pid") else "",
        sockets=sockets,
        commands=commands,
        ack=ack,
        memory=_memory(known.get("pid", 0)),
    )


def _state(part: Part, known: Mapping[str, Any], *, is_web: bool) -> str:
    if not known.get("pid"):
        return "down"
    if part.phase == state.LEAVING:
        return "draining"
    if not is_web or part.phase == state.STARTING:
        return "starting" if part.phase == state.STARTING else "ready"
    answer = ask(part.port)
    return "ready" if answer.is_ready else f"unready: {_reason(answer.text)}"


def _reason(text: str) -> str:
    """Name the checks of /readyz that failed."""
    with suppress(ValueError, AttributeError):
        checks = json.loads(text)["checks"]
        return ", ".join(name for name, said in checks.items() if said != "ok")
    return text[:REASON_MAX]


def _release(reading: Reading | None) -> str:
    return reading.after.label("gd_build_info", "release") if reading else ""


def _memory(pid: int) -> str:
    """Add up a process and its children, each page that they share counted once."""
    used = 0
    with suppress(psutil.Error):
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            with suppress(psutil.Error):
                used += process.memory_full_info().pss
    return f"{used / MB:.0f}" if used else ""


def _ms(seconds: float | None) -> str:
    return "" if seconds is None else f"<{seconds * 1_000:g} ms"


def _whole(readings: Sequence[Reading]) -> list[str]:
    """Say how the cluster as a whole does."""
    pages = [reading.after for reading in readings]
    acks = figures.quantile(readings, "gd_ack_seconds", 0.95)
    late = figures.quantile(readings, "gd_timer_lateness_seconds", 0.99)
    rate = sum(reading.rate("gd_commands_total") for reading in readings)
    sockets = sum(page.sum("gd_connections") for page in pages)
    return [
        f"sockets  {sockets:.0f}, {rate:.1f} commands/s",
        f"acks     p95 {_ms(acks) or '- (none within a second)'}",
        f"timers   p99 late by {_ms(late) or '- (none was due within a second)'}",
        f"journal  {_behind(pages)}",
    ]


def _behind(pages: Sequence[Page]) -> str:
    """Say how far Postgres is behind. Clocks see it; a persister that waits can't."""
    telling = [page for page in pages if "gd_journal_age_seconds" in page.samples]
    if not telling:
        return "- (no clock tells of it)"
    waiting = max(page.worst("gd_journal_entries") for page in telling)
    age_s = max(page.worst("gd_journal_age_seconds") for page in telling)
    return f"{waiting:.0f} commits behind, {age_s:.1f} s"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Align columns: names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (
            cell.ljust(width) if at < NUMBERS_FROM else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  " + "  ".join(cells).rstrip())
    return lines


if __name__ == "__main__":
    sys.exit(main())
