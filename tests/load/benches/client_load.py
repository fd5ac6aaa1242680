"""Measure what a player waits for: bytes and requests, and when the page can be used.

Every run is a page with an empty cache, behind nginx, of a player who is logged in.
Bytes are those that came over the wire, headers included.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.load.benches.browsing import PATIENCE_MS, browsing, cold_page, playing
from tests.load.benches.figures import Figure, at_most, figure
from tests.support.showcase import Showcase

RUNS = 5
FIRST_KB = 1_500
MAP_KB = 600
READY_MS = 3_000
SILENT_MS = 1_500
"""After so long without an answer, all is there that was to be fetched ahead."""
KB = 1_000
WATCH = """
window.tasks = [];
new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(
  ({ startTime, duration }) => [startTime, startTime + duration],
))).observe({ type: "longtask", buffered: true });
const seen = () => {
  const heading = document.querySelector("main h1");
  if (heading?.checkVisibility()) window.shown_ms = performance.now();
  else requestAnimationFrame(seen);
};
requestAnimationFrame(seen);
"""
QUIET = """quiet_ms => {
  if (window.shown_ms === undefined) return null;
  let ready_ms = window.shown_ms;
  for (const [began_ms, ended_ms] of window.tasks) {
    if (began_ms >= ready_ms + quiet_ms) break;
    ready_ms = Math.max(ready_ms, ended_ms);
  }
  return performance.now() > ready_ms + quiet_ms + 100 ? ready_ms : null;
}"""
QUIET_MS = 200
"""The page can be used once nothing kept it busy for so long."""


class Answer(NamedTuple):
    """Hold what came over the wire for one request."""

    path: str
    size: float

    @property
    def is_code(self) -> bool:
        """Tell whether it is part of the client."""
        return not self.path.startswith(("/api/", "/socket.io/"))


class Load(NamedTuple):
    """Hold one run."""

    shown_ms: float
    ready_ms: float
    first: list[Answer]
    ahead: list[Answer]
    map: list[Answer]


class Wire:
    """Count what one page gets; sockets are not counted."""

    def __init__(self, devtools: Any) -> None:
        self.answers: list[Answer] = []
        self._paths: dict[str, str] = {}
        devtools.on("Network.requestWillBeSent", self._asked)
        devtools.on("Network.loadingFinished", self._answered)
        devtools.send("Network.enable")

    def take(self) -> list[Answer]:
        """Give what came since the last time."""
        taken, self.answers = self.answers, []
        return taken

    def _asked(self, event: dict[str, Any]) -> None:
        self._paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def _answered(self, event: dict[str, Any]) -> None:
        path = self._paths.get(event["requestId"], "")
        self.answers.append(Answer(path, event["encodedDataLength"]))


def measure() -> list[Figure]:
    """Run it on a cluster of its own."""
    with playing() as player, browsing() as browser:
        return list(_figures([_load(browser, player) for _ in range(RUNS)]))


def _load(browser: Browser, player: Showcase) -> Load:
    page, devtools = cold_page(browser, player)
    page.add_init_script(WATCH)
    wire = Wire(devtools)
    page.goto("/")
    page.wait_for_function(QUIET, arg=QUIET_MS)
    ready_ms, shown_ms = page.evaluate(QUIET, QUIET_MS), page.evaluate("shown_ms")
    first = wire.take()
    _wait_for_silence(page, wire)
    ahead = wire.take()
    page.locator('nav a[href="/map"]:visible').first.click()
    tools = page.locator("[class*=toolbar]").first
    expect(tools).to_be_visible(timeout=PATIENCE_MS)
    _wait_for_silence(page, wire)
    page.context.close()
    return Load(shown_ms, ready_ms, first, ahead, wire.take())


def _wait_for_silence(page: Page, wire: Wire) -> None:
    count = -1
    while count != len(wire.answers):
        count = len(wire.answers)
        page.wait_for_timeout(SILENT_MS)


def _figures(runs: list[Load]) -> Iterator[Figure]:
    first = [_kb(run.first) for run in runs]
    yield figure("first page", "KB", *first, target=at_most(FIRST_KB))
    yield figure("first page: requests", "", *(len(run.first) for run in runs))
    every = [_kb(run.first + run.ahead) for run in runs]
    what = "all before the map, with what is fetched ahead"
    yield figure(what, "KB", *every, target=at_most(FIRST_KB))
    code = [_kb(one for one in run.map if one.is_code) for run in runs]
    yield figure("map: code", "KB", *code, target=at_most(MAP_KB))
    data = [_kb(one for one in run.map if not one.is_code) for run in runs]
    yield figure("map: the galaxy", "KB", *data)
    yield figure("map: requests", "", *(len(run.map) for run in runs))
    yield figure("heading visible", "ms", *(run.shown_ms for run in runs))
    ready = [run.ready_ms for run in runs]
    yield figure("can be used", "ms", *ready, target=at_most(READY_MS))


def _kb(answers: Any) -> float:
    return sum(one.size for one in answers) / KB
