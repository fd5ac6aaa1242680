"""The connection drops, an instance dies: the page says so, and is soon right again."""

import json
from collections.abc import Iterator
from time import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.game import registry
from tests.load.benches.empires import GALAXY, engine_of
from tests.support.battlefield import meet, open_space
from tests.support.cluster import Cluster, wait_until
from tests.support.commander import badge, control, log_in, visit
from tests.support.guest import TRIES, Guest
from tests.support.onlooker import numbers, readings, record, steps_of, wrong

pytestmark = pytest.mark.alone

BACK_S = 5.0
STEPS_S = 30.0
SHIPS = {"battleship": 12, "scout": 1}
DROPPED = ("ERR_INTERNET_DISCONNECTED", "WebSocket connection")
KILLED = ("WebSocket connection", "net::ERR_", "status of 50[234]")


@pytest.fixture
def guest(cluster: Cluster) -> Iterator[Guest]:
    """Give a player who also plays without a browser, on the second instance."""
    found = Guest(cluster.url)
    for _ in range(TRIES):
        found.connect()
        if found.welcome["instance"] == "web.2":
            break
        found.leave()
        found = found.again()
    assert found.welcome["instance"] == "web.2"
    yield found
    found.leave()


@pytest.mark.allows(*DROPPED)
def test_orders_wait_while_the_connection_is_gone(page: Page, guest: Guest) -> None:
    log_in(page, guest)
    visit(page, "colonies")
    page.locator(f'main a[href^="/colonies/{guest.colony}"]').first.click()
    mine = page.locator("main article#mine")
    expect(mine).to_be_visible()

    page.context.set_offline(True)
    expect(badge(page)).to_have_attribute("data-status", "offline")
    control(page, "build-mine").click()
    expect(mine.locator(".gd-pending")).to_be_visible()
    guest.do("colonies.build", colony=guest.colony, building="power_plant")
    assert orders(guest) == ["power_plant"]
    page.context.set_offline(False)

    expect(badge(page)).to_have_attribute("data-status", "live")
    expect(mine.locator(".gd-pending")).to_have_count(0)
    expect(page.locator("main .gd-pending")).to_have_count(0)
    assert orders(guest) == ["power_plant", "mine"]
    line = page.locator("main ol > li").filter(has=page.get_by_role("button"))
    expect(line).to_have_count(2)
    expect(line.nth(0)).to_contain_text("Power plant")
    expect(line.nth(1)).to_contain_text("Mine")


def orders(guest: Guest) -> list[str]:
    """Name what a colony builds, as it is on the server."""
    queue = guest.get(f"/colonies/{guest.colony}")["queue"]
    return [one["building"] for one in queue]


@pytest.mark.allows(*KILLED)
def test_an_instance_dies_under_a_battle(
    page: Page, guest: Guest, cluster: Cluster
) -> None:
    log_in(page, guest, "web.1")
    expect_instance(page, "web.1")
    battle = begin_battle(cluster, guest)
    room = f"battle:{battle}"
    shown = guest.do("resume", rooms={room: 0})["rooms"][room]["snapshot"]
    first = shown["battles"][battle]
    visit(page, "battles")
    page.locator(f'main a[href="/battles/{battle}"]').click()
    wait_until(lambda: len(heard(guest, room)) >= 1, STEPS_S)
    expect(page.locator("main article[data-stance]")).to_have_count(2)
    record(page)

    killed_ms = time() * 1_000
    old_pid = cluster.kill("web.1")
    page.wait_for_function(
        """(from_ms) => {
            const after = window.readings.filter(({ at_ms }) => at_ms >= from_ms);
            const gone = after.findIndex(({ seen }) => seen.status !== "live");
            return gone >= 0 &&
                after.slice(gone).some(({ seen }) => seen.status === "live");
        }""",
        arg=killed_ms,
    )
    back = readings(page)
    known = len(heard(guest, room))
    wait_until(lambda: len(heard(guest, room)) >= known + 2, STEPS_S)
    steps = {first["tick"]: first} | heard(guest, room)
    latest = numbers(steps[max(steps)])
    page.wait_for_function(
        """(latest) => window.readings.some(
            ({ seen }) => JSON.stringify(seen.numbers) === latest)""",
        arg=json.dumps(latest, separators=(",", ":")),
    )
    seen = readings(page)
    steps = {first["tick"]: first} | heard(guest, room)

    assert back_s(back, killed_ms) < BACK_S
    assert any(one["isBehind"] for one in seen if one["status"] == "offline")
    assert not wrong(seen, steps)
    assert not seen[-1]["isBehind"]
    expect_instance(page, "web.2")
    cluster.wait_until_back("web.1", old_pid)


def begin_battle(cluster: Cluster, guest: Guest) -> str:
    """Let a fleet of the player attack one of somebody else."""
    other = Guest(cluster.url)
    engine = engine_of(cluster)
    settings = engine.settings
    at = open_space(registry.build_galaxy(settings.galaxy_seed, settings.planets))
    sides = (guest.player, SHIPS), (other.player, SHIPS)
    met = meet(engine.galaxy(GALAXY), at, *sides)
    target = {"kind": "fleet", "id": met.theirs}
    return str(guest.do("fleets.attack", fleet=met.ours, target=target)["battle"])


def heard(guest: Guest, room: str) -> dict[int, Any]:
    """Give the steps of a battle that a player heard, by tick."""
    return steps_of(guest.events(room))


def back_s(seen: list[dict[str, Any]], killed_ms: float) -> float:
    """Tell how long after the kill the badge was live again."""
    after = [one for one in seen if one["at_ms"] >= killed_ms]
    gone = next(at for at, one in enumerate(after) if one["status"] != "live")
    back = next(one for one in after[gone:] if one["status"] == "live")
    return float(back["at_ms"] - killed_ms) / 1_000


def expect_instance(page: Page, name: str) -> None:
    """Check which instance the page says that it is served by."""
    badge(page).click()
    expect(page.get_by_text(f"Server {name}", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
