"""Measure the client's map in headless Chromium, which draws WebGL by the processor.

It builds a page of its own from `client/bench.html`, with a galaxy made of numbers, and
takes the time from frame to frame. It needs no servers. One core draws while the other
runs the page, so that anything else on this machine shows in the figures.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Browser

from deploy.local.client import CLIENT, install
from deploy.local.node import node
from tests.load.benches.browsing import PATIENCE_MS, VIEW, browsing
from tests.load.benches.figures import Figure, Target, at_least, at_most, figure
from tests.load.tally import percentile

SECONDS = 10
RUNS = 3
MOVING = 2_000
PART = {"zoom": 0.6}
"""A part of the galaxy: 24 x 15 sectors, with their lines and names."""
WAYS = 300
WAYS_MS = 20
SLOWEST = 95
"""The percentile of frame times beside their median."""
MILLI = 1_000


class Case(NamedTuple):
    """Name what is drawn, and how fast it should be."""

    what: str
    asked: dict[str, Any]
    target: Target | None


CASES = (
    Case("10,000 entities, all in view", {"count": 10_000}, at_least(50)),
    Case("10,000, a part in view", {"count": 10_000, **PART}, at_least(50)),
    Case("100,000 entities, all in view", {"count": 100_000}, at_least(20)),
    Case("100,000, a part in view", {"count": 100_000, **PART}, at_least(20)),
    Case("10,000, a part, panning", {"count": 10_000, **PART, "pan": 1}, None),
)

WITHOUT_WEBGL = ("--disable-gpu", "--disable-software-rasterizer")
FALLBACK_CASES = (
    Case("2D canvas: 10,000, all in view", {"count": 10_000}, None),
    Case("2D canvas: 10,000, a part in view", {"count": 10_000, **PART}, None),
)
"""Drawn where there is no WebGL."""


def measure() -> list[Figure]:
    """Draw each case some times, each in a page of its own."""
    with _page_served() as url:
        with browsing() as browser:
            figures = [one for case in CASES for one in _drawn(browser, url, case)]
            figures.append(_ways(browser, url))
        with browsing(*WITHOUT_WEBGL) as browser:
            for case in FALLBACK_CASES:
                figures += _drawn(browser, url, case)
    return figures


def _drawn(browser: Browser, url: str, case: Case) -> Iterator[Figure]:
    asked = {"moving": MOVING, **case.asked}
    runs = [_frames_ms(browser, f"{url}?{urlencode(asked)}") for _ in range(RUNS)]
    rates = [MILLI / median(run) for run in runs]
    yield figure(f"{case.what}: median", "FPS", *rates, target=case.target)
    slow = [percentile([one / MILLI for one in run], SLOWEST) for run in runs]
    yield figure(f"{case.what}: frame, p{SLOWEST}", "ms", *slow)


def _frames_ms(browser: Browser, address: str) -> list[float]:
    page = browser.new_page(viewport=VIEW)
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    page.wait_for_function("window.ready !== undefined")
    page.evaluate("window.ready")
    measured = page.evaluate("seconds => window.measure(seconds)", SECONDS)
    page.close()
    return measured["frames_ms"]


def _ways(browser: Browser, url: str) -> Figure:
    """Find ways as the client's worker does, on as many cells as the server's bench."""
    page = browser.new_page()
    page.goto(f"{url}?count=0&moving=0")
    page.wait_for_function("window.measureWays !== undefined")
    runs = [page.evaluate("count => window.measureWays(count)", WAYS) for _ in range(5)]
    page.close()
    times = [percentile([one / MILLI for one in run], SLOWEST) for run in runs]
    what = f"ways on 160,000 cells, around obstacles: p{SLOWEST}"
    return figure(what, "ms", *times, target=at_most(WAYS_MS))


@contextmanager
def _page_served() -> Iterator[str]:
    """Build the page, and serve it."""
    with TemporaryDirectory() as folder:
        _build(Path(folder))
        serve = partial(_Quiet, directory=folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/bench.html"
        server.shutdown()


def _build(folder: Path) -> None:
    install()
    vite = "node_modules/vite/bin/vite.js"
    options = ("--config", "bench.config.ts", "--outDir", str(folder))
    subprocess.run(
        [node(), vite, "build", *options, "--logLevel", "error"],
        cwd=CLIENT,
        check=True,
    )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing of each request."""
