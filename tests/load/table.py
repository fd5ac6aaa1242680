"""Show a report to people."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from tests.load.tally import Report, quantiles

Row = tuple[str, str]


def show(report: Report, console: Console) -> None:
    """Print what the bots did, how fast they were answered, and what was wrong."""
    table = Table(show_header=False, box=None, padding=(0, 2))
    for name, value in (*_done(report), *_times(report), *_rooms(report)):
        table.add_row(name, value)
    console.print(table)
    wrongs = report.wrongs()
    for wrong in wrongs:
        console.print(f"wrong: {wrong}", style="red", markup=False)
    if not wrongs:
        console.print("nothing was wrong", style="green")


def _done(report: Report) -> Iterator[Row]:
    tally = report.tally
    yield "bots", f"{report.bots}, playing for {report.seconds:.0f} s"
    total = tally.commands.total()
    yield "commands", f"{total}, {report.per_second:.1f} a second"
    for name, count in tally.commands.most_common():
        yield f"  {name}", str(count)
    yield "refusals", str(tally.refusals.total())
    for code, count in tally.refusals.most_common():
        yield f"  {code}", str(count)
    yield "sent again", f"{tally.sent_again} unanswered, {tally.repeated} on purpose"


def _times(report: Report) -> Iterator[Row]:
    tally = report.tally
    yield "ack ms", _spread(tally.ack_s)
    yield "own broadcast ms", _spread(tally.own_s)
    yield "due or done to heard ms", _spread(tally.behind_s)
    if tally.reconnects:
        yield "back after a drop ms", _spread(tally.back_s)


def _rooms(report: Report) -> Iterator[Row]:
    tally, rooms = report.tally, report.tally.rooms
    yield "events heard", f"{rooms.events} broadcast, {rooms.resumed} by resume"
    yield "gaps", f"{rooms.gaps_seen} seen, {rooms.gaps_healed} healed"
    yield "duplicates", str(rooms.duplicates)
    yield "views checked", f"{tally.views_checked} of {report.bots}"
    yield "reconnects", _causes(tally.reconnects, dict(tally.drops))
    yield "HTTP answers", _list({str(code): n for code, n in tally.http.items()})
    yield "instances", _list(dict(tally.instances))
    yield "generator", f"{report.cpu_share:.1%} of a core"


def _spread(seconds: Sequence[float]) -> str:
    shown = quantiles(seconds)
    count = shown.pop("count")
    spread = "  ".join(f"{name} {value:.1f}" for name, value in shown.items())
    return f"{spread}  (of {count:.0f})"


def _causes(count: int, causes: dict[str, int]) -> str:
    return f"{count} ({_list(causes)})" if causes else str(count)


def _list(counts: dict[str, int]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()))
