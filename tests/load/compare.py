"""Compare our cluster with its peers on this machine: `make compare USERS=500 FOR=30`.

The same crowd chats on each, one after the other, several rounds: rooms of ten, where
everybody says one message a second, which all ten hear. Ours is the whole write path of
the cluster as `make run` starts it; the peers are small servers in their recommended
set-up, under tests/load/peers. Every ratio is to ours of the same round.
docs/compare.md tells how to read it.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.local.problem import StartError
from deploy.turns import take_turns
from tests.load.api import Failed
from tests.load.benches import machine
from tests.load.crowd.websocket import Dropped, Refused
from tests.load.peers import search
from tests.load.peers.candidates import (
    ALL,
    OURS,
    USUAL,
    Candidate,
    OurCluster,
    of_peer,
    ours,
)
from tests.load.peers.report import show
from tests.load.peers.results import Results
from tests.load.peers.search import Found
from tests.load.peers.trial import Trial, chatted, tried

FILE = Path(__file__).parents[2] / "var" / "compare.json"
WIDTH = 124
"""Columns that the table needs; a pipe has only 80 by itself."""
STEP_S = 10.0
"""How long a step of the search for the most users is."""
FAILURES = (StartError, Failed, Refused, Dropped, RuntimeError)
FAILED, STOPPED = 2, 130


def main() -> int:
    """Compare, show it, and write it down."""
    asked = _arguments().parse_args()
    take_turns()
    console = Console()
    console.width = max(console.width, WIDTH)
    on = machine.describe() | {"additions_per_us": round(machine.speed(), 1)}
    console.print(", ".join(f"{what} {value}" for what, value in on.items()))
    results = Results()
    code = os.EX_OK
    try:
        with ExitStack() as ends:
            _compare(_chosen(asked.peers, ends), asked, results, console)
    except FAILURES as error:
        console.print(f"error: {error}", style="red", markup=False)
        code = FAILED
    except KeyboardInterrupt:
        code = STOPPED
    if results.rounds:
        show(results, console)
        _write(asked, on, results)
        console.print(f"written to {asked.json}", markup=False)
    return code


def _write(asked: argparse.Namespace, on: Mapping[str, Any], results: Results) -> None:
    options = {"users": asked.users, "seconds": asked.seconds, "most": asked.most}
    written = {"machine": on, "options": options} | results.plain()
    asked.json.parent.mkdir(exist_ok=True)
    asked.json.write_bytes(orjson.dumps(written, option=orjson.OPT_INDENT_2))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="compare", description=__doc__)
    parser.add_argument("--users", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=4_000, help="bound of the search")
    parser.add_argument("--quick", action="store_true", help="no search for the most")
    parser.add_argument(
        "--peers",
        default=",".join((OURS, *USUAL)),
        help=f"of {', '.join((OURS, *ALL))}",
    )
    parser.add_argument("--json", type=Path, default=FILE)
    return parser


def _chosen(names: str, ends: ExitStack) -> list[Candidate]:
    found = []
    for name in names.split(","):
        if name == OURS:
            cluster = OurCluster()
            ends.callback(cluster.remove)
            found.append(ours(cluster))
        elif name in ALL:
            found.append(of_peer(name))
        else:
            raise StartError(f"no such peer: {name} (of {', '.join((OURS, *ALL))})")
    return found


def _compare(
    candidates: Sequence[Candidate],
    asked: argparse.Namespace,
    results: Results,
    console: Console,
) -> None:
    """Run all rounds, then the searches; what was done stays in `results`."""
    results.lacks = {one.name: one.lacks for one in candidates}
    shown = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*shown, console=console) as progress:
        for number in range(asked.rounds):
            turn = number % len(candidates)
            trials = {}
            for one in (*candidates[turn:], *candidates[:turn]):
                what = f"round {number + 1} of {asked.rounds}: {one.name}"
                with _shown(progress, what):
                    trials[one.name] = _turn(one, asked)
            results.rounds.append(trials)
        for one in () if asked.quick else candidates:
            with _shown(progress, f"most users: {one.name}") as say:
                results.found[one.name] = _most(one, asked, say)


@contextmanager
def _shown(progress: Progress, what: str) -> Iterator[Callable[[str], None]]:
    """Show that something is under way; gives what adds a word to it."""
    task = progress.add_task(what, total=None)
    yield lambda word: progress.update(task, description=f"{what}, {word}")
    progress.update(task, total=1, completed=1)


def _turn(candidate: Candidate, asked: argparse.Namespace) -> Trial:
    with candidate.started() as server:
        return tried(candidate, server, asked.users, asked.seconds)


def _most(
    candidate: Candidate, asked: argparse.Namespace, say: Callable[[str], None]
) -> Found:
    """Search on one server that stays up; a crowd that can't get in is too large."""
    with candidate.started() as server:

        def holds(users: int) -> bool:
            say(f"trying {users}")
            try:
                return chatted(candidate, server, users, STEP_S).holds
            except (Dropped, Refused):
                return False

        found = search.most(holds, asked.users, asked.most)
    say(f"{found.users} of {asked.most}")
    return found


if __name__ == "__main__":
    sys.exit(main())
