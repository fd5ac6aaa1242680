"""Show a comparison to people: a figure a row, a server a column."""

from rich.console import Console
from rich.table import Table

from tests.load.peers.candidates import OURS
from tests.load.peers.results import USERS, Results, Spread


def show(results: Results, console: Console) -> None:
    """Print medians, their part of ours, and whatever is doubtful."""
    table = Table(padding=(0, 1))
    table.add_column(f"median of {len(results.rounds)}", no_wrap=True)
    for name in results.names:
        table.add_column(name, justify="right", no_wrap=True)
    values = {name: results.values(name) for name in results.names}
    ratios = {name: results.ratios(name) for name in results.names}
    for what in values[results.names[0]]:
        cells = (
            _cell(name, values[name][what], ratios[name].get(what))
            for name in results.names
        )
        table.add_row(what, *cells)
    if results.found:
        table.add_row(USERS, *(_most(results, name) for name in results.names))
    console.print(table)
    console.print("below a median: what part of ours it is, median (least-most)")
    for name, lacks in results.lacks.items():
        if lacks:
            console.print(f"{name}: {lacks}", style="dim", markup=False)
    wrongs = list(results.wrongs())
    for wrong in wrongs:
        console.print(f"doubtful: {wrong}", style="yellow", markup=False)
    if not wrongs:
        console.print("nothing was lost or doubled", style="green")


def _cell(name: str, value: Spread, ratio: Spread | None) -> str:
    text = f"{value.median:,.1f}"
    if name == OURS or ratio is None:
        return text
    return f"{text}\n{ratio.median:.2f} ({ratio.low:.2f}-{ratio.high:.2f})"


def _most(results: Results, name: str) -> str:
    found = results.found.get(name)
    if found is None:
        return ""
    text = f"{'at least ' if found.is_bound else ''}{found.users:,}"
    ratio = results.users_ratio(name)
    return text if name == OURS or ratio is None else f"{text}\n{ratio:.2f}"
