"""Play through nginx as anyone would, with the stock Python client."""

from collections.abc import Sequence
from threading import Condition
from typing import Any
from uuid import uuid4

import requests
import socketio

WAIT_S = 15.0
TRIES = 20
PASSWORD = "correct horse battery staple"


class Guest:
    """Hold one account and, once connected, what its socket heard."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = f"guest_{uuid4().hex[:12]}"
        self.galaxy = "1"
        self.welcome: dict[str, Any] = {}
        self.heard: list[dict[str, Any]] = []
        self.notices: list[dict[str, Any]] = []
        self._changed = Condition()
        self.socket = self._socket()
        entry = {"username": self.name, "password": PASSWORD}
        account = self.post("/auth/register", entry)
        self.token = account["access_token"]
        self.colony = self.post("/galaxies/1/join")["colony"]
        self.player = account["player"]["id"]

    def again(self) -> "Guest":
        """Give the same player on another device."""
        other = Guest.__new__(Guest)
        other.__dict__.update(self.__dict__)
        other.welcome, other.heard, other.notices = {}, [], []
        other._changed = Condition()
        other.socket = other._socket()
        return other

    def abroad(self, galaxy: str) -> "Guest":
        """Give the same player in another galaxy."""
        other = self.again()
        other.galaxy = galaxy
        other.colony = other.post(f"/galaxies/{galaxy}/join")["colony"]
        return other

    def post(self, path: str, body: object = None, **headers: str) -> dict[str, Any]:
        """Ask over HTTP; the answer must be good."""
        answer = self.ask("POST", path, body, **headers)
        assert answer.ok, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def get(self, path: str) -> dict[str, Any]:
        """Read over HTTP; the answer must be good."""
        answer = self.ask("GET", path)
        assert answer.ok, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> requests.Response:
        """Ask over HTTP, whatever the answer."""
        if hasattr(self, "token"):
            headers["Authorization"] = f"Bearer {self.token}"
        url = self.url + "/api/v1" + path
        return requests.request(method, url, json=body, headers=headers, timeout=WAIT_S)

    def connect(self, transports: Sequence[str] = ("websocket",)) -> "Guest":
        """Connect and wait to be welcomed."""
        auth = {"token": self.token, "galaxy": self.galaxy}
        self.socket.connect(
            self.url, auth=auth, transports=list(transports), wait_timeout=WAIT_S
        )
        self.wait_until(lambda: bool(self.welcome))
        return self

    def call(self, name: str, /, **data: Any) -> dict[str, Any]:
        """Send a command and give its ack."""
        message = {"id": str(uuid4()), **data}
        ack: dict[str, Any] = self.socket.call(name, message, timeout=WAIT_S)
        return ack

    def do(self, name: str, /, **data: Any) -> dict[str, Any]:
        """Send a command that must be accepted and give its result."""
        ack = self.call(name, **data)
        assert ack["ok"], ack
        result: dict[str, Any] = ack["result"]
        return result

    def events(self, room: str) -> list[dict[str, Any]]:
        """Give what was heard in a room."""
        batches = [batch for batch in self.heard if batch["room"] == room]
        return [event for batch in batches for event in batch["events"]]

    @property
    def room(self) -> str:
        """Name the player's own room."""
        return f"player:{self.player}"

    def wait_until(self, is_so: Any) -> None:
        """Wait for something to be heard."""
        with self._changed:
            assert self._changed.wait_for(is_so, WAIT_S), (self.welcome, self.heard)

    def leave(self) -> None:
        """Disconnect."""
        self.socket.disconnect()

    def _socket(self) -> socketio.Client:
        socket = socketio.Client(reconnection=False)
        socket.on("welcome", self._welcomed)
        socket.on("events", lambda batch: self._note(self.heard, batch))
        socket.on("notice", lambda notice: self._note(self.notices, notice))
        return socket

    def _welcomed(self, welcome: dict[str, Any]) -> None:
        with self._changed:
            self.welcome = welcome
            self._changed.notify_all()

    def _note(self, notes: list[dict[str, Any]], said: dict[str, Any]) -> None:
        with self._changed:
            notes.append(said)
            self._changed.notify_all()


def on_another_instance(guest: Guest) -> Guest:
    """Connect the player's second device to another instance than the first."""
    for _ in range(TRIES):
        other = guest.again().connect()
        if other.welcome["instance"] != guest.welcome["instance"]:
            return other
        other.leave()
    raise AssertionError("nginx always chose the same instance")
