"""Show what a run showed as a table, from the same JSON that is written."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

Row = tuple[str, str]
Plain = Mapping[str, Any]
TITLES = {
    "ack": "ack ms, from the intended moment",
    "broadcast": "broadcast ms, from the commit",
    "chat": "chatter ms, intended to heard",
    "due": "due to heard ms",
    "resent": "ack ms of what was sent again",
    "back": "back and resumed ms",
}
MIB = 1024


def show(plain: Plain, console: Console) -> None:
    """Print one run."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for row in rows(plain):
        table.add_row(*row)
    console.print(table)
    for said in plain["generator"]["was_bottleneck"]:
        console.print(f"the generator was the bottleneck: {said}", style="yellow")
    for said in plain["missed"]:
        console.print(f"missed: {said}", style="red", markup=False)
    if not plain["missed"]:
        console.print("nothing was missed", style="green")


def rows(plain: Plain) -> Iterator[Row]:
    """Give what there is to say as names and values."""
    for part in (_done, _times, _health, _cpu, _memory, _generator):
        yield from part(plain)


def _done(plain: Plain) -> Iterator[Row]:
    asked, rates, crowd = plain["asked"], plain["rates"], plain["crowd"]
    yield "users", f"{asked['users']}, {asked['mix']}, for {plain['ran_s']:.0f} s"
    entering = plain["entering"]
    yield "accounts", f"{entering['registered']} new, {entering['reused']} kept"
    if crowd["done"]:
        yield "commands", f"{crowd['done']}, {rates['commands_per_s']} a second"
    for name, count in _ranked(crowd["sent"]):
        yield f"  {name}", f"{count:<8} {_spread(crowd['acks_ms'].get(name))}"
    heard = f"{crowd['deliveries']}, {rates['deliveries_per_s']} a second"
    yield "events delivered", heard
    yield "instances", _list(crowd["instances"])


def _times(plain: Plain) -> Iterator[Row]:
    for name, what in TITLES.items():
        times = plain["crowd"]["times_ms"][name]
        if times["count"]:
            yield what, _spread(times)


def _health(plain: Plain) -> Iterator[Row]:
    crowd, numbers = plain["crowd"], plain["crowd"]["numbers"]
    yield "refused, as happens", _list(crowd["refused"]) or "0"
    yield "errors", _list(crowd["errors"]) or "0"
    yield "gaps", f"{numbers['gaps_seen']} seen, {numbers['unhealed']} not healed"
    yield "duplicates", str(numbers["duplicates"])
    if crowd["drops"]:
        yield "connections lost", _list(crowd["drops"])
        yield "reconnects", f"{crowd['reconnects']}, in {crowd['tries']} attempts"
        resumed = f"{numbers['resumed']} events, {numbers['snapshots']} snapshots"
        yield "resumed", resumed
    if crowd["turned_away"]:
        yield "turned away", _list(crowd["turned_away"])
    if crowd["unsent"]:
        yield "not sent, as away", str(crowd["unsent"])


def _cpu(plain: Plain) -> Iterator[Row]:
    cpu = plain["cpu"]
    shown = ", ".join(f"{n} {percent:g}" for n, percent in cpu["percent"].items())
    yield "CPU, % of a core", shown
    for what, key in (
        ("CPU µs a command", "us_per_command"),
        ("CPU µs a delivered event", "us_per_delivery"),
        ("CPU µs a second of a user", "us_per_connection_s"),
    ):
        sums = cpu[key]
        if sums["server"] is not None:
            yield what, f"all of the cluster {sums['server']}, web alone {sums['web']}"


def _memory(plain: Plain) -> Iterator[Row]:
    memory = plain["memory"]
    if memory["web_kib_per_connection"] is None:
        return
    yield "web's memory", f"{memory['web_kib_per_connection']} KiB a connection"
    shown = (
        f"{name} {one['empty_kib'] / MIB:.0f} → {one['full_kib'] / MIB:.0f}"
        f" → {one['after_kib'] / MIB:.0f}"
        for name, one in memory["parts"].items()
        if name != "generator"
    )
    yield "MiB empty → all in → end", ", ".join(shown)


def _generator(plain: Plain) -> Iterator[Row]:
    one = plain["generator"]
    late = one["late_ms"]
    yield "generator", f"{one['cpu_percent']}% of a core, {_spread(late)} ms late"
    each = f"{one['us_per_message']} µs a message, {one['us_per_user_s']} µs a second"
    yield "  of its CPU", f"{each} of a user"


def _spread(times: Mapping[str, float] | None) -> str:
    if not times:
        return ""
    ranks = ("p50", "p95", "p99", "max")
    return "  ".join(f"{rank} {times[rank]:.1f}" for rank in ranks)


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: -one[1])


def _list(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in _ranked(counts))
