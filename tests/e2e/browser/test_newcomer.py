"""Who is new registers, is led through the first steps and wins a first battle."""

import re
from time import monotonic
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.cluster import Cluster
from tests.support.commander import SECONDS, badge, clear_way, control, register

pytestmark = pytest.mark.long

FIRST_COLONY_S = 10.0
BUILD_MS = 90 * SECONDS
"""All buildings together take a minute."""
BATTLE_MS = 120 * SECONDS
BESIDE_PX = 12
"""Where a fleet is drawn that stands at a colony: to the right of it, and above."""
FAR = 180
"""How far the first fleet is sent, in units: as many pixels."""


def test_who_is_new_plays_to_the_first_victory(page: Page, cluster: Cluster) -> None:
    begin(page)
    build(page)
    train_and_launch(page)
    move(page, cluster)
    research(page)
    fight(page)


def begin(page: Page) -> None:
    """Register; the first colony is there within seconds."""
    register(page, f"new_{uuid4().hex[:12]}")
    started_s = monotonic()
    expect(badge(page)).to_have_attribute("data-status", "live")
    expect(page.locator('main a[href^="/colonies/"]').first).to_be_visible()
    assert monotonic() - started_s < FIRST_COLONY_S
    expect_step(page, "Welcome, commander")
    lead(page, "Go on")
    expect(page).to_have_url(re.compile(r"/colonies/.+"))


def build(page: Page) -> None:
    """Order the first buildings; look at the map while they are built."""
    expect_step(page, "Build a mine")
    control(page, "build-mine").click()
    expect_step(page, "Build a power plant")
    control(page, "build-power_plant").click()
    expect_step(page, "Look at the map")
    lead(page, "Go on")
    expect(page).to_have_url(re.compile(r"/map"))
    expect(chart(page)).to_be_visible()
    expect_step(page, "Build a shipyard")
    lead(page)
    order(control(page, "build-shipyard"))
    expect_step(page, "Build a research lab")
    order(control(page, "build-research_lab"))


def train_and_launch(page: Page) -> None:
    """Train a scout as soon as the shipyard stands, and launch it."""
    expect_step(page, "Train a scout")
    lead(page)
    order(control(page, "train-scout"))
    expect_step(page, "Launch a fleet")
    lead(page)
    form = control(page, "launch-fleet")
    expect(form).to_be_visible(timeout=BUILD_MS)
    form.get_by_role("button", name="All").click()
    form.get_by_role("button", name="Launch").click()
    expect(page).to_have_url(re.compile(r"/fleets/.+"))


def move(page: Page, cluster: Cluster) -> None:
    """Select the fleet on the map, and send it somewhere by the right button."""
    expect_step(page, "Send it somewhere")
    lead(page)
    expect(page).to_have_url(re.compile(r"/map\?x="))
    place = parse_qs(urlsplit(page.url).query)
    way = clear_way(cluster, float(place["x"][0]), float(place["y"][0]), FAR)
    expect(page.get_by_role("button", name="Zoom in")).to_be_visible()
    box = chart(page).bounding_box()
    assert box is not None
    x, y = box["width"] / 2, box["height"] / 2
    chart(page).click(position={"x": x + BESIDE_PX, "y": y - BESIDE_PX})
    expect(page.locator("main").get_by_role("link", name="Fleet page")).to_be_visible()
    chart(page).click(position={"x": x + way, "y": y}, button="right")


def research(page: Page) -> None:
    """Begin to research, once the lab stands."""
    expect_step(page, "Begin your first research")
    lead(page)
    order(control(page, "research-mining_drills"))


def fight(page: Page) -> None:
    """Fight the pirates, and win."""
    expect_step(page, "Beat the pirates")
    lead(page, "Fight the pirates")
    expect(page).to_have_url(re.compile(r"/battles/.+"))
    expect(step(page)).to_contain_text("You have won!", timeout=BATTLE_MS)
    expect(page.locator("main")).to_contain_text("Victory")
    step(page).get_by_role("button", name="Finish").click()
    expect(step(page)).to_have_count(0)


def step(page: Page) -> Locator:
    """Find what leads through the first steps."""
    return page.get_by_role("complementary", name="First steps")


def expect_step(page: Page, title: str) -> None:
    """Wait until a step is the next one to do; the list below names all of them."""
    expect(step(page).get_by_role("heading")).to_contain_text(title)


def lead(page: Page, name: str = "Show me") -> None:
    """Be led to where the step is done."""
    step(page).get_by_role("button", name=name).click()


def chart(page: Page) -> Locator:
    """Find the canvas that the map is drawn on."""
    return page.get_by_role("application")


def order(button: Locator) -> None:
    """Order by a button as soon as it can be done."""
    expect(button).not_to_have_attribute("aria-disabled", "true", timeout=BUILD_MS)
    button.click()
