"""Every page holds on a phone, a tablet and a desk: seen, reached and read by all."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from deploy.local.client import CLIENT
from tests.e2e.browser.conftest import SCREENSHOTS, SIZES, WIDE, OpenPage, shoot
from tests.support.axe import Findings, examine
from tests.support.cluster import Cluster
from tests.support.screens import EMPIRE, FOUGHT, GUEST, NEWCOMER, Screen
from tests.support.showcase import Showcase, newcomer, showcase

pytestmark = pytest.mark.long

PHONE = {"width": 390, "height": SIZES[390]}
GERMAN = {"locale": "de-DE", "viewport": PHONE}
ROUTE = re.compile(r'page\("([^"]+)", "(\w+)"')
GIVEN_UP = "ERR_ABORTED"
"""What was fetched ahead, when another address is opened."""
WIDER = """() => [document.documentElement, document.querySelector("main")]
  .filter(one => one.scrollWidth > one.clientWidth)
  .map(one => `${one.localName} is ${one.scrollWidth} of ${one.clientWidth} px wide`)"""
FITS = f"() => ({WIDER})().length === 0"
DRAWN_MS = 3_000
"""How long a page may take to draw a new size."""
SLOWLY = ".mantine-Notification-root { transition-duration: 60s !important }"

found: dict[str, Findings] = {}


@pytest.fixture(scope="module")
def shown(cluster: Cluster) -> Iterator[Showcase]:
    """Make one account that has something to show; keep what axe found."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    yield showcase(cluster)
    figures = {
        name: {"passed": each.passed, **each.by_impact} for name, each in found.items()
    }
    (SCREENSHOTS / "axe.json").write_text(json.dumps(figures, indent=1))


def test_no_page_is_forgotten() -> None:
    routes = (CLIENT / "src" / "app" / "routes.tsx").read_text()
    asked = {
        (path, "empire" if who == "anyone" else who)
        for path, who in ROUTE.findall(routes)
    }
    walked = {"guest": GUEST, "newcomer": NEWCOMER, "empire": EMPIRE}
    assert asked == {
        (one.route, who) for who, screens in walked.items() for one in screens.values()
    }


@pytest.mark.allows(GIVEN_UP)
def test_pages_of_guests_hold(open_page: OpenPage, shown: Showcase) -> None:
    walk(open_page(), GUEST, shown)
    walk_in_german(open_page(**GERMAN), GUEST, shown)


@pytest.mark.allows(GIVEN_UP)
def test_pages_of_newcomers_hold(
    open_page: OpenPage, shown: Showcase, cluster: Cluster
) -> None:
    page, german = open_page(), open_page(**GERMAN)
    newcomer(cluster, page)
    newcomer(cluster, german)
    walk(page, NEWCOMER, shown)
    walk_in_german(german, NEWCOMER, shown)


@pytest.mark.allows(GIVEN_UP)
def test_pages_of_an_empire_hold(open_page: OpenPage, shown: Showcase) -> None:
    page = open_page()
    shown.let_in(page)
    walk(page, EMPIRE, shown)


@pytest.mark.allows(GIVEN_UP)
def test_pages_of_an_empire_hold_in_german(
    open_page: OpenPage, shown: Showcase
) -> None:
    page = open_page(**GERMAN)
    shown.let_in(page)
    walk_in_german(page, EMPIRE, shown)


def test_who_has_no_mouse_gets_everywhere(open_page: OpenPage, shown: Showcase) -> None:
    page = open_page()
    shown.let_in(page)
    EMPIRE["fleets"].reach(page, shown)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.locator("main :focus")
    expect(first).to_be_visible()

    page.keyboard.press("?")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    assert look(page, "shortcuts") == []
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(first).to_have_count(1)

    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile("/research$"))
    expect(page.locator("main h1")).to_be_focused()


@pytest.mark.allows(GIVEN_UP)
def test_what_opens_over_a_page_holds(open_page: OpenPage, shown: Showcase) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    shown.let_in(page, guided=True)
    flaws = {}
    for name, screen, opener in (
        ("more", EMPIRE["overview"], '[data-tour="open-more"]:visible'),
        ("connection", EMPIRE["overview"], "button[data-status]"),
        ("logout", EMPIRE["settings"], 'button:has-text("Log out")'),
        ("rename", EMPIRE["colony"], 'main button[aria-label*="ename"]'),
    ):
        screen.reach(page, shown)
        page.locator(opener).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        flaws[name] = look(page, name)
        shoot(page, name)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    assert_none(flaws)


def test_what_opens_over_the_map_holds(open_page: OpenPage, shown: Showcase) -> None:
    page = open_page()
    shown.let_in(page)
    EMPIRE["map"].reach(page, shown)
    flaws = {}
    for name in ("Search", "In view", "Bookmarks", "Legend"):
        tool = page.get_by_role("button", name=re.compile(name))
        tool.click()
        flaws[name] = look(page, f"map, {name.lower()}")
        shoot(page, f"map-{name.lower()}")
        tool.click()
    assert_none(flaws)


def test_what_slides_in_makes_no_page_wider(
    open_page: OpenPage, shown: Showcase
) -> None:
    page = open_page()
    shown.let_in(page)
    EMPIRE["fleets"].reach(page, shown)
    page.add_style_tag(content=SLOWLY)

    shown.hop()

    expect(page.locator(".mantine-Notification-root").first).to_be_attached()
    assert page.evaluate(WIDER) == []


def test_a_form_with_all_its_fields_holds(open_page: OpenPage, shown: Showcase) -> None:
    page = open_page(viewport=PHONE)
    shown.let_in(page)
    EMPIRE["fleets"].reach(page, shown)
    form = page.locator('[data-tour="launch-fleet"]')
    form.get_by_role("button", name="All").first.click()
    form.scroll_into_view_if_needed()
    assert look(page, "launch") == []
    shoot(page, "launch")


def walk(page: Page, screens: Mapping[str, Screen], shown: Showcase) -> None:
    """Examine pages on a desk, and look at each in all sizes, down to a phone's."""
    flaws = {}
    for name, screen in screens.items():
        page.set_viewport_size(WIDE)
        reach(page, name, screen, shown)
        flaws[name] = look(page, name)
        for width, height in sorted(SIZES.items(), reverse=True):
            page.set_viewport_size({"width": width, "height": height})
            flaws[name] += sideways(page)
            shoot(page, name)
    assert_none(flaws)


def walk_in_german(page: Page, screens: Mapping[str, Screen], shown: Showcase) -> None:
    """Look at pages on a phone, and examine them."""
    flaws = {}
    for name, screen in screens.items():
        reach(page, name, screen, shown)
        flaws[name] = look(page, f"{name}, German, phone") + sideways(page)
        shoot(page, f"{name}-de")
    assert_none(flaws)


def reach(page: Page, name: str, screen: Screen, shown: Showcase) -> None:
    """Open a page; what is told of a battle, once the battle is over."""
    if name in FOUGHT:
        shown.wait_until_fought()
    screen.reach(page, shown)


def look(page: Page, name: str) -> list[str]:
    """Give what keeps people out of what a page shows."""
    found[name] = examine(page)
    return found[name].grave


def sideways(page: Page) -> list[str]:
    """Name what stays wider than its screen.

    A page that draws a new size may be too busy to be asked in time; it is asked last.
    """
    with suppress(Error):
        page.wait_for_function(FITS, timeout=DRAWN_MS)
    wider: list[str] = page.evaluate(WIDER)
    return wider


def assert_none(flaws: dict[str, list[str]]) -> None:
    """Name all pages that have flaws at once."""
    assert {name: each for name, each in flaws.items() if each} == {}
