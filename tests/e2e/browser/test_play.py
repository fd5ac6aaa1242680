"""Fleets and buildings are ordered on the page: pending first, then as confirmed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.game import registry
from tests.load.benches.empires import GALAXY, engine_of
from tests.support.armament import arm
from tests.support.cluster import Cluster, wait_until
from tests.support.commander import clear_way, control, log_in, visit
from tests.support.guest import Guest

SCOUTS = 6
FAR = 250
"""How far a fleet is sent, in units: as many pixels, and ten seconds for a scout."""
WAIT_S = 30.0
CODE, IMAGE = "<img src=x onerror=alert(1)>", 'img[src="x"]'
"""A name that looks like a page's own code, and what a page would make of it."""
WATCH_PENDING = """() => {
    window.wasPending = false;
    const look = () => {
        window.wasPending ||= document.querySelector(".gd-pending") !== null;
    };
    const every = { childList: true, attributes: true };
    new MutationObserver(look).observe(document.body, { subtree: true, ...every });
}"""


@pytest.fixture
def guest(cluster: Cluster) -> Guest:
    """Give a player with some scouts."""
    found = Guest(cluster.url)
    galaxy = engine_of(cluster).galaxy(GALAXY)
    arm(galaxy, found.player, units={"scout": SCOUTS})
    return found


def test_a_fleet_flies_by_the_pointer_and_by_keys(
    page: Page, guest: Guest, cluster: Cluster
) -> None:
    launch(page, guest)
    (standing,) = fleets(guest)
    way = clear_way(cluster, standing["x"], standing["y"], FAR)
    page.locator('main a[href*="fleet="]').click()
    sheet = page.get_by_role("region", name="Select")
    expect(sheet).to_contain_text("Standing by")
    chart = page.get_by_role("application")
    box = chart.bounding_box()
    assert box is not None
    at = {"x": box["width"] / 2 + way, "y": box["height"] / 2}

    chart.click(position=at, button="right")
    expect(sheet).to_contain_text("Under way")
    wait_until(lambda: bool(fleets(guest)[0]["path"]), WAIT_S)
    expect(page.locator(".gd-pending")).to_have_count(0)

    chart.focus()
    page.keyboard.press("x")
    expect(sheet).to_contain_text("Standing by")
    wait_until(lambda: not fleets(guest)[0]["path"], WAIT_S)
    x, y = round(standing["x"] + way), round(standing["y"])
    page.keyboard.press("m")
    page.keyboard.type(str(x))
    page.keyboard.press("Tab")
    page.keyboard.type(str(y))
    page.keyboard.press("Enter")
    expect(sheet).to_contain_text("Under way")
    wait_until(lambda: bool(fleets(guest)[0]["path"]), WAIT_S)
    end = fleets(guest)[0]["path"][-1]
    assert (end["x"], end["y"]) == (x, y)


def test_a_fleet_is_split_and_merged(page: Page, guest: Guest) -> None:
    launch(page, guest)
    page.locator('main a[href^="/fleets/"]').first.click()
    expect(page).to_have_url(re.compile("/fleets/.+"))
    page.evaluate(WATCH_PENDING)
    split = page.locator("main form").filter(
        has=page.get_by_role("button", name="Split off")
    )
    split.get_by_role("button", name="How many: Scout +1").click()
    split.get_by_role("button", name="Split off").click()
    merge = page.get_by_role("button", name="Merge", exact=True)
    expect(merge).to_be_visible()
    wait_until(lambda: counts(guest) == [1, SCOUTS - 1], WAIT_S)
    expect(page.get_by_text(f"{SCOUTS - 1} + 1 = {SCOUTS} ships")).to_be_visible()
    expect_confirmed(page)

    merge.click()
    expect(merge).to_have_count(0)
    wait_until(lambda: counts(guest) == [SCOUTS], WAIT_S)
    (left,) = fleets(guest)
    expect(page).to_have_url(re.compile(f"/fleets/{left['id']}$"))
    expect(page.locator('main li[title="Scout"]').first).to_contain_text(str(SCOUTS))


