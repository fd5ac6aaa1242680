"""Show a report to people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from rich.console import Console
from rich.table import Table

from tests.load.tally import Report, quantiles

LAUNCH = "fleets.launch"
ORDERS = frozenset(
    f"fleets.{order}" for order in ("move", "patrol", "defend", "return", "attack")
)
TIMED = ("fleets.move", "fleets.attack", "view.set")
CHECKED = (("player", "empires"), ("sector", "sectors"), ("battle", "battles"))

Row = tuple[str, str]


def show(report: Report, console: Console) -> None:
    """Print what the bots did, how fast they were answered, and what was wrong."""
    show_figures(report, console)
    wrongs = report.wrongs()
    for wrong in wrongs:
        console.print(f"wrong: {wrong}", style="red", markup=False)
    if not wrongs:
        console.print("nothing was wrong", style="green")


def show_figures(report: Report, console: Console) -> None:
    """Print what the bots did, and how fast they were answered."""
    table = Table(show_header=False, box=None, padding=(0, 2))
    for name, value in chain.from_iterable(part(report) for part in PARTS):
        table.add_row(name, value)
    console.print(table)


def _done(report: Report) -> Iterator[Row]:
    tally = report.tally
    yield "bots", f"{report.bots}, playing for {report.seconds:.0f} s"
    total = tally.commands.total()
    yield "commands", f"{total}, {report.per_second:.1f} a second"
    for name, count in tally.commands.most_common():
        yield f"  {name}", str(count)
    refusals = tally.refusals + tally.rebuffs
    rash = tally.rebuffs.total()
    yield "refusals", f"{refusals.total()}, {rash} of them of what was rash"
    for code, count in refusals.most_common():
        yield f"  {code}", str(count)
    yield "sent again", f"{tally.sent_again} unanswered, {tally.repeated} on purpose"


def _times(report: Report) -> Iterator[Row]:
    tally = report.tally
    yield "ack ms", _spread(tally.ack_s)
    for name in TIMED:
        yield f"  {name}", _spread(tally.acks_s.get(name, ()))
    yield "own broadcast ms", _spread(tally.own_s)
    yield "due or done to heard ms", _spread(tally.behind_s)
    if tally.reconnects:
        yield "back after a drop ms", _spread(tally.back_s)


def _rooms(report: Report) -> Iterator[Row]:
    tally, rooms = report.tally, report.tally.rooms
    yield "events heard", f"{rooms.events} broadcast, {rooms.resumed} by resume"
    yield "gaps", f"{rooms.gaps_seen} seen, {rooms.gaps_healed} healed"
    yield "duplicates", str(rooms.duplicates)
    checked = ", ".join(f"{tally.checked[kind]} {many}" for kind, many in CHECKED)
    yield "views checked", checked
    yield "reconnects", _causes(tally.reconnects, dict(tally.drops))
    yield "HTTP answers", _list({str(code): n for code, n in tally.http.items()})
    yield "instances", _list(dict(tally.instances))
    yield "generator", f"{report.cpu_share:.1%} of a core"


def _fleets(report: Report) -> Iterator[Row]:
    tally, battles = report.tally, report.tally.battles
    accepted = Counter(one.name for one in tally.acknowledged)
    orders = sum(count for name, count in accepted.items() if name in ORDERS)
    yield "fleets", f"{accepted[LAUNCH]} launched, {orders} sent on their way"
    yield "arrivals heard", str(tally.types["fleets.arrived"])
    yield "crossings heard", str(tally.types["fleets.entered"])
    yield "vision", f"{tally.entered} rooms entered, {tally.left} left"
    yield "battles", f"{len(battles.fought)} fought, {battles.seen} seen"
    alike = f"{battles.differing} differ" if battles.differing else "all alike"
    moments = f"{battles.moments} moments heard by two or more"
    yield "  chains compared", f"{battles.compared} battles, {moments}: {alike}"


def _spread(seconds: Sequence[float]) -> str:
    shown = quantiles(seconds)
    count = shown.pop("count")
    spread = "  ".join(f"{name} {value:.1f}" for name, value in shown.items())
    return f"{spread}  (of {count:.0f})"


def _causes(count: int, causes: dict[str, int]) -> str:
    return f"{count} ({_list(causes)})" if causes else str(count)


def _list(counts: dict[str, int]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()))


PARTS = (_done, _fleets, _times, _rooms)
