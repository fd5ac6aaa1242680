"""Play in a browser as a person would: by what is shown and said on the page."""

from playwright.sync_api import Locator, Page, expect

from app.core.units import MILLI
from app.game import registry
from app.game.galaxy.model.map import SIDE, sector_at
from tests.load.benches.empires import engine_of
from tests.support.cluster import Cluster
from tests.support.guest import PASSWORD, Guest

SECONDS = 1_000
INSTANCE_COOKIE = "instance"


def register(page: Page, name: str) -> None:
    """Make an account through the form."""
    page.goto("/register")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Found your empire").click()


def log_in(page: Page, guest: Guest, instance: str = "") -> None:
    """Open the game as somebody who has an account; on an instance, if one is named."""
    if instance:
        cookie = {"name": INSTANCE_COOKIE, "value": instance, "url": guest.url}
        page.context.add_cookies([cookie])
    page.goto("/login")
    page.get_by_label("Name", exact=True).fill(guest.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(badge(page)).to_have_attribute("data-status", "live")


def badge(page: Page) -> Locator:
    """Find the sign that says how fresh is what is shown."""
    return page.locator("button[data-status]")


def visit(page: Page, name: str) -> None:
    """Go where the navigation leads."""
    page.locator(f'[data-tour="open-{name}"]').first.click()


def control(page: Page, name: str) -> Locator:
    """Find a control by the name under which the first steps know it."""
    return page.locator(f'main [data-tour="{name}"]')


def clear_way(cluster: Cluster, x: float, y: float, far: int) -> int:
    """Give how far to the right (or, below zero, to the left) a fleet can fly."""
    settings = engine_of(cluster).settings
    hazards = registry.build_galaxy(settings.galaxy_seed, settings.planets).hazards

    def is_clear(at: float) -> bool:
        sector = sector_at(int(at * MILLI), int(y * MILLI))
        return 0 < at < SIDE and sector not in hazards

    ways = (far, -far, far // 2, -far // 2)
    return next(way for way in ways if is_clear(x + way))
