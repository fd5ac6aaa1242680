"""Skirmishes: one player against pirates, at once, for practice only."""

from app.core.decider import States
from app.core.message import Ref
from app.core.units import MINUTE_MS
from app.game import registry
from app.game.anticheat.model.happened import Happened
from app.game.anticheat.rules.record import fought
from app.game.arenas.model import PIRATES, SHIPS
from app.game.combat.model.scores import scores
from app.game.combat.model.state import Battle
from app.game.combat.projection import SKIRMISHES
from app.game.combat.projection import _board as board
from app.game.hearing import ALWAYS, Hearing, hear_refs, hears
from app.game.vision.views import Sight
from tests.unit.game.armada import Armada
from tests.unit.game.world import SECOND_MS, client, refused


def battle(world: Armada, name: str) -> Battle:
    found: Battle = world.states[Ref("battle", name)]
    return found


def fight_out(world: Armada, name: str) -> Battle:
    while not battle(world, name).is_over:
        world.wait(SECOND_MS)
    return battle(world, name)


def test_it_begins_at_once_with_the_first_exchange(world: Armada) -> None:
    answer = world.order("skirmish:begin")
    begun = battle(world, answer["battle"])
    assert begun.began_ms == world.now_ms
    assert answer["exchange"]["tick"] == begun.frame.tick == 1
    own, theirs = answer["exchange"]["forces"]
    assert (own["id"], own["side"]) == (answer["force"], answer["side"])
    assert (own["player"], own["ships"]) == ("ann", SHIPS)
    assert (theirs["player"], theirs["username"]) == ("", "pirates")
    assert theirs["ships"] == PIRATES
    shown = world.snapshot(f"battle:{begun.id}")["battles"][begun.id]["forces"]
    assert [one["kind"] for one in shown.values()] == ["seat", "npc"]


def test_who_orders_nothing_wins_within_a_minute(world: Armada) -> None:
    for _ in range(20):
        answer = world.order("skirmish:begin")
        ended = fight_out(world, answer["battle"])
        assert ended.winner == answer["side"]
        assert ended.ended_ms - ended.began_ms <= MINUTE_MS


def test_orders_are_taken_from_the_player_alone(world: Armada) -> None:
    answer = world.order("skirmish:begin")
    about = {"battle": answer["battle"], "fleet": answer["force"]}
    pirates = battle(world, answer["battle"]).forces[1].id
    assert world.order("combat.focus", **about, target=pirates)["tick"] >= 1
    assert world.order("combat.formation", **about, formation="assault")
    with refused("not_found"):
        world.order("combat.formation", **about | {"fleet": pirates}, formation="line")
    for name in ("", "bob"):
        with refused("not_found"):
            world.order("combat.retreat", player=name, **about)
    world.order("combat.retreat", **about)
    assert fight_out(world, answer["battle"]).winner != answer["side"]


def test_there_is_one_at_a_time(world: Armada) -> None:
    first = world.order("skirmish:begin")["battle"]
    with refused("already_joined", battle=first):
        world.order("skirmish:begin")
    world.order("skirmish:begin", player="bob")
    fight_out(world, first)
    second = world.order("skirmish:begin")["battle"]
    assert second != first
    with refused("already_joined", battle=second):
        world.order("skirmish:begin")


def test_refuses_who_has_no_empire_and_what_means_nothing(world: Armada) -> None:
    with refused("no_empire"):
        world.order("skirmish:begin", player="nobody")
    for name in ("ships", "side", "battle", "fleet"):
        with refused("invalid"):
            world.order("skirmish:begin", **{name: 1})


