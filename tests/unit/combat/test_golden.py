"""Results of battles are pinned: who changes one raises the engine's version.

Stored battles are fought again to be shown and verified. If the change is meant, raise
`spec.VERSION` and take the new values from `python -m tests.support.fights`.
"""

import pytest

from app.game.combat.model.engine.run import fight
from app.game.combat.model.engine.spec import VERSION
from tests.support.fights import BATTLES

ENDS = {
    "one on one": "c076ea05e9dc0d11 71 -1",
    "on the same spot": "922cfd10fd96a141 81 0",
    "nobody at home": "07f35679a2f9d1fd 0 0",
    "fighters": "20ca80c4ee05c7ed 211 1",
    "interceptors hunt bombers": "1cdbdc3fb1a45d09 63 0",
    "frigates against a swarm": "47d216d77c5ae77a 139 1",
    "capital ships": "0065c2186b99bcf4 253 0",
    "scouts run into range": "58790fa74b23ca2c 281 1",
    "freighters without hope": "5bc67c86c6cf68a7 121 1",
    "time runs out": "f60155da9cfbe643 6000 -1",
    "200 against 200": "991f47c955871a00 341 0",
    "500 against 500": "d4b4182ad52e5d1f 841 0",
    "squadrons against few": "e63214391108ea99 181 0",
    "millions": "ae53213d729f70ec 393 1",
    "the utmost": "350f6d78163caeac 1117 1",
    "siege": "f4761c1e2dd05e0b 351 0",
    "orders": "569e1bddf0533cef 433 0",
    "waves": "b2899c8108f80f11 460 1",
    "six sides": "3e6cdb2335908922 565 5",
    "a crowd": "635a177b14630471 2077 5",
}
"""Start of the chain, last tick, winner."""


def test_the_pinned_results_are_of_this_version() -> None:
    assert VERSION == 1
    assert ENDS.keys() == BATTLES.keys()


@pytest.mark.parametrize("name", ENDS)
def test_a_battle_ends_as_it_always_did(name: str) -> None:
    frame = fight(*BATTLES[name])
    assert f"{frame.chain[:16]} {frame.tick} {frame.winner}" == ENDS[name]
