"""Try what a bot can't have, so that refusals are part of the load.

Each names the codes that it must be refused with: whatever else is answered is a flaw.
"""

from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

from tests.load.folding import View
from tests.load.moves import Move
from tests.load.sight import GALAXY, Contact

NOT_FOUND = frozenset({"not_found"})
INVALID = frozenset({"invalid"})
NO_SHIPS = frozenset({"not_enough_resources", "requirements_missing", "queue_full"})
NO_ENEMY = frozenset({"own_target", "requirements_missing", "in_battle", "not_found"})
"""Not found where the own fleet fell, and its player has yet to hear of it."""


def rash_moves(own: View, contacts: list[Contact], draws: Random) -> list[Move]:
    """Give all that can be tried by now."""
    colony = next(iter(own["colonies"].values()))
    moves = [
        Move(
            "colonies.train",
            {"colony": colony["id"], "unit": "battleship", "count": 100},
            NO_SHIPS,
        ),
        _move(_nobodys(draws), 5_000, 5_000, NOT_FOUND),
    ]
    moves += [_move(one.id, 5_000, 5_000, NOT_FOUND) for one in contacts]
    for fleet in own["fleets"].values():
        moves += _with(fleet, colony, draws)
    return moves


def _with(fleet: dict[str, Any], colony: View, draws: Random) -> Iterator[Move]:
    name = fleet["id"]
    yield _move(name, GALAXY, 0, INVALID)
    yield _move(name, 1.2345, 0, INVALID)
    yield _move(name, -1e308, 0, INVALID)
    yield _attack(name, "fleet", _nobodys(draws), NOT_FOUND | NO_ENEMY)
    yield _attack(name, "colony", colony["id"], NO_ENEMY)


def _nobodys(draws: Random) -> str:
    return str(UUID(int=draws.getrandbits(128), version=4))


def _move(fleet: str, x: float, y: float, refused_as: frozenset[str]) -> Move:
    return Move("fleets.move", {"fleet": fleet, "to": {"x": x, "y": y}}, refused_as)


def _attack(fleet: str, kind: str, target: str, refused_as: frozenset[str]) -> Move:
    data = {"fleet": fleet, "target": {"kind": kind, "id": target}}
    return Move("fleets.attack", data, refused_as)
