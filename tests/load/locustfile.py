"""Load a cluster by Locust, for those who use it.

locust -f tests/load/locustfile.py --host http://127.0.0.1:8080 --users 50

Two kinds of users: `Reader` asks over HTTP, `Player` plays over Socket.IO. Locust's own
Socket.IO user counts `emit` as 0 ms, so every command goes by `call`, which waits for
the ack. A Locust user costs a green thread and a stock client: `make load` holds ten
times as many on the same machine, and counts gaps and duplicates as well.
"""

import secrets
from random import choice
from time import perf_counter
from typing import Any, ClassVar
from uuid import uuid4

from locust import HttpUser, between, task
from locust.contrib.socketio import SocketIOUser
from locust.exception import StopUser
from requests import Session

PASSWORD = "correct horse battery staple"
ACK_S = 10
TIMEOUT_S = 30
WELCOME_S = 10
REACH = 250
"""How far a player looks each way, in units."""
BUILDINGS = ("mine", "power_plant", "warehouse", "shipyard", "research_lab")
MET = frozenset({"not_enough_resources", "queue_full", "requirements_missing"})
"""Refusals that honest play meets: no failures."""


class Refused(Exception):
    """Tell Locust that a command was refused; it counts by its text."""


def registered(http: Any, host: str) -> dict[str, Any]:
    """Make an account with an empire.

    Raises:
        StopUser: the cluster would not have it.
    """
    who = {"username": f"locust_{secrets.token_hex(6)}", "password": PASSWORD}
    answer = http.post(f"{host}/api/v1/auth/register", json=who, timeout=TIMEOUT_S)
    if not answer.ok:
        raise StopUser
    account: dict[str, Any] = answer.json()
    bearer = {"Authorization": f"Bearer {account['access_token']}"}
    joined = http.post(
        f"{host}/api/v1/galaxies/1/join", headers=bearer, timeout=TIMEOUT_S
    )
    if not joined.ok:
        raise StopUser
    return account | {"colony": joined.json()["colony"], "bearer": bearer}


class Reader(HttpUser):
    """Read over HTTP: the own account and colony, rules, a ranking."""

    weight = 1
    wait_time = between(1, 3)

    def on_start(self) -> None:
        """Register, and send the token from here on."""
        account = registered(self.client, self.host or "")
        self.colony = account["colony"]
        self.client.headers.update(account["bearer"])

    @task(3)
    def look_at_home(self) -> None:
        """Ask for the own colony."""
        path = f"/api/v1/colonies/{self.colony}"
        self.client.get(path, name="/api/v1/colonies/{id}")

    @task(2)
    def look_at_me(self) -> None:
        """Ask for account and empires."""
        self.client.get("/api/v1/me")

    @task
    def look_at_ranking(self) -> None:
        """Ask for a ranking."""
        self.client.get("/api/v1/leaderboards/power")

    @task
    def read_rules(self) -> None:
        """Ask for the rules."""
        self.client.get("/api/v1/rules")


class Player(SocketIOUser):
    """Play over Socket.IO: build, name, look around, compare the stock."""

    weight = 4
    wait_time = between(1, 3)
    options: ClassVar[dict[str, Any]] = {"reconnection": True}

    def on_start(self) -> None:
        """Register, connect, and learn where home is."""
        host = self.host or ""
        with Session() as http:
            account = registered(http, host)
            path = f"{host}/api/v1/colonies/{account['colony']}"
            home = http.get(path, headers=account["bearer"], timeout=TIMEOUT_S).json()
        self.colony = account["colony"]
        self.home = (home["x"], home["y"])
        self.sio.connect(
            host,
            auth={"token": account["access_token"]},
            transports=["websocket"],
            wait_timeout=WELCOME_S,
        )

    def on_stop(self) -> None:
        """Leave."""
        self.sio.disconnect()

    @task(4)
    def build(self) -> None:
        """Raise a building, where it can be had."""
        self._command("colonies.build", building=choice(BUILDINGS))

    @task(2)
    def rename(self) -> None:
        """Name the colony, which everybody who sees it hears."""
        self._command("colonies.rename", name=f"Outpost {secrets.randbelow(1_000)}")

    @task(2)
    def sync(self) -> None:
        """Compare the stock."""
        self._command("colonies.sync", predicted={})

    @task(2)
    def look_around(self) -> None:
        """Look at what is around home."""
        x, y = (max(REACH, int(at)) for at in self.home)
        view = {"x0": x - REACH, "y0": y - REACH, "x1": x + REACH, "y1": y + REACH}
        self._call("view.set", view)

    def _command(self, name: str, /, **data: Any) -> None:
        self._call(name, {"id": str(uuid4()), "colony": self.colony, **data})

    def _call(self, name: str, data: dict[str, Any]) -> None:
        """Send, wait for the ack, and count a refusal that must not be as a failure."""
        began_s = perf_counter()
        ack = self.sio.call(name, data, timeout=ACK_S)
        if not ack["ok"] and ack["error"]["code"] not in MET:
            self.environment.events.request.fire(
                request_type="refused",
                name=f"{name} {ack['error']['code']}",
                response_time=(perf_counter() - began_s) * 1_000,
                response_length=0,
                exception=Refused(ack["error"]["code"]),
                context={},
            )
