"""Give one account something to show on every page of the client."""

import json
from dataclasses import dataclass
from time import time
from typing import Any
from uuid import uuid4

import requests
from playwright.sync_api import Page

from tests.load.benches.empires import GALAXY, engine_of
from tests.support.armament import arm
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import PASSWORD, WAIT_S, Guest

UNITS = {
    "scout": 6,
    "fighter": 90,
    "interceptor": 30,
    "bomber": 16,
    "frigate": 14,
    "cruiser": 6,
    "battleship": 2,
    "freighter": 12,
    "colony_ship": 1,
}
BUILDINGS = {
    "mine": 8,
    "power_plant": 9,
    "refinery": 5,
    "habitat": 5,
    "warehouse": 6,
    "shipyard": 5,
    "research_lab": 5,
    "sensor_array": 3,
}
RESOURCES = {
    "minerals": 22_000,
    "energy": 18_500,
    "rare_elements": 6_400,
    "population": 900,
}
TECHNOLOGIES = {
    "mining_drills": 5,
    "reactor_design": 4,
    "ballistics": 3,
    "propulsion": 3,
    "sensors": 2,
}
GUARD = {"fighter": 24, "frigate": 4, "cruiser": 2}
VANGUARD = {"scout": 2, "fighter": 30, "interceptor": 8, "freighter": 4}
COURSE = 2_500
"""How far the vanguard flies, in units: longer than the tests last."""
TRIES, ASIDE = 10, 70
"""Places that are tried, and by how much they differ: hazards fill sectors of 100."""
NEVER_MS = 600_000
FOUGHT_S = 120.0
MILLI = 1_000


@dataclass
class Showcase:
    """Hold an account and the ids of what it has."""

    guest: Guest
    login: dict[str, Any]
    fleet: str
    arena: str
    battle: str = ""

    @property
    def colony(self) -> str:
        """Name its first colony."""
        return self.guest.colony

    def let_in(self, page: Page, *, guided: bool = False) -> None:
        """Let a page start as its player, led through the first steps or not."""
        session = _session(self.login) | {"galaxy": GALAXY}
        progress = {"done": [], "isHidden": not guided, "isFolded": False}
        keep(page, "gd.session", session)
        keep(page, f"gd.tutorial.{self.guest.player}", progress)

    @property
    def is_fighting(self) -> bool:
        """Tell whether its last skirmish goes on."""
        if not self.battle:
            return False
        winner = self.guest.get(f"/reports/{self.battle}")["winner"]
        return bool(winner is None)

    def fight(self) -> str:
        """Let a skirmish begin; gives its battle."""
        self.wait_until_fought()
        self.battle = order(self.guest, "skirmish:begin")["battle"]
        return self.battle

    def wait_until_fought(self) -> None:
        """Wait until the last skirmish is over, and its report there."""
        wait_until(lambda: not self.is_fighting, FOUGHT_S)

    def hop(self) -> None:
        """Let a scout fly next door, so that its player is told that it arrived."""
        crew = {"colony": self.guest.colony, "ships": {"scout": 1}}
        scout = order(self.guest, "fleets.launch", **crew)
        to = {"x": scout["x"], "y": scout["y"] + 1}
        order(self.guest, "fleets.move", fleet=scout["id"], to=to)

    def replay(self) -> str:
        """Give the token of the skirmish's replay."""
        shared = self.guest.post(f"/reports/{self.battle}/share")
        return str(shared["path"]).rsplit("/", 1)[-1]


def showcase(cluster: Cluster) -> Showcase:
    """Make an empire with fleets, queues and an open arena."""
    guest = Guest(cluster.url)
    arm(
        engine_of(cluster).galaxy(GALAXY),
        guest.player,
        units=UNITS,
        buildings=BUILDINGS,
        resources=RESOURCES,
        technologies=TECHNOLOGIES,
    )
    order(guest, "fleets.launch", colony=guest.colony, ships=GUARD, name="Home guard")
    launched = {"colony": guest.colony, "ships": VANGUARD, "name": "Vanguard"}
    fleet = order(guest, "fleets.launch", **launched)["id"]
    _send_far(guest, fleet)
    order(guest, "colonies.build", colony=guest.colony, building="mine")
    order(guest, "colonies.train", colony=guest.colony, unit="fighter", count=5)
    order(guest, "research.start", colony=guest.colony, technology="ballistics")
    open_to = {"sides": 2, "seats": 2, "join_ms": NEVER_MS, "name": "Friday night"}
    arena = order(guest, "battle:begin", **open_to)["battle"]
    entry = {"username": guest.name, "password": PASSWORD}
    login = guest.post("/auth/login", entry)
    return Showcase(guest, login, fleet, arena)


def newcomer(cluster: Cluster, page: Page) -> None:
    """Let a page start as somebody who has an account and no empire yet.

    It is offered two galaxies: where there is only one, it begins there at once.
    """
    name = f"new_{uuid4().hex[:12]}"
    answer = requests.post(
        f"{cluster.url}/api/v1/auth/register",
        json={"username": name, "password": PASSWORD},
        timeout=WAIT_S,
    )
    keep(page, "gd.session", _session(answer.json()))
    offered = [{"id": name, "planets": 20_000, "joined": False} for name in "12"]
    page.route("**/api/v1/galaxies", lambda route: route.fulfill(json=offered))


def keep(page: Page, key: str, value: Any) -> None:
    """Let a page find something in its storage when it starts."""
    written = json.dumps([key, json.dumps(value)])
    page.context.add_init_script(f"localStorage.setItem(...{written})")


def _session(login: dict[str, Any]) -> dict[str, Any]:
    kept = {name: login[name] for name in ("player", "access_token", "refresh_token")}
    return kept | {"expires_ms": round((time() + login["expires_in"]) * MILLI)}


def _send_far(guest: Guest, fleet: str) -> None:
    """Send a fleet away; places in a hazard, or behind one, are passed over."""
    home = guest.get(f"/colonies/{guest.colony}")
    for more in range(0, TRIES * ASIDE, ASIDE):
        to = {axis: _across(home[axis], COURSE + more) for axis in ("x", "y")}
        key = {"Idempotency-Key": str(uuid4())}
        data = {"fleet": fleet, "to": to}
        if guest.ask("POST", "/commands/fleets.move", data, **key).ok:
            return
    raise AssertionError(f"no way from {home['x']}, {home['y']}")


def _across(at: float, way: int) -> int:
    """Give a place inside the galaxy, so far away."""
    return round(at - way if at > way else at + way)


def order(guest: Guest, command: str, /, **data: Any) -> dict[str, Any]:
    """Give an order that must be accepted, over HTTP."""
    key = {"Idempotency-Key": str(uuid4())}
    ack = guest.post(f"/commands/{command}", data, **key)
    result: dict[str, Any] = ack["result"]
    return result
