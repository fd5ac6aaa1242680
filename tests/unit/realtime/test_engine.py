"""Connections without a session are bounded, and failures are told."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest

from app.realtime.client import Client
from app.realtime.engine import UNJOINED_MAX, EngineServer
from app.realtime.server import _quiet

HOME, FREE = "192.0.2.1", "198.51.100.1"


@pytest.fixture
def server() -> EngineServer:
    return EngineServer(
        instance="a",
        async_mode="threading",
        monitor_clients=False,
        logger=_quiet(),
        is_free=lambda address: address == FREE,
    )


def crowd(server: EngineServer, address: str) -> list[Client]:
    clients = [Client(server, f"{n}", address) for n in range(UNJOINED_MAX)]
    server.unjoined.update(clients)
    return clients


def test_a_home_has_so_many_connections_without_a_session(server: Any) -> None:
    clients = crowd(server, HOME)
    assert server._is_crowded(Client(server, "one more", HOME))
    assert not server._is_crowded(Client(server, "elsewhere", "192.0.2.2"))
    clients[0].join()
    assert not server._is_crowded(Client(server, "one more", HOME))
    clients[0].leave()
    assert server._is_crowded(Client(server, "one more", HOME))
    clients[1].close()
    clients[1].leave()  # its session ends behind it
    assert not server._is_crowded(Client(server, "one more", HOME))


def test_a_free_network_has_no_bound(server: Any) -> None:
    crowd(server, FREE)
    assert not server._is_crowded(Client(server, "one more", FREE))


def test_a_failure_is_logged(
    server: EngineServer, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: Any) -> None:
        raise ValueError("broken")

    server.on("message", fail)
    with caplog.at_level(logging.ERROR):
        server.hear(SimpleNamespace(sid="a"), "hello")  # type: ignore[arg-type]
    (line,) = caplog.records
    assert line.exc_info is not None
