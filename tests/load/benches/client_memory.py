"""Measure whether a page that is played in keeps its memory: 10 minutes, or `MINUTES`.

One page looks around on the map, opens colonies, fleets and research, and fights
skirmishes, over and over. Twice a minute everything that nobody holds is collected, and
what is left is counted. For minutes the engine compiles what runs often: that is part
of the heap, and is told apart by a snapshot after the warm-up and one at the end.
"""

import json
import os
import re
from collections.abc import Iterator
from statistics import linear_regression
from time import monotonic
from typing import NamedTuple

from playwright.sync_api import CDPSession, Page, expect

from tests.load.benches.browsing import PATIENCE_MS, browsing, cold_page, playing
from tests.load.benches.figures import Figure, at_most, figure
from tests.support.showcase import Showcase

MINUTES = float(os.environ.get("MINUTES", "10"))
WARM_UP_S = min(120.0, MINUTES * 60 / 3)
"""Code is fetched and compiled, caches fill."""
EVERY_S = 30.0
GROWTH_KIB = 50
"""What a minute of play may add and still count as nothing, in KiB."""
STEPS_PX = 12
PAUSE_MS = 400
KIB, MIB = 1024, 1024**2
PLACES = ("colonies", "research", "fleets", "reports", "rankings")


class Sample(NamedTuple):
    """Hold what a page keeps at one time."""

    minute: float
    heap_kib: float
    nodes: float
    listeners: float


def measure() -> list[Figure]:
    """Play, and see what stays."""
    with playing() as player, browsing() as browser:
        page, devtools = cold_page(browser, player)
        devtools.send("Performance.enable")
        page.goto("/")
        before = _warmed_up(page, devtools, player)
        samples = list(_samples(page, devtools, player))
        return _figures(samples, before, _code_kib(devtools))


def _warmed_up(page: Page, devtools: CDPSession, player: Showcase) -> float:
    ends_s = monotonic() + WARM_UP_S
    while monotonic() < ends_s:
        _round(page, player)
    _go(page, "/colonies")
    return _code_kib(devtools)


def _samples(page: Page, devtools: CDPSession, player: Showcase) -> Iterator[Sample]:
    began_s = monotonic()
    next_s = began_s
    while monotonic() < began_s + MINUTES * 60:
        _round(page, player)
        if monotonic() >= next_s:
            _go(page, "/colonies")
            yield _sample(devtools, (monotonic() - began_s) / 60)
            next_s = max(next_s + EVERY_S, monotonic())


def _round(page: Page, player: Showcase) -> None:
    """Play for some seconds."""
    _go(page, "/map")
    expect(page.locator("[class*=toolbar]").first).to_be_visible(timeout=PATIENCE_MS)
    _look_around(page)
    _go(page, "/colonies")
    expect(page.locator("main h2").first).to_be_visible()
    for place in PLACES:
        _go(page, f"/{place}")
    _watch_a_battle(page, player)


def _look_around(page: Page) -> None:
    box = page.get_by_role("application").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    for turn in (-300, -300, 400, 400, -200):
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(PAUSE_MS)
    page.mouse.down()
    page.mouse.move(x - 260, y - 120, steps=STEPS_PX)
    page.mouse.move(x + 90, y + 60, steps=STEPS_PX)
    page.mouse.up()
    page.wait_for_timeout(PAUSE_MS)


def _watch_a_battle(page: Page, player: Showcase) -> None:
    if not player.is_fighting:
        player.fight()
    _go(page, "/battles")
    link = page.locator(f'main a[href="/battles/{player.battle}"]').first
    if link.count():
        link.click()
        page.wait_for_timeout(PAUSE_MS * 5)


def _go(page: Page, path: str) -> None:
    """Follow the navigation, without loading the page anew."""
    page.locator(f'nav a[href="{path}"]:visible').first.click()
    expect(page).to_have_url(re.compile(re.escape(path)))
    expect(page.locator("main h1").first).to_be_attached()


def _sample(devtools: CDPSession, minute: float) -> Sample:
    devtools.send("HeapProfiler.collectGarbage")
    answer = devtools.send("Performance.getMetrics")
    kept = {each["name"]: each["value"] for each in answer["metrics"]}
    used_kib = kept["JSHeapUsedSize"] / KIB
    return Sample(minute, used_kib, kept["Nodes"], kept["JSEventListeners"])


def _code_kib(devtools: CDPSession) -> float:
    """Weigh the code that was compiled so far."""
    parts: list[str] = []

    def keep(event: dict[str, str]) -> None:
        parts.append(event["chunk"])

    devtools.send("HeapProfiler.collectGarbage")
    devtools.on("HeapProfiler.addHeapSnapshotChunk", keep)
    devtools.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    devtools.remove_listener("HeapProfiler.addHeapSnapshotChunk", keep)
    snapshot = json.loads("".join(parts))
    meta, nodes = snapshot["snapshot"]["meta"], snapshot["nodes"]
    fields, kinds = meta["node_fields"], meta["node_types"][0]
    kind_at, size_at = fields.index("type"), fields.index("self_size")
    code = kinds.index("code")
    each = range(0, len(nodes), len(fields))
    return sum(nodes[at + size_at] for at in each if nodes[at + kind_at] == code) / KIB


def _figures(samples: list[Sample], before: float, after: float) -> list[Figure]:
    minutes = [one.minute for one in samples]
    heap = [one.heap_kib for one in samples]
    growth = linear_regression(minutes, heap).slope
    code = (after - before) / minutes[-1]
    return [
        figure("played", "min", minutes[-1]),
        figure("JS heap after collection", "MiB", *(one * KIB / MIB for one in heap)),
        figure("growth of the JS heap", "KiB/min", growth),
        figure("growth of compiled code", "KiB/min", code),
        figure(
            "growth of all else",
            "KiB/min",
            growth - code,
            target=at_most(GROWTH_KIB),
        ),
        figure("DOM nodes", "", *(one.nodes for one in samples)),
        figure("event listeners", "", *(one.listeners for one in samples)),
    ]
