"""Anyone's Socket.IO client plays through nginx, on every transport."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from deploy.local.node import node, npm
from tests.support.cluster import Cluster
from tests.support.guest import Guest

HERE = Path(__file__).parent / "js"
NODE_S = 60
INSTALL_S = 300
"""The registry may take its time, and tries of its own."""


@pytest.mark.parametrize(
    "transports",
    [("websocket",), ("polling",), ("polling", "websocket")],
    ids=["websocket", "polling", "upgrade"],
)
def test_plays_with_the_stock_python_client(
    cluster: Cluster, transports: tuple[str, ...]
) -> None:
    guest = Guest(cluster.url).connect(transports)

    order = guest.do("colonies.build", colony=guest.colony, building="mine")
    guest.wait_until(lambda: bool(guest.events(guest.room)))

    started = guest.events(guest.room)[0]
    assert started["type"] == "colonies.building_started"
    assert started["order"] == order["order"]
    assert started["seq"] == guest.welcome["rooms"][guest.room] + 1
    guest.leave()


def test_plays_with_the_stock_javascript_client(cluster: Cluster) -> None:
    guest = Guest(cluster.url)
    npm_ran = subprocess.run(
        [*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=INSTALL_S,
        check=False,
    )
    assert npm_ran.returncode == 0, npm_ran.stderr

    played = subprocess.run(
        [node(), "play.mjs"],
        cwd=HERE,
        env=os.environ
        | {"URL": cluster.url, "TOKEN": guest.token, "COLONY": guest.colony},
        capture_output=True,
        text=True,
        timeout=NODE_S,
        check=False,
    )

    assert played.returncode == 0, played.stderr
    for transport, seen in json.loads(played.stdout).items():
        assert seen["ack"]["ok"], (transport, seen)
        assert seen["event"]["type"].startswith("colonies."), (transport, seen)
        assert seen["late"] == seen["fresh"], transport


def test_completes_a_building_at_its_time(cluster: Cluster) -> None:
    guest = Guest(cluster.url).connect()

    order = guest.do("colonies.build", colony=guest.colony, building="power_plant")
    guest.wait_until(lambda: len(guest.events(guest.room)) == 2)

    done = guest.events(guest.room)[1]
    assert done["type"] == "colonies.building_completed"
    assert done["at_ms"] == order["complete_ms"]
    colony = guest.get(f"/colonies/{guest.colony}")
    assert colony["buildings"] == {"power_plant": 1}
    guest.leave()


def test_answers_the_same_over_http_and_sockets(cluster: Cluster) -> None:
    guest = Guest(cluster.url).connect()
    command_id = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    data = {"colony": guest.colony, "building": "mine"}

    over_http = guest.post(
        "/commands/colonies.build", data, **{"Idempotency-Key": command_id}
    )
    over_socket = guest.socket.call("colonies.build", {"id": command_id, **data})

    assert over_socket == over_http
    assert len(guest.get(f"/colonies/{guest.colony}")["queue"]) == 1
    guest.leave()
