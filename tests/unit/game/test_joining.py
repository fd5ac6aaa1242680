"""An account founds its empire once, on a free planet of the mid rim."""

from typing import Any

import pytest

from app.core.chance import Chance
from app.core.message import Ref, Rejected
from app.game import registry
from app.game.colonies.model.events import ColonyFounded
from app.game.colonies.rules.join import CANDIDATES_MAX
from app.game.players.model import PlayerJoined, ShieldEnded
from tests.unit.game.world import HOUR_MS, START_MS, World, decide

PLAYER = Ref("player", "ann")


def joining(command_id: str = "ann/1") -> Any:
    return registry.joining(player="ann", username="Ann", command_id=command_id)


def candidates(world: World, command_id: str = "ann/1") -> list[Ref]:
    homes = registry.build_galaxy("tests", 500).homes
    draws = Chance(command_id, "home")
    drawn = [homes[draws.below(len(homes))].id for _ in range(CANDIDATES_MAX)]
    return [Ref("colony", planet) for planet in drawn]


def taken(world: World, refs: list[Ref]) -> dict[Ref, Any]:
    colony = world.join("bob")
    return {ref: world.states[Ref("colony", colony)] for ref in refs}


def test_an_empire_starts_with_a_colony_credits_and_a_shield() -> None:
    world = World()
    world.run(joining())
    player = world.states[PLAYER]
    assert player.username == "Ann"
    assert player.credits_milli == 1_000_000
    assert player.shield_until_ms == START_MS + 72 * HOUR_MS
    assert len(player.colonies) == 1


def test_a_colony_starts_with_the_resources_of_the_game_in_the_mid_rim() -> None:
    world = World()
    colony = world.states[Ref("colony", world.join())]
    assert colony.region == "mid_rim"
    assert colony.stock.amounts_milli == {
        "energy": 1_000_000,
        "minerals": 1_000_000,
        "rare_elements": 100_000,
        "population": 500_000,
    }
    assert colony.stock.since_ms == START_MS
    assert all(rate >= 0 for rate in colony.stock.production.rates.values())
    assert not colony.buildings
    assert not colony.units


def test_a_colony_stands_on_its_planet() -> None:
    world = World()
    colony = world.states[Ref("colony", world.join())]
    planet = registry.build_galaxy("tests", 500).planets[colony.id]
    place = (colony.x_milli, colony.y_milli, colony.region, colony.planet_type)
    assert place == planet[1:]
    assert world.states[PLAYER].sectors == (
        f"{planet.x_milli // 100_000}:{planet.y_milli // 100_000}",
    )


def test_joining_again_gives_the_same_answer_and_no_second_colony() -> None:
    world = World()
    first = world.run(joining("ann/1"))
    events = len(world.journal)
    assert world.run(joining("ann/2")) == first
    assert len(world.journal) == events


def test_the_same_command_founds_on_the_same_planet() -> None:
    assert World().run(joining()) == World().run(joining())


def test_a_taken_planet_is_passed_over() -> None:
    world = World()
    refs = candidates(world)
    states = taken(world, refs[:2])
    outcome, _loaded = decide(world.game, states, joining(), START_MS)
    assert outcome.result == {"colony": refs[2].id}
    assert [type(event) for _ref, event in outcome.events] == [
        PlayerJoined,
        ColonyFounded,
    ]


def test_refuses_as_busy_when_all_candidates_are_taken() -> None:
    world = World()
    states = taken(world, candidates(world))
    with pytest.raises(Rejected) as refused:
        decide(world.game, states, joining(), START_MS)
    assert refused.value.code == "busy"
    assert refused.value.details["retry_after_ms"] > 0


def test_another_command_looks_at_other_planets() -> None:
    world = World()
    states = taken(world, candidates(world))
    outcome, _loaded = decide(world.game, states, joining("ann/other"), START_MS)
    assert outcome.result["colony"]


def test_an_attack_ends_the_shield() -> None:
    world = World()
    world.join()
    evolve = world.game.kinds["player"].evolve
    assert evolve(world.states[PLAYER], ShieldEnded()).shield_until_ms == 0


def test_the_end_of_the_shield_is_told_to_the_player() -> None:
    world = World()
    world.join()
    world.set("player", "ann", shield_until_ms=0)
    audience = world.game.kinds["player"].audience
    (heard,) = audience(PLAYER, ShieldEnded(), world.states, START_MS)
    assert heard.rooms == ("player:ann",)
    assert heard.type == "players.shield_ended"
    assert heard.payload == {"changes": {"shield_until_ms": 0}}


def test_an_empire_that_does_nothing_needs_no_timer() -> None:
    world = World()
    world.join()
    assert world.timers == {}


def test_a_long_username_still_makes_a_name_that_fits() -> None:
    world = World()
    world.run(registry.joining(player="ann", username="A" * 32, command_id="ann/1"))
    colony = next(s for ref, s in world.states.items() if ref.kind == "colony")
    assert len(colony.name) <= 32
