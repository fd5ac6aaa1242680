"""Nothing that a client can send breaks, changes or leaks anything."""

import math
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from app.game import registry
from tests.support.cluster import Cluster
from tests.support.guest import Guest
from tests.support.refusals import NEW

REFUSED = {
    "invalid",
    "not_found",
    "requirements_missing",
    "not_enough_resources",
    "rate_limited",
}
OF_EMPIRES = [name for name in registry.WIRE if name not in NEW]
"""Commands on colonies and research; the others have a module of their own."""
OF_A_COLONY = [
    name for name in OF_EMPIRES if "colony" in registry.WIRE[name].schema().fields
]
DEEP = 100
SPENDS = 50


def odd_values() -> Iterator[Any]:
    """Give what no field of any command accepts."""
    nested: Any = []
    for _ in range(DEEP):
        nested = [nested]
    yield from (None, True, -1, 0, 2**63, 2**70, 1.5, 1e308, [], {}, nested)
    yield from ("", "x" * 5_000, "\x00", "' OR 1=1 --", "{g1}:epoch", "../../etc")
    yield from ("минe", "mine\u202e", "<img src=x onerror=alert(1)>", {"$gt": ""})


def good_data(name: str, colony: str) -> dict[str, Any]:
    """Give data of the right shape, of which the tests spoil one field each."""
    every = {
        "colony": colony,
        "building": "mine",
        "unit": "scout",
        "count": 1,
        "order": "0000000000000",
        "technology": "mining_drills",
        "predicted": {"minerals": 1},
        "name": "Home",
    }
    return {field: every[field] for field in registry.WIRE[name].schema().fields}


def untouched(guest: Guest, before: dict[str, Any]) -> bool:
    after = guest.get(f"/colonies/{guest.colony}")
    fields = ("name", "buildings", "queue", "units")
    return all(after[field] == before[field] for field in fields)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize("name", OF_EMPIRES)
def test_every_field_of_every_command_refuses_odd_values(
    cluster: Cluster, name: str, transport: str
) -> None:
    for field in good_data(name, ""):
        guest = Guest(cluster.url).connect([transport])
        before = guest.get(f"/colonies/{guest.colony}")
        for value in odd_values():
            if name == "colonies.rename" and field == "name" and _is_a_name(value):
                continue
            if name == "colonies.sync" and value == {}:
                continue
            ack = guest.call(name, **good_data(name, guest.colony) | {field: value})
            assert not ack["ok"], (field, value)
            assert ack["error"]["code"] in REFUSED, (field, value, ack)
        assert guest.do("time.sync", client_ms=1)
        assert untouched(guest, before)
        guest.leave()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_views_of_the_map_refuse_odd_values(cluster: Cluster, transport: str) -> None:
    guest = Guest(cluster.url).connect([transport])
    good = {"x0": 0, "y0": 0, "x1": 500, "y1": 500}
    for field in good:
        for value in (*odd_values(), math.nan, math.inf, -math.inf):
            ack = guest.call("view.set", **good | {field: value})
            if ack["ok"]:
                assert type(value) in (int, float)
                assert len(ack["result"]["rooms"]) <= 400
            else:
                assert ack["error"]["code"] in ("invalid", "rate_limited")
    for field in ("seen", "player", "rooms", "__class__"):
        ack = guest.call("view.set", **good | {field: "1"})
        assert ack["error"]["code"] in ("invalid", "rate_limited")
    assert guest.do("view.clear")["rooms"] == {}
    guest.leave()


def _is_a_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 32 and value.isprintable()


@pytest.mark.parametrize("spoiled", ["NaN", "Infinity", "-Infinity", "[" * 1_000])
def test_json_that_is_none_is_refused_over_http(cluster: Cluster, spoiled: str) -> None:
    guest = Guest(cluster.url)
    body = f'{{"colony": "{guest.colony}", "unit": "scout", "count": {spoiled}}}'
    answer = requests.post(
        f"{cluster.url}/api/v1/commands/colonies.train",
        data=body,
        headers={
            "Authorization": f"Bearer {guest.token}",
            "Content-Type": "application/json",
        },
        timeout=15,
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_numbers_that_are_none_are_refused_over_sockets(cluster: Cluster) -> None:
    guest = Guest(cluster.url).connect()
    for value in (math.nan, math.inf, -math.inf):
        data = good_data("colonies.train", guest.colony) | {"count": value}
        ack = guest.call("colonies.train", **data)
        assert ack["error"]["code"] == "invalid"
    guest.leave()


@pytest.mark.parametrize("name", OF_EMPIRES)
def test_fields_that_are_not_the_clients_are_refused(
    cluster: Cluster, name: str
) -> None:
    guest = Guest(cluster.url).connect()
    for field in ("credits", "owner", "role", "player", "at_ms", "__class__"):
        data = good_data(name, guest.colony) | {field: "1"}
        ack = guest.call(name, **data)
        assert ack["error"]["code"] == "invalid", field
    guest.leave()


@pytest.mark.parametrize("name", OF_A_COLONY)
def test_what_is_anothers_is_as_if_absent(cluster: Cluster, name: str) -> None:
    mine, theirs = Guest(cluster.url).connect(), Guest(cluster.url)
    over_socket = mine.call(name, **good_data(name, theirs.colony))
    nowhere = mine.call(name, **good_data(name, "0000000000000"))
    path = f"/commands/{name}"
    over_http = mine.ask("POST", path, good_data(name, theirs.colony))

    assert over_socket["error"] == nowhere["error"]
    assert over_socket["error"]["code"] == "not_found"
    assert over_http.status_code == 404
    assert mine.ask("GET", f"/colonies/{theirs.colony}").status_code == 404
    mine.leave()


def test_of_fifty_spends_at_once_only_what_can_be_paid_succeeds(
    cluster: Cluster,
) -> None:
    guest = Guest(cluster.url).connect()
    devices = [guest, guest.again().connect(), guest.again().connect()]

    def spend(i: int) -> bool:
        device = devices[i % len(devices)]
        data = {"id": str(uuid.uuid4()), "colony": guest.colony, "building": "mine"}
        return bool(device.socket.call("colonies.build", data, timeout=15)["ok"])

    with ThreadPoolExecutor(8) as pool:
        paid = sum(pool.map(spend, range(SPENDS)))

    colony = guest.get(f"/colonies/{guest.colony}")
    levels = [order["level"] for order in colony["queue"]]
    assert paid == len(levels) + colony["buildings"].get("mine", 0)
    assert levels == sorted(set(levels))
    assert min(colony["resources"]["amounts"].values()) >= 0
    for device in devices:
        device.leave()