def test_what_is_refused_is_said_in_a_sentence(
    page: Page, guest: Guest, cluster: Cluster
) -> None:
    launch(page, guest)
    page.locator('main a[href^="/fleets/"]').first.click()
    form = page.get_by_role("form", name="Move to coordinates")
    x, y = hazard_near(cluster, fleets(guest)[0])
    form.get_by_label("X").fill(str(x))
    form.get_by_label("Y").fill(str(y))
    form.get_by_role("button", name="Move").click()

    expect(form.get_by_role("alert")).to_have_text("A hazard blocks the way.")
    expect(page.locator(".gd-pending")).to_have_count(0)
    assert not fleets(guest)[0]["path"]


def test_a_building_is_ordered_and_called_off(page: Page, guest: Guest) -> None:
    log_in(page, guest)
    visit(page, "colonies")
    page.locator(f'main a[href^="/colonies/{guest.colony}"]').first.click()
    expect(control(page, "build-mine")).to_be_visible()
    page.evaluate(WATCH_PENDING)
    control(page, "build-mine").click()
    expect_confirmed(page)
    assert [one["building"] for one in queue(guest)] == ["mine"]

    page.get_by_role("button", name="Cancel: Mine").click()
    page.get_by_role("button", name="Give it up").click()
    expect(page.get_by_text("Nothing is being built.")).to_be_visible()
    expect(page.locator(".gd-pending")).to_have_count(0)
    wait_until(lambda: queue(guest) == [], WAIT_S)


def test_a_name_is_shown_and_never_run(page: Page, guest: Guest) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.accept()))
    name_all(guest, CODE)
    log_in(page, guest)

    for name in ("overview", "colonies", "fleets"):
        visit(page, name)
        expect(page.get_by_text(CODE).first).to_be_visible()
        expect(page.locator(IMAGE)).to_have_count(0)
    page.locator('main a[href*="fleet="]').click()
    expect(page.get_by_role("region", name="Select")).to_contain_text(CODE)
    page.get_by_role("button", name="Search").click()
    hit = page.get_by_role("listitem").filter(has_text=CODE)
    expect(hit.first).to_be_visible()
    expect(page.locator(IMAGE)).to_have_count(0)

    assert dialogs == []


def name_all(guest: Guest, name: str) -> None:
    """Give a colony and a new fleet a name."""
    guest.connect()
    guest.do("colonies.rename", colony=guest.colony, name=name)
    launched = guest.do("fleets.launch", colony=guest.colony, ships={"scout": 1})
    guest.do("fleets.rename", fleet=launched["fleet"], name=name)
    guest.leave()


def launch(page: Page, guest: Guest) -> None:
    """Log in and launch all ships through the form; end at the list of fleets."""
    log_in(page, guest)
    visit(page, "fleets")
    form = control(page, "launch-fleet")
    form.get_by_role("button", name="All").click()
    form.get_by_role("button", name="Launch").click()
    expect(page).to_have_url(re.compile("/fleets/.+"))
    assert counts(guest) == [SCOUTS]
    visit(page, "fleets")


def expect_confirmed(page: Page) -> None:
    """Check that an order was shown as pending, and is so no more."""
    page.wait_for_function("() => window.wasPending")
    expect(page.locator(".gd-pending")).to_have_count(0)


def fleets(guest: Guest) -> list[dict[str, Any]]:
    """Give the player's fleets as they are on the server."""
    return list(guest.get("/fleets")["fleets"])


def counts(guest: Guest) -> list[int]:
    """Count the ships of each fleet on the server."""
    return sorted(sum(one["ships"].values()) for one in fleets(guest))


def queue(guest: Guest) -> list[dict[str, Any]]:
    """Give what a colony builds as it is on the server."""
    return list(guest.get(f"/colonies/{guest.colony}")["queue"])


def hazard_near(cluster: Cluster, fleet: dict[str, Any]) -> tuple[int, int]:
    """Give the middle of the nearest sector that nobody can fly into."""
    settings = engine_of(cluster).settings
    hazards = registry.build_galaxy(settings.galaxy_seed, settings.planets).hazards
    middles = [
        tuple(int(part) * 100 + 50 for part in sector.split(":")) for sector in hazards
    ]
    return min(
        middles, key=lambda at: abs(at[0] - fleet["x"]) + abs(at[1] - fleet["y"])
    )
