"""Measure 200 clients that all ask for the map at once, and who plays meanwhile.

The callers are a process of their own; all processes share this machine.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from time import perf_counter, sleep

import aiohttp

from tests.load.benches.figures import Figure, at_most, figure
from tests.load.tally import quantiles
from tests.support.cluster import Cluster
from tests.support.guest import Guest

CALLERS = 200
RUNS = 3
PATHS = ("map", "colonies")
WARM_UP = 20
PAUSE_S = 0.02
"""Between acks: a connection that sends without a pause is slowed down."""
ACK_MS = 250
"""What a command may wait while all ask; an instance must not stand still."""


def measure() -> list[Figure]:
    """Run it on a cluster of its own."""
    with _playing() as player:
        figures = []
        for path in PATHS:
            runs = [_run(player, f"/api/v1/galaxies/1/{path}") for _ in range(RUNS)]
            figures += _figures(path, runs)
    return figures


@contextmanager
def _playing() -> Iterator[Guest]:
    with Cluster() as cluster:
        player = Guest(cluster.url).connect()
        for _ in range(WARM_UP):
            player.do("time.sync", client_ms=1)
            sleep(PAUSE_S)
        yield player
        player.leave()


def _run(player: Guest, path: str) -> dict[str, dict[str, float]]:
    """Let all ask, and measure acks until the last has its answer."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        pool.submit(abs, 1).result()
        asked = pool.submit(ask_all, player.url + path, player.token)
        acks = list(_acks(player, asked))
        return {"answer": quantiles(asked.result()), "ack": quantiles(acks)}


def _acks(player: Guest, asked: Future[list[float]]) -> Iterator[float]:
    while not asked.done():
        started = perf_counter()
        player.do("time.sync", client_ms=1)
        yield perf_counter() - started
        sleep(PAUSE_S)


def ask_all(url: str, token: str) -> list[float]:
    """Ask from `CALLERS` connections at once; give the seconds that each took."""
    return asyncio.run(_ask_all(url, {"Authorization": f"Bearer {token}"}))


async def _ask_all(url: str, headers: dict[str, str]) -> list[float]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(
        connector=connector,
        headers=headers,
        auto_decompress=False,  # browsers do that elsewhere
    ) as http:
        return await asyncio.gather(*(_ask(http, url) for _ in range(CALLERS)))


async def _ask(http: aiohttp.ClientSession, url: str) -> float:
    started = perf_counter()
    async with http.get(url) as answer:
        answer.raise_for_status()
        await answer.read()
    return perf_counter() - started


def _figures(path: str, runs: list[dict[str, dict[str, float]]]) -> Iterator[Figure]:
    for name, what, rank in (
        ("answer", f"{CALLERS} ask for {path}: answer", "p50"),
        ("answer", f"{CALLERS} ask for {path}: answer", "p99"),
        ("ack", "an ack meanwhile", "p50"),
        ("ack", "an ack meanwhile", "p99"),
    ):
        target = at_most(ACK_MS) if (name, rank) == ("ack", "p99") else None
        measured = (run[name][rank] for run in runs)
        yield figure(f"{what} {rank}", "ms", *measured, target=target)
