"""Connect to web instances in tests: stock Socket.IO clients, and bare WebSockets."""

import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

import requests
import socketio
import websocket

from tests.integration.realtime.instances import Instance
from tests.support.waiting import wait_for

SEPARATOR = "\x1e"
PATIENCE_S = 15.0
"""The stock client gives a busy machine a second."""


class Player:
    """Hold a stock client and all that it was told."""

    def __init__(self, name: str, **options: Any) -> None:
        self.name = name
        self.heard: list[tuple[str, Any]] = []
        self.reasons: list[str] = []
        self.refusal: Any = None
        options = {"reconnection": False, "reconnection_delay": 0.1, **options}
        self.client = socketio.Client(**options)
        self.client.on("*", lambda event, data: self.heard.append((event, data)))
        self.client.on("disconnect", self.reasons.append)
        self.client.on("connect_error", self._refused)

    def connect(self, instance: Instance, path: str = "", **options: Any) -> "Player":
        """Connect, over WebSocket unless asked otherwise."""
        usual = {"auth": {"token": self.name}, "transports": ["websocket"]}
        options = {"wait_timeout": PATIENCE_S, **usual, **options}
        self.client.connect(instance.url + path, **options)
        return self

    def _refused(self, data: Any) -> None:
        self.refusal = data

    def told(self, event: str) -> list[Any]:
        """List what was told under an event's name."""
        return [data for name, data in self.heard if name == event]

    def welcome(self) -> Any:
        """Wait for the welcome."""
        return wait_for(lambda: self.told("welcome"), "a welcome")[0]

    def notices(self) -> list[str]:
        """List the codes of all notices."""
        return [notice["code"] for notice in self.told("notice")]

    def events(self, room: str) -> list[Any]:
        """List what was heard in a room, in the order of arrival."""
        batches = [batch for batch in self.told("events") if batch["room"] == room]
        return [event for batch in batches for event in batch["events"]]

    def ask(self, event: str, *args: Any, timeout: float = 5.0) -> Any:
        """Send an event and wait for its ack."""
        data = args[0] if len(args) == 1 else args
        return self.client.call(event, data, timeout=timeout)

    def add(self, counter: str, amount: int = 1, **more: Any) -> Any:
        """Add to a counter."""
        return self.ask("counters.add", command(counter=counter, amount=amount, **more))


def command(**data: Any) -> dict[str, Any]:
    """Make a command's data, with an id."""
    return {"id": str(uuid4()), **data}


class Bare:
    """Speak Engine.IO by hand: over a bare WebSocket, or by polling."""

    def __init__(self, instance: Instance, transport: str) -> None:
        self.transport = transport
        self._url = instance.url + "/socket.io/?EIO=4"
        self._inbox: list[str] = []
        if transport == "websocket":
            url = self._url.replace("http", "ws", 1) + "&transport=websocket"
            self.socket = websocket.create_connection(url, timeout=5)
            self.greeting = json.loads(self.socket.recv()[1:])
            return
        self._session = requests.Session()
        self._url += "&transport=polling"
        answer = self._session.get(self._url, timeout=5)
        self.greeting = json.loads(answer.text[1:])
        self._url += f"&sid={self.greeting['sid']}"

    def join(self, name: str) -> "Bare":
        """Open a session."""
        self.send("40" + json.dumps({"token": name}))
        self.until("40")
        self.until('42["welcome"')
        return self

    def send(self, *packets: str | bytes) -> int:
        """Send packets; the status of the POST where there is one."""
        if self.transport == "websocket":
            for packet in packets:
                opcode = websocket.ABNF.OPCODE_TEXT
                if isinstance(packet, bytes):
                    opcode = websocket.ABNF.OPCODE_BINARY
                self.socket.send(packet, opcode)
            return 0
        body = SEPARATOR.join(str(packet) for packet in packets)
        return self._session.post(
            self._url, data=body.encode("utf-8", "surrogatepass"), timeout=5
        ).status_code

    def until(self, start: str) -> str:
        """Receive until a packet that starts so."""
        while True:
            packet = self.receive()
            if packet.startswith(start):
                return packet

    def receive(self) -> str:
        """Receive one packet."""
        while not self._inbox:
            if self.transport == "websocket":
                self._inbox.append(self.socket.recv())
                if not self._inbox[0]:
                    raise ConnectionError("closed")
            else:
                answer = self._session.get(self._url, timeout=60)
                if not answer.ok:
                    raise ConnectionError(answer.text)
                self._inbox = answer.text.split(SEPARATOR)
        return self._inbox.pop(0)

    def ack(self, number: int) -> Any:
        """Receive the ack of a number."""
        return json.loads(self.until(f"43{number}[")[2 + len(str(number)) :])[0]

    def said(self) -> list[str]:
        """Receive all that comes before the answer to a question asked now."""
        self.send('4299998["time.sync",{"client_ms":1}]')
        packets = [self.receive()]
        while not packets[-1].startswith("4399998["):
            packets.append(self.receive())
        return packets[:-1]

    def is_alive(self) -> bool:
        """Tell whether the connection still answers."""
        self.send('4299999["time.sync",{"client_ms":1}]')
        return bool(self.ack(99999)["ok"])

    def close(self) -> None:
        """Go."""
        if self.transport == "websocket":
            self.socket.shutdown()
        else:
            with suppress(requests.RequestException):
                self.send("1")
            self._session.close()
