"""Load a cluster, and say what it does under it: `make load USERS=1000 FOR=120`.

The running cluster of this checkout where there is one, else one of its own on free
ports, which is ended afterwards. The exit code is 1 where something was missed.
"""

import argparse
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import uvloop
from rich.console import Console

from deploy.local import environment, state, supervisor
from deploy.turns import take_turns
from tests.load.api import Failed
from tests.load.crowd import limits, shares, table
from tests.load.crowd.page import page
from tests.load.crowd.search import search
from tests.load.crowd.session import Place, Session, Wanted
from tests.load.crowd.websocket import Dropped, Refused
from tests.support.cluster import Cluster

USERS_MAX = 20_000
KEPT = "crowd.json"
FACTOR = 4
"""Limits of the own cluster for chatter, whose users say twice what players may."""
PLANETS, PLANETS_EACH = 20_000, 20
"""How many an own cluster has, and each user must have to find a free one soon."""
JSON, HTML = Path("var/load.json"), Path("var/load.html")


def main() -> int:
    """Run it, and tell how it went."""
    asked = _arguments().parse_args()
    console = Console()
    take_turns()
    try:
        mix = shares.read(asked.mix)
        wanted = _wanted(asked, mix)
        with _place(asked, mix, console) as place:
            plain = uvloop.run(_measured(asked, wanted, place, console))
    except (Failed, Refused, Dropped, ValueError) as error:
        console.print(f"error: {_hint(error)}", style="red", markup=False)
        return 2
    except KeyboardInterrupt:
        return 130
    table.show(plain, console)
    if "rate_limited" in plain["crowd"]["errors"]:
        console.print(_hint(ValueError("rate_limited")), style="yellow", markup=False)
    for path, text in (
        (asked.json, orjson.dumps(plain, option=orjson.OPT_INDENT_2)),
        (asked.html, page(plain).encode()),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        console.print(f"written: {path}")
    return 1 if plain["missed"] else 0


async def _measured(
    asked: argparse.Namespace, wanted: Wanted, place: Place, console: Console
) -> dict:
    if asked.find:
        return await search(wanted, place, console)
    async with Session(wanted, place, console) as session:
        return await session.measured()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="load", description="Load a cluster.")
    parser.add_argument("--users", type=_number(USERS_MAX), default=1_000)
    parser.add_argument("--seconds", type=_number(86_400), default=120)
    parser.add_argument("--mix", default="play", help="play:0.8,idle:0.2, play,storm")
    parser.add_argument("--seed", type=int, help="the same users, doing the same")
    parser.add_argument("--url", help="a cluster elsewhere: its CPU isn't seen")
    parser.add_argument("--own", action="store_true", help="start one in any case")
    parser.add_argument("--web", type=_number(64), default=2, help="of the own one")
    parser.add_argument("--json", type=Path, default=JSON)
    parser.add_argument("--html", type=Path, default=HTML)
    parser.add_argument(
        "--find", action="store_true", help="the most users at the limits"
    )
    parser.add_argument("--kill", default="", help="after a third: web.1, nginx, ...")
    for option in limits.OPTIONS:
        parser.add_argument(f"--{option.replace('_', '-')}", type=float)
    return parser


def _number(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        found = int(text)
        if not 0 < found <= most:
            raise ValueError(text)
        return found

    return number


def _wanted(asked: argparse.Namespace, mix: dict[str, float]) -> Wanted:
    given = {name: getattr(asked, name) for name in limits.OPTIONS}
    if asked.find and not any(given.values()):
        given |= limits.AIMS
    return Wanted(
        users=asked.users,
        seconds=asked.seconds,
        mix=mix,
        shown=asked.mix,
        seed=secrets.randbits(32) if asked.seed is None else asked.seed,
        limits=limits.read(given),
        kill=asked.kill,
    )


@contextmanager
def _place(
    asked: argparse.Namespace, mix: dict[str, float], console: Console
) -> Iterator[Place]:
    """Find the cluster that runs here, or run one."""
    folders = environment.here()
    found = None if asked.own or asked.url else state.read(folders)
    if asked.url:
        yield Place(asked.url.rstrip("/"), None, None)
    elif found:
        socket = Path(found.supervisor_socket)
        yield Place(found.url, lambda: supervisor.pids(socket), folders.var / KEPT)
    else:
        with console.status("starting a cluster"):
            cluster = Cluster(web=asked.web, env=_settings(asked.users, mix))
            cluster.start()
        try:
            yield Place(cluster.url, lambda: cluster.pids, None)
        finally:
            with console.status("ending the cluster"):
                cluster.remove()


def _settings(users: int, mix: dict[str, float]) -> dict[str, str]:
    """Give what an own cluster needs beyond the usual."""
    chatter = {"RATE_LIMITS_FACTOR": str(FACTOR)} if "chatter" in mix else {}
    is_full = users * PLANETS_EACH > PLANETS
    return chatter | ({"PLANETS": str(users * PLANETS_EACH)} if is_full else {})


def _hint(error: Exception) -> str:
    said = str(error)
    if "chat.open unknown_command" in said:
        return f"{said}: this cluster has no chat, so there is no chatter"
    if "rate_limited" in said:
        return f"{said}: start the cluster with RATE_LIMITS_FACTOR={FACTOR}"
    return said


if __name__ == "__main__":
    sys.exit(main())
