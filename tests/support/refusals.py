"""Give bad orders over Socket.IO and HTTP alike, and compare what is told."""

import json
from collections.abc import Iterator
from typing import Any

from app.game import registry
from tests.support.guest import Guest
from tests.support.odd import good
from tests.support.outpost import ABSENT, Outpost

NEW = [
    name for name in registry.WIRE if name.split(".")[0] not in ("colonies", "research")
]
"""The commands about fleets, battles and group battles."""


def refusal(scene: Outpost, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Have an order refused over both ways in the same words; nothing changes."""
    before = scene.mine_now()
    ack = next(scene.devices).call(name, **data)
    answer = scene.mine.ask("POST", f"/commands/{name}", data)
    assert not ack["ok"], (name, data, ack)
    error: dict[str, Any] = ack["error"]
    told = answer.json()
    assert {field: told.get(field) for field in error} == error, (error, told)
    assert answer.status_code < 500
    assert scene.mine_now() == before, (name, data)
    return error


def words(scene: Outpost, name: str, data: dict[str, Any]) -> tuple[str, str]:
    """Give both answers as they come, but for what differs from one to the next."""
    ack = next(scene.devices).call(name, **data)
    answer = scene.mine.ask("POST", f"/commands/{name}", data)
    told = answer.json()
    for one in (ack, told):
        for field in ("id", "at_ms", "request_id"):
            one.pop(field, None)
    assert not ack["ok"], (name, data, ack)
    return json.dumps(ack), f"{answer.status_code} {json.dumps(told)}"


def read(guest: Guest, path: str, method: str = "GET") -> str:
    """Give an answer as it comes, but for its number."""
    answer = guest.ask(method, path)
    told = answer.json()
    told.pop("request_id", None)
    return f"{answer.status_code} {json.dumps(told)}"


def put(data: dict[str, Any], fields: tuple[str, ...], value: str) -> dict[str, Any]:
    """Put a value in its place."""
    first, *rest = fields
    return data | {first: put(data[first], tuple(rest), value) if rest else value}


def guesses(scene: Outpost) -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Name orders, and where in them an id may be guessed."""
    ids, own = scene.ids, scene.ids["fighters"]
    colony = scene.mine.colony
    for name in NEW:
        data = good(name)
        if "fleet" in data and not name.startswith("combat."):
            yield name, data, ("fleet",)
        if "battle" in data:
            yield name, data | {"fleet": own} if "fleet" in data else data, ("battle",)
    yield "fleets.launch", good("fleets.launch"), ("colony",)
    yield "fleets.merge", {"fleet": own}, ("into",)
    yield "fleets.salvage", {"fleet": own}, ("debris",)
    for name in ("defend", "return", "blockade"):
        yield f"fleets.{name}", {"fleet": own}, ("colony",)
    for ends in (("from", "to"), ("to", "from")):
        data = {"fleet": own, "cargo": {"minerals": 1}, ends[1]: colony}
        yield "fleets.transport", data, (ends[0],)
    for kind in ("fleet", "colony"):
        data = {"fleet": own, "target": {"kind": kind, "id": ABSENT}}
        yield "fleets.attack", data, ("target", "id")
    for name in ("focus", "retreat", "formation"):
        data = good(f"combat.{name}") | {"battle": ids["battle"]}
        yield f"combat.{name}", data, ("fleet",)
    data = {"battle": ids["battle"], "fleet": ids["fighting"]}
    yield "combat.focus", data, ("target",)
