"""Give the edge's tests web instances on a real Redis, and players to connect."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import engineio.client
import pytest
import redis

from tests.integration.realtime.clients import Bare, Player
from tests.integration.realtime.instances import Instance
from tests.support.servers import Servers

_numbers = count(1)

Start = Callable[..., Instance]


@pytest.fixture(scope="module")
def state(servers: Servers) -> Iterator[redis.Redis]:
    """Give the emptied Redis of this module, with two galaxies that take commands."""
    with redis.Redis.from_url(servers.valkey.url) as client:
        client.flushall()
        make_galaxies(client)
        yield client


def make_galaxies(client: redis.Redis) -> None:
    client.set("{g1}:epoch", "first")
    client.set("{g2}:epoch", "first")


@pytest.fixture(scope="module")
def start(
    servers: Servers, state: redis.Redis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Start]:
    """Start instances; they end with the module, and may not have logged an error."""
    folder: Path = tmp_path_factory.mktemp("instances")
    started: list[Instance] = []

    def one(**settings: str) -> Instance:
        url = settings.pop("url", servers.valkey.url)
        started.append(Instance(folder, url, **settings))
        return started[-1]

    yield one
    for instance in started:
        instance.kill()
    for instance in started:
        output = instance.output()
        assert "Traceback" not in output or "broken on purpose" in output


@pytest.fixture(scope="module")
def web(start: Start) -> Instance:
    """Give one instance."""
    return start()


@pytest.fixture(scope="module")
def other(start: Start) -> Instance:
    """Give a second instance."""
    return start()


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what the stock client leaves open when it is thrown out."""
    opened: list[Any] = []

    def noted(make: Callable[..., Any]) -> Callable[..., Any]:
        def made(*args: Any, **options: Any) -> Any:
            opened.append(make(*args, **options))
            return opened[-1]

        return made

    module = engineio.client
    create = noted(module.websocket.create_connection)
    monkeypatch.setattr(module.websocket, "create_connection", create)
    monkeypatch.setattr(module.requests, "Session", noted(module.requests.Session))
    yield
    for one in opened:
        getattr(one, "shutdown", one.close)()


@pytest.fixture
def name() -> str:
    """Name a player whom no other test knows."""
    return f"player{next(_numbers)}"


@pytest.fixture
def play() -> Iterator[Callable[..., Player]]:
    """Connect players; they leave with the test."""
    players: list[Player] = []

    def connect(instance: Instance, name: str, **options: Any) -> Player:
        players.append(Player(name, **options.pop("client", {})))
        players[-1].connect(instance, **options).welcome()
        return players[-1]

    yield connect
    for player in players:
        player.client.disconnect()


@pytest.fixture(params=["websocket", "polling"])
def transport(request: pytest.FixtureRequest) -> str:
    """Name each transport."""
    return request.param


@pytest.fixture
def speak() -> Iterator[Callable[..., Bare]]:
    """Open connections spoken by hand; they are closed with the test."""
    opened: list[Bare] = []

    def one(instance: Instance, transport: str) -> Bare:
        opened.append(Bare(instance, transport))
        return opened[-1]

    yield one
    for bare in opened:
        bare.close()


@pytest.fixture
def bare(web: Instance, transport: str, name: str, speak: Callable[..., Bare]) -> Bare:
    """Give a session spoken by hand, over each transport."""
    return speak(web, transport).join(name)
