"""Give browser tests a browser, and watched pages in it.

`page` is one watched page on `cluster`; `open_page` opens more, each a browser of its
own to the server. At the end of a test, no page may have complained of anything, failed
to load anything or asked another host, but for what the test allows:
`@pytest.mark.allows("pattern", ...)`, or `page.watch.allow("pattern")` on the way.
"""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from deploy.local.folders import ROOT
from tests.support.chromium import MISSING, arguments, chromium
from tests.support.cluster import Cluster
from tests.support.watch import Watch

PATIENCE_MS = 30_000
"""How long a page may take to show something where the machine is busy."""
WIDE = {"width": 1440, "height": 900}
SIZES = {390: 844, 820: 1180, 1440: 900}
"""Width -> height of the screens of a phone, a tablet and a desk."""
SCREENSHOTS = ROOT / "var" / "screenshots"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def program() -> str:
    """Name the Chromium to run."""
    found = chromium()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return found


@pytest.fixture(scope="module")
def browser(program: str) -> Iterator[Browser]:
    """Run one Chromium for a module's tests.

    No longer than these: while Playwright runs, no other test could run an event loop.
    """
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=arguments())
        yield running
        running.close()


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest, browser: Browser, cluster: Cluster
) -> Iterator[OpenPage]:
    """Open watched pages, each with cookies and storage of its own.

    Options are those of a browser context: `viewport`, `locale`, `has_touch`, ...
    """
    opened: list[Page] = []
    allowed = [
        pattern for mark in request.node.iter_markers("allows") for pattern in mark.args
    ]

    def opens(**options) -> Page:
        context = browser.new_context(
            **{"base_url": cluster.url, "viewport": WIDE, "locale": "en-GB"} | options
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.watch = Watch(cluster.url, tuple(allowed))
        page.watch.over(page)
        opened.append(page)
        return page

    yield opens
    if request.node.stash.get(_FAILED, False):
        _keep(request.node, opened)
    flaws = [flaw for page in opened for flaw in page.watch.flaws]
    for page in opened:
        page.context.close()
    assert flaws == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Open one watched page, as wide as a desk's."""
    return open_page()


def shoot(page: Page, name: str) -> None:
    """Keep a picture of what a page shows, where pictures are asked for."""
    size = page.viewport_size
    if os.environ.get("SCREENS") and size:
        page.screenshot(path=SCREENSHOTS / f"{name}-{size['width']}.png")


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test itself failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


def _keep(test: pytest.Item, pages: list[Page]) -> None:
    """Keep what the pages of a failed test showed at its end."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"\W+", "-", test.name)
    for number, page in enumerate(pages):
        if not page.is_closed():
            page.screenshot(path=SCREENSHOTS / f"failed-{name}-{number}.png")
