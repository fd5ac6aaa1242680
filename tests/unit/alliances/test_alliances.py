"""Alliances are formed, joined and left; members share what they see."""

import pytest

from app.core.message import Command, Ref
from app.game.alliances import model
from app.game.alliances.rules import FormAlliance, JoinAlliance, LeaveAlliance
from app.game.vision.views import sight, sight_refs
from tests.unit.game.world import World, refused


@pytest.fixture
def world() -> World:
    world = World()
    for name in ("ann", "bob", "cid"):
        world.join(name)
    return world


def run(world: World, command: type[Command], player: str, **more: str) -> str:
    """Run an internal command and give the alliance."""
    made = command(id=world._id(player), player=player, **more)
    alliance: str = world.run(made)["alliance"]
    return alliance


def allied(world: World, *players: str) -> str:
    alliance = run(world, FormAlliance, players[0])
    for player in players[1:]:
        run(world, JoinAlliance, player, alliance=alliance)
    return alliance


def allies(world: World, player: str) -> tuple[str, ...]:
    known: dict[Ref, object] = {}
    for _round in range(3):
        known = {ref: world.states.get(ref) for ref in sight_refs([player], known)}
    found = sight(player, known)
    assert found is not None
    return found.allies


def test_members_are_each_others_allies(world: World) -> None:
    alliance = allied(world, "ann", "bob")
    assert world.states[model.ref(alliance)].members == ("ann", "bob")
    assert world.states[Ref("player", "bob")].alliance == alliance
    assert allies(world, "ann") == ("bob",)
    assert allies(world, "bob") == ("ann",)
    assert allies(world, "cid") == ()


def test_who_left_is_nobodys_ally_and_may_come_again(world: World) -> None:
    alliance = allied(world, "ann", "bob", "cid")
    run(world, LeaveAlliance, "bob")
    assert allies(world, "ann") == ("cid",)
    assert allies(world, "bob") == ()
    run(world, JoinAlliance, "bob", alliance=alliance)
    assert allies(world, "bob") == ("ann", "cid")


def test_a_player_is_in_one_alliance_at_most(world: World) -> None:
    alliance = allied(world, "ann")
    with refused("in_alliance"):
        run(world, FormAlliance, "ann")
    with refused("in_alliance"):
        run(world, JoinAlliance, "ann", alliance=alliance)


def test_nobody_leaves_what_they_are_not_in(world: World) -> None:
    with refused("no_alliance"):
        run(world, LeaveAlliance, "ann")


def test_an_alliance_that_all_have_left_is_gone(world: World) -> None:
    alliance = allied(world, "ann")
    run(world, LeaveAlliance, "ann")
    for name in (alliance, "nowhere"):
        with refused("not_found"):
            run(world, JoinAlliance, "bob", alliance=name)


def test_an_alliance_is_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MEMBERS_MAX", 2)
    alliance = allied(world, "ann", "bob")
    with refused("alliance_full", members_max=2):
        run(world, JoinAlliance, "cid", alliance=alliance)


@pytest.mark.parametrize("command", [FormAlliance, LeaveAlliance])
def test_without_an_empire_there_is_no_alliance(
    world: World, command: type[Command]
) -> None:
    with refused("no_empire"):
        run(world, command, "nobody")
    with refused("no_empire"):
        run(world, JoinAlliance, "nobody", alliance="any")


def test_the_player_hears_of_it_and_vision_is_told(world: World) -> None:
    alliance = allied(world, "ann", "bob")
    run(world, LeaveAlliance, "ann")
    heard = [one for one in world.heard["player:ann"] if "alliance" in one["type"]]
    assert [(one["type"], one["changes"]) for one in heard] == [
        ("players.alliance_entered", {"alliance": alliance}),
        ("players.alliance_left", {"alliance": None}),
    ]
    assert world.snapshot("player:bob")["player"]["alliance"] == alliance
    assert len(world.heard[f"sight:alliance:{alliance}"]) == 3
    assert len(world.heard["sight:ann"]) >= 2
    assert all(one["type"] == "sight.changed" for one in world.heard["sight:ann"])


def test_sights_without_an_empire_are_none() -> None:
    assert sight("nobody", {Ref("player", "nobody"): None}) is None