def test_nobody_loses_or_gains_anything(world: Armada) -> None:
    before = dict(world.states)
    ended = fight_out(world, world.order("skirmish:begin")["battle"])
    after = {
        ref: state
        for ref, state in world.states.items()
        if ref not in (Ref("player", "ann"), Ref("battle", ended.id))
    }
    assert after == {one: before[one] for one in before if one != Ref("player", "ann")}
    player = world.player()
    world.set("player", "ann", skirmish="")
    assert world.player() == before[Ref("player", "ann")]
    assert player.skirmish == ended.id
    assert player.shield_until_ms > world.now_ms
    assert (ended.debris, ended.loot) == ("", {})
    assert not world.timers


def test_it_is_told_to_the_player_alone(world: Armada) -> None:
    answer = world.order("skirmish:begin")
    fight_out(world, answer["battle"])
    assert not world.heard["galaxy"]
    assert not {"player:", "sight:", "sector::full"} & set(world.heard)
    others = [
        room for room in world.heard if answer["battle"] in str(world.heard[room])
    ]
    assert set(others) == {"player:ann", f"battle:{answer['battle']}"}
    assert world.types("player:ann")[-2:] == ["players.skirmish_begun", "battles.ended"]
    assert world.snapshot("player:ann")["battles"] == {}


def heard_by(player: str, room: str, states: States) -> Hearing | None:
    sight = Sight(player=player, rooms=(), allies=(), sensors=(), homes={}, own=-1)
    return hears(room, sight, states)


def test_no_other_player_hears_it(world: Armada) -> None:
    name = world.order("skirmish:begin")["battle"]
    room = f"battle:{name}"
    for _ in range(2):
        states = {ref: world.states.get(ref) for ref in hear_refs([room])}
        assert heard_by("ann", room, states) == ALWAYS
        for other in ("bob", ""):
            assert heard_by(other, room, states) is None
        fight_out(world, name)


def test_no_arena_is_looked_for(world: Armada) -> None:
    name = world.order("skirmish:begin")["battle"]
    ref = Ref("battle", name)
    known = {ref: world.states[ref]}
    assert registry.snapshot_refs(f"battle:{name}", (), known) == (ref,)


def test_pirates_are_nobody_to_rankings_reports_and_fair_play(world: Armada) -> None:
    ended = fight_out(world, world.order("skirmish:begin")["battle"])
    (score,) = scores(ended)
    assert (score.player, score.won) == ("ann", True)
    assert board(ended) == SKIRMISHES
    assert SKIRMISHES not in registry.LEADERBOARDS
    ref = Ref("battle", ended.id)
    events = world.events(*ref)
    record = fought([Happened(1, world.now_ms, ended.id, "", one) for one in events])
    assert record.players == ("ann",)
    for other in ("bob", ""):
        with refused("not_found"):
            registry.show_report(ended.id, other, {ref: ended})
    assert registry.show_report(ended.id, "ann", {ref: ended})["winner"] == 0
    replay = registry.show_replay(ended.id, {ref: ended})
    assert {one["username"] for one in replay["parties"].values()} == {"ann", "pirates"}


def test_no_fleet_can_be_brought_to_it(world: Armada) -> None:
    fleet = world.launch("ann", cruiser=9)
    name = world.order("skirmish:begin")["battle"]
    with refused("not_found"):
        world.order("combat.reinforce", fleet=fleet, battle=name)


def test_the_rooms_tell_all_that_their_snapshots_show(world: Armada) -> None:
    """Law L2, through the client's own `apply`."""
    own = world.snapshot("player:ann")
    told = len(world.heard["player:ann"])
    answer = world.order("skirmish:begin")
    room = f"battle:{answer['battle']}"
    view, heard = world.snapshot(room), len(world.heard[room])
    world.order(
        "combat.formation",
        battle=answer["battle"],
        fleet=answer["force"],
        formation="defensive",
    )
    fight_out(world, answer["battle"])
    asked = [
        {"view": view, "events": world.heard[room][heard:]},
        {"view": own, "events": world.heard["player:ann"][told:]},
    ]
    views = client("apply", asked)
    assert views == [world.snapshot(room), world.snapshot("player:ann")]
    assert views[1]["player"]["skirmish"] == answer["battle"]
