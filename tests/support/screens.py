"""Name every page of the client: how it is reached, and what shows that it is there."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.support.showcase import Showcase

SPLASH = "main [class*=splash]"
WAITS = ".mantine-Loader-root:visible"
LATE_MS = 30_000
"""How long a page may take where the machine is busy with other things."""

Way = Callable[[Showcase], str]


class Screen(NamedTuple):
    """Say where a page is, and what it shows once it is all there."""

    route: str
    shows: str = "main h1"
    way: Way | None = None

    def reach(self, page: Page, shown: Showcase) -> None:
        """Open it by its address, and wait until it has settled."""
        page.goto(self.way(shown) if self.way else self.route)
        expect(page.locator("h1").first).to_be_visible(timeout=LATE_MS)
        expect(page.locator(self.shows).first).to_be_visible(timeout=LATE_MS)
        expect(page.locator(SPLASH)).to_have_count(0)
        expect(page.locator(WAITS)).to_have_count(0)


GUEST: Mapping[str, Screen] = {
    "welcome": Screen("/", "form"),
    "login": Screen("/login", "form"),
    "register": Screen("/register", "form"),
}
NEWCOMER: Mapping[str, Screen] = {"join": Screen("/", "main button")}
EMPIRE: Mapping[str, Screen] = {
    "battle": Screen(
        "/battles/:id", "canvas", lambda shown: f"/battles/{shown.fight()}"
    ),
    "overview": Screen("/", 'main a[href^="/colonies/"]'),
    "map": Screen("/map", "[class*=toolbar]"),
    "colonies": Screen("/colonies", "main h2"),
    "colony": Screen(
        "/colonies/:id",
        '[data-tour^="build-"]',
        lambda shown: f"/colonies/{shown.colony}",
    ),
    "research": Screen("/research", '[data-tour="research-mining_drills"]'),
    "fleets": Screen("/fleets", '[data-tour="launch-fleet"]'),
    "fleet": Screen("/fleets/:id", way=lambda shown: f"/fleets/{shown.fleet}"),
    "battles": Screen("/battles"),
    "simulator": Screen("/simulator"),
    "arenas": Screen("/arenas", 'main a[href^="/arenas/"]'),
    "arena": Screen("/arenas/:id", way=lambda shown: f"/arenas/{shown.arena}"),
    "rankings": Screen("/rankings"),
    "notifications": Screen("/notifications"),
    "settings": Screen("/settings"),
    "help": Screen("/help"),
    "reports": Screen("/reports", 'main a[href^="/reports/"]'),
    "report": Screen("/reports/:id", way=lambda shown: f"/reports/{shown.battle}"),
    "replay": Screen(
        "/replays/:token", "canvas", lambda shown: f"/replays/{shown.replay()}"
    ),
}
"""Name -> page; a battle begins with the first, and the last tell of it."""
FOUGHT = ("reports", "report", "replay")
"""Pages that are there once the battle is over."""
