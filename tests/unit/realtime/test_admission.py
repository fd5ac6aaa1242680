"""Who is refused leaves nothing behind on the connection, and has no more time."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.engine.redis import Unavailable
from app.realtime import client as client_module
from app.realtime.admission import Admission
from app.realtime.client import JOIN_S_MAX, Client
from app.realtime.engine import EngineServer
from app.realtime.frames import Frame
from app.realtime.interest import Interest
from app.realtime.sessions import Sessions


class Home:
    """Be a galaxy whose server goes away just when a player comes in."""

    id = "1"

    def __init__(self) -> None:
        self.keys = SimpleNamespace(room=lambda room: room)
        self.reads = self
        self.given_back: list[Any] = []
        self.meanwhile: Any = None

    def now_ms(self) -> int:
        return 1

    def seqs(self, rooms: tuple[str, ...]) -> dict[str, int]:
        for room in rooms:
            self.meanwhile(Frame(b"early"), room)
        raise Unavailable("redis")

    def take(self, _slot: Any) -> bool:
        return True

    def give_back(self, slot: Any, _now_ms: int) -> None:
        self.given_back.append(slot)

    def listen(self, _channels: Any) -> None:
        return


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.fixture
def admission(home: Home) -> Any:
    edge = SimpleNamespace(
        limits=SimpleNamespace(is_free=lambda _address: False),
        authenticate=lambda token: SimpleNamespace(player_id=token),
        galaxy=lambda _name: home,
        rooms_of=lambda _galaxy, player: (f"player:{player}",),
    )
    interest = Interest(home)  # type: ignore[arg-type]
    found: Any = Admission(edge, Sessions(), interest, home, home)  # type: ignore[arg-type]
    return found


def test_a_refused_connection_is_whole_again_and_in_as_much_of_a_hurry(
    home: Home, admission: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module.runtime, "spawn", lambda work, *args: work(*args))
    server = EngineServer(instance="a", async_mode="threading", monitor_clients=False)
    client = Client(server, "sid", "192.0.2.1")
    home.meanwhile = client.hear
    opened_s = client._opened_s
    with pytest.raises(Unavailable):
        admission.admit("s", client, {}, {"token": "ann"})
    assert [slot.sid for slot in home.given_back] == ["s"]
    assert client.is_told
    client.hear(Frame(b"later"), "player:ann", is_prompt=True)
    assert [frame.payload for frame in client._outbox.take()] == [b"later"]
    client.beat(opened_s + JOIN_S_MAX + 1)
    assert client.closed
