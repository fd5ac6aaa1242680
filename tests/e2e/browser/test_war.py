"""Two browsers on two instances see each other and fight; a third one sees nothing."""

import re
from collections import ChainMap
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from app.game import registry
from tests.e2e.browser.conftest import OpenPage
from tests.load.benches.empires import GALAXY, engine_of
from tests.support.battlefield import Met, meet, open_space
from tests.support.cluster import Cluster
from tests.support.commander import SECONDS, log_in, visit
from tests.support.guest import Guest
from tests.support.onlooker import Frames, numbers, readings, record, wrong

pytestmark = pytest.mark.long

PLAIN = 'localStorage.setItem("gd.settings", JSON.stringify({ graphics: "2d" }))'
"""Draw the map without WebGL: three at once in software would take long."""
OURS, THEIRS = {"carrier": 10}, {"carrier": 5}
"""They fight for 20 seconds, and ours win."""
BATTLE_MS = 90 * SECONDS
STEPS = 3


class Seat(NamedTuple):
    """Hold a player at a page of a browser of their own."""

    guest: Guest
    page: Page
    frames: Frames


def test_two_see_the_same_battle_and_a_third_none(
    open_page: OpenPage, cluster: Cluster
) -> None:
    ann, bob, cid = (seated(open_page, cluster, f"web.{n}") for n in (1, 2, 1))
    met, at = brought_together(cluster, ann.guest, bob.guest)
    for seat in (ann, bob, cid):
        look_at(seat.page, at)
    for seat, other in ((ann, bob), (bob, ann)):
        expect(row(seat.page, other.guest.name)).to_have_count(1)
    expect(in_view(cid.page)).to_be_visible()

    visit(bob.page, "battles")
    attack(ann.page, bob.guest.name)
    battle = enter(ann.page)
    assert enter(bob.page) == battle
    for seat in (ann, bob):
        expect(seat.page.locator("main article[data-stance]")).to_have_count(2)
        record(seat.page)
    for seat, result in ((ann, "Victory"), (bob, "Defeat")):
        outcome = seat.page.get_by_role("heading", name=result)
        expect(outcome).to_be_visible(timeout=BATTLE_MS)

    assert_same(ann, bob, battle)
    secrets = (battle, met.ours, met.theirs)
    for seat in (ann, bob):
        assert all(any(one in text for text in seat.frames.texts) for one in secrets)
    assert cid.frames.texts
    assert not [one for one in secrets if any(one in it for it in cid.frames.texts)]
    shown = cid.page.content()
    names = ann.guest.name, bob.guest.name
    assert not [one for one in (*secrets, *names) if one in shown]


def assert_same(ann: Seat, bob: Seat, battle: str) -> None:
    """Check that both were told and shown the same battle, as its report has it."""
    told = [seat.frames.steps(battle) for seat in (ann, bob)]
    both = told[0].keys() & told[1].keys()
    assert len(both) > STEPS
    for tick in both:
        assert told[0][tick]["chain"] == told[1][tick]["chain"]
        assert numbers(told[0][tick]) == numbers(told[1][tick])
    views = (seat.frames.views(battle) for seat in (ann, bob))
    steps = ChainMap(*told, *views)
    for seat in (ann, bob):
        report = seat.guest.get(f"/reports/{battle}")
        seen = readings(seat.page)
        assert len({str(one["numbers"]) for one in seen}) > STEPS
        assert not wrong(seen, steps)
        assert seen[-1]["numbers"] == numbers(report)
        seat.page.locator(f'main a[href="/reports/{battle}"]').click()
        chain = seat.page.get_by_text(report["chain"][:12])
        expect(chain.first).to_be_visible()


def seated(open_page: OpenPage, cluster: Cluster, instance: str) -> Seat:
    """Let a player log in with a browser, on an instance."""
    page = open_page()
    page.add_init_script(PLAIN)
    seat = Seat(Guest(cluster.url), page, Frames(page))
    log_in(page, seat.guest, instance)
    return seat


def brought_together(
    cluster: Cluster, ann: Guest, bob: Guest
) -> tuple[Met, tuple[float, float]]:
    """Put a fleet of each in open space, where the other sees it."""
    engine = engine_of(cluster)
    settings = engine.settings
    at = open_space(registry.build_galaxy(settings.galaxy_seed, settings.planets))
    sides = (ann.player, OURS), (bob.player, THEIRS)
    return meet(engine.galaxy(GALAXY), at, *sides), at


def look_at(page: Page, at: tuple[float, float]) -> None:
    """Open the map at a place, with the list of what is in view."""
    page.goto(f"/map?x={at[0]:.0f}&y={at[1]:.0f}&z=1")
    page.get_by_role("button", name="In view").click()


def in_view(page: Page) -> Locator:
    """Find the list of what is in view."""
    return page.get_by_role("table", name="In view")


def row(page: Page, owner: str) -> Locator:
    """Find what belongs to somebody in that list."""
    return in_view(page).get_by_role("row").filter(has_text=owner)


def attack(page: Page, whom: str) -> None:
    """Select the own fleet, and order it against that of another."""
    own = (
        in_view(page).get_by_role("row").filter(has_text="Fleet").filter(has_text="you")
    )
    own.get_by_role("button", name="Select").click()
    row(page, whom).get_by_role("button", name="Orders").click()
    page.locator('main [data-order="attack"]').click()


def enter(page: Page) -> str:
    """Go to the battle that the page tells of; give its id."""
    page.locator('main a[href^="/battles/"]').first.click()
    expect(page).to_have_url(re.compile("/battles/.+"))
    return page.url.rsplit("/", 1)[-1]
