"""Open real pages for a measurement: the built client, its cluster, a player in it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from deploy.local.folders import ROOT
from tests.support.chromium import MISSING, arguments, chromium
from tests.support.cluster import Cluster
from tests.support.showcase import Showcase, showcase

VIEW = {"width": 1440, "height": 900}
PATIENCE_MS = 60_000


@contextmanager
def browsing(*more: str) -> Iterator[Browser]:
    """Run Chromium, with some more arguments.

    Raises:
        RuntimeError: there is none.
    """
    program = chromium()
    if program is None:
        raise RuntimeError(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=[*arguments(), *more]
        )
        yield browser
        browser.close()


@contextmanager
def playing() -> Iterator[Showcase]:
    """Run a cluster that serves the built client, with an empire of some size."""
    command = [sys.executable, "-m", "deploy.local.client", "build"]
    subprocess.run(command, cwd=ROOT, check=True)
    with Cluster() as cluster:
        yield showcase(cluster)


def cold_page(browser: Browser, player: Showcase) -> tuple[Page, CDPSession]:
    """Open a page with nothing in its cache, as a player who is logged in."""
    context = browser.new_context(
        base_url=player.guest.url, viewport=VIEW, locale="en-GB"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    player.let_in(page)
    return page, context.new_cdp_session(page)
