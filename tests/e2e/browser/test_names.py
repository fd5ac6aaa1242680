"""A name is text on every page, also one that looks like a page's own code."""

import pytest
from playwright.sync_api import Page, expect

from tests.load.benches.empires import GALAXY, engine_of
from tests.support.armament import arm
from tests.support.cluster import Cluster
from tests.support.commander import log_in, visit
from tests.support.guest import Guest

CODE = "<img src=x onerror=alert(1)>"
IMAGE = 'img[src="x"]'
PAGES = ("overview", "colonies", "fleets")


@pytest.fixture
def guest(cluster: Cluster) -> Guest:
    """Give a player whose colony and fleet have such names."""
    found = Guest(cluster.url)
    arm(engine_of(cluster).galaxy(GALAXY), found.player, units={"scout": 1})
    found.connect()
    found.do("colonies.rename", colony=found.colony, name=CODE)
    ships = {"colony": found.colony, "ships": {"scout": 1}}
    launched = found.do("fleets.launch", **ships)
    found.do("fleets.rename", fleet=launched["fleet"], name=CODE)
    found.leave()
    return found


def test_a_name_is_shown_and_never_run(page: Page, guest: Guest) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.accept()))
    log_in(page, guest)

    for name in PAGES:
        visit(page, name)
        expect(page.get_by_text(CODE).first).to_be_visible()
        expect(page.locator(IMAGE)).to_have_count(0)
    page.locator('main a[href*="fleet="]').click()
    expect(page.get_by_role("region", name="Select")).to_contain_text(CODE)
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("onerror")
    hit = page.get_by_role("listitem").filter(has_text=CODE)
    expect(hit.first).to_be_visible()
    expect(page.locator(IMAGE)).to_have_count(0)

    assert dialogs == []
