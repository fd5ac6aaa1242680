"""A colony is founded from the map, goods are carried there, another's is blockaded."""

import pytest
from playwright.sync_api import Page, expect

from app.core.units import MILLI
from app.game import registry
from app.game.galaxy.model.map import Planet, sector_at
from tests.e2e.browser.conftest import OpenPage
from tests.load.benches.empires import GALAXY, engine_of
from tests.support.armament import arm, deploy
from tests.support.cluster import Cluster, wait_until
from tests.support.commander import log_in
from tests.support.guest import Guest

PLAIN = 'localStorage.setItem("gd.settings", JSON.stringify({ graphics: "2d" }))'
ASIDE = 30
"""How far a fleet waits from where it is sent, in units: as many pixels."""
UNITS = {"colony_ship": 1, "freighter": 2, "fighter": 20}
CARRIED = 50
ARRIVAL_S = 60.0


@pytest.fixture
def guest(cluster: Cluster) -> Guest:
    """Give a player with ships, who may have a second colony."""
    found = Guest(cluster.url)
    galaxy = engine_of(cluster).galaxy(GALAXY)
    arm(galaxy, found.player, units=UNITS, technologies={"colonisation": 1})
    return found


def test_a_second_colony_is_founded_and_supplied(
    open_page: OpenPage, guest: Guest, cluster: Cluster
) -> None:
    planet = free_planet_near(cluster, guest)
    at = planet.x_milli / MILLI, planet.y_milli / MILLI
    place(cluster, guest, {"colony_ship": 1, "freighter": 2}, at)
    page = seated(open_page, guest)

    click_beside(page)
    wait_until(lambda: len(colonies(guest)) == 2, ARRIVAL_S)
    second = next(one["id"] for one in colonies(guest) if one["id"] != guest.colony)

    page.goto("/colonies")
    expect(page.locator(f'main a[href="/colonies/{second}"]').first).to_be_visible()
    page.goto("/fleets")
    page.locator('main a[href^="/fleets/"]').first.click()
    form = page.locator("main form").filter(
        has=page.get_by_role("button", name="Set out")
    )
    form.get_by_label("Load at", exact=True).select_option(guest.colony)
    form.get_by_label("Unload at").select_option(second)
    form.get_by_label("Minerals").fill(str(CARRIED))
    before = minerals(guest, second)
    form.get_by_role("button", name="Set out").click()
    wait_until(lambda: minerals(guest, second) >= before + CARRIED, ARRIVAL_S)


def test_a_foreign_colony_is_blockaded(
    open_page: OpenPage, guest: Guest, cluster: Cluster
) -> None:
    other = Guest(cluster.url)
    arm(engine_of(cluster).galaxy(GALAXY), other.player, ends_shield=True)
    theirs = other.get(f"/colonies/{other.colony}")
    place(cluster, guest, {"fighter": 20}, (theirs["x"], theirs["y"]))
    page = seated(open_page, guest)

    select_fleet(page)
    page.get_by_role("button", name="In view").click()
    row = page.get_by_role("table", name="In view").get_by_role("row")
    row.filter(has_text=other.name).get_by_role("button", name="Orders").click()
    page.locator('main [data-order="blockade"]').click()
    wait_until(lambda: bool(blockades(other)), ARRIVAL_S)
    expect(page.get_by_role("region", name="Select")).to_contain_text("Blockad")


def seated(open_page: OpenPage, guest: Guest) -> Page:
    """Log in, with a map that is drawn without WebGL."""
    page = open_page()
    page.add_init_script(PLAIN)
    log_in(page, guest)
    return page


def select_fleet(page: Page) -> None:
    """Select the only fleet, in the middle of the map."""
    page.goto("/fleets")
    page.locator('main a[href*="fleet="]').click()
    sheet = page.get_by_role("region", name="Select")
    expect(sheet).to_contain_text("Standing by")


def click_beside(page: Page) -> None:
    """Give the likeliest order, by the right button, to what is left of the fleet."""
    select_fleet(page)
    chart = page.get_by_role("application")
    box = chart.bounding_box()
    assert box is not None
    at = {"x": box["width"] / 2 - ASIDE, "y": box["height"] / 2}
    chart.click(position=at, button="right")


def place(
    cluster: Cluster, guest: Guest, ships: dict[str, int], at: tuple[float, float]
) -> str:
    """Put a fleet to the right of a place."""
    galaxy = engine_of(cluster).galaxy(GALAXY)
    beside = at[0] + ASIDE, at[1]
    return deploy(galaxy, guest.player, ships, beside, colony=guest.colony)


def free_planet_near(cluster: Cluster, guest: Guest) -> Planet:
    """Find a planet without a colony, and with nothing in the way beside it."""
    settings = engine_of(cluster).settings
    map_ = registry.build_galaxy(settings.galaxy_seed, settings.planets)
    home = map_.planets[guest.colony]

    def is_good(planet: Planet) -> bool:
        places = [(planet.x_milli + way * MILLI, planet.y_milli) for way in (0, ASIDE)]
        return planet.id != home.id and not any(
            sector_at(x, y) in map_.hazards for x, y in places
        )

    def far(planet: Planet) -> int:
        across = planet.x_milli - home.x_milli
        return across**2 + (planet.y_milli - home.y_milli) ** 2

    return min(filter(is_good, map_.planets.values()), key=far)


def colonies(guest: Guest) -> list[dict]:
    (empire,) = guest.get("/me")["empires"]
    return empire["colonies"]


def minerals(guest: Guest, colony: str) -> int:
    return guest.get(f"/colonies/{colony}")["resources"]["amounts"]["minerals"]


def blockades(guest: Guest) -> list[str]:
    return guest.get(f"/colonies/{guest.colony}")["blockades"]
