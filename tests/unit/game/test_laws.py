"""Seeded random play: the laws that hold whatever players do."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest

from app.core.chance import Chance
from app.core.message import Ref, Rejected
from app.engine.codec import Codec
from app.game import registry
from app.game.alliances.rules import FormAlliance, JoinAlliance, LeaveAlliance
from app.game.colonies.model.buildings import BUILDINGS, QUEUE_MAX
from app.game.colonies.model.stock import added
from app.game.colonies.model.units import UNITS
from app.game.fleets.model.shown import PUBLIC_PARTS
from app.game.fleets.model.travel import pending
from app.game.galaxy.model.map import SECTOR_MILLI, SECTORS, sector_of
from app.game.research.model import TECHNOLOGIES
from tests.support.armament import Arm, armed
from tests.unit.game.armada import GALAXY
from tests.unit.game.world import DAY_MS, World, client

PLAYERS = ("ann", "bob")
STEPS = 160
SEEDS = range(12)
ARMAMENT = {
    "units": {"scout": 6, "fighter": 9, "freighter": 4, "colony_ship": 2},
    "technologies": {"colonisation": 2, "propulsion": 3},
    "ends_shield": True,
}
ELSEWHERE = {
    "UpkeepAssumed", "AllianceEntered", "AllianceLeft", "AllianceFormed",
    "MemberJoined", "MemberLeft", "BattleEntered", "BattleLeft", "SiegeBegun",
    "SiegeEnded", "Occupied", "OccupationEnded", "BattleBegan", "StepFought",
    "ForceJoined", "OrderGiven", "BattleEnded", "PlunderTaken", "DebrisLeft",
    "DebrisTaken", "DebrisGone", "ArenaOpened", "SeatTaken", "ArenaStarted",
    "ArenaCalledOff", "SkirmishBegun", "ChannelOpened", "ChannelEntered",
    "ChannelLeft", "MessageSaid", "ParticipantLeft", "ParticipantsReturned",
}  # fmt: skip
"""Events that this play leaves alone: battles, alliances, talk, merging abroad."""


def draw(world: World, chance: Chance, player: str) -> tuple[str, dict[str, Any]]:
    """Draw a command that may well be accepted."""

    def pick(options: Any) -> Any:
        return list(options)[chance.below(len(options))]

    if chance.below(2):
        return draw_fleet(world, chance, player)
    colony = world.states[Ref("player", player)].colonies[0]
    state = world.states[Ref("colony", colony)]
    orders = [one.id for one in (*state.constructions, *state.trainings)] or ["none"]
    early = ("mine", "power_plant", "habitat", "warehouse", "shipyard", "research_lab")
    light, first = ("fighter", "scout"), ("mining_drills", "sensors", "hydroponics")
    builds = {"building": pick((*early, *early, *BUILDINGS))}
    options: list[tuple[str, dict[str, Any]]] = [
        ("colonies.build", builds),
        ("colonies.build", builds),
        ("colonies.train", {"unit": pick(light), "count": 1 + chance.below(9)}),
        ("colonies.train", {"unit": pick(UNITS), "count": 1 + chance.below(9)}),
        ("colonies.cancel", {"order": pick(orders)}),
        ("colonies.demolish", {"building": pick(BUILDINGS)}),
        ("colonies.sync", {"predicted": {"minerals": chance.below(20_000)}}),
        ("colonies.rename", {"name": f"Home {chance.below(3)}"}),
        ("research.start", {"technology": pick(TECHNOLOGIES)}),
        ("research.start", {"technology": pick(first)}),
    ]
    name, data = pick(options)
    if chance.below(12) == 0:
        research = world.states.get(Ref("research", player))
        running = [one.technology for one in research.projects] if research else []
        return "research.cancel", {"technology": pick(running or TECHNOLOGIES)}
    return name, data | {"colony": colony}


def ally(world: World, player: str) -> None:
    """Let a player come into an alliance, or go."""
    own = {"id": world._id(player), "player": player}
    formed = [ref.id for ref, state in world.states.items() if _is_open(ref, state)]
    if world.states[Ref("player", player)].alliance:
        world.run(LeaveAlliance(**own))
    elif formed:
        world.run(JoinAlliance(**own, alliance=formed[0]))
    else:
        world.run(FormAlliance(**own))


def _is_open(ref: Ref, state: Any) -> bool:
    return ref.kind == "alliance" and bool(state.members)


def draw_fleet(world: World, chance: Chance, player: str) -> tuple[str, dict[str, Any]]:
    """Draw an order to a fleet, mostly one's own."""

    def pick(options: Any) -> Any:
        return list(options)[chance.below(len(options))]

    def point() -> dict[str, float]:
        near = world.states[Ref("colony", pick(owner.colonies))]
        x = near.x_milli // 1_000 - 150 + chance.below(300)
        y = near.y_milli // 1_000 - 150 + chance.below(300)
        return {"x": min(9_999, max(0, x)), "y": min(9_999, max(0, y))}

    owner = world.states[Ref("player", player)]
    rival = world.states[Ref("player", PLAYERS[player == "ann"])]
    fleet = pick(owner.fleets or rival.fleets or ("none",))
    colony, any_colony = pick(owner.colonies), pick((*owner.colonies, *rival.colonies))
    unit = pick(("scout", "fighter", "freighter", "colony_ship"))
    ships = {unit: 1 + chance.below(2)}
    cargo = {"rare_elements": pick((9, 4_000))}
    queue = {"queue": True} if chance.below(3) == 0 else {}
    name, data = pick((
        ("launch", {"colony": colony, "ships": ships}),
        ("launch", {"colony": colony, "ships": ships}),
        ("move", {"to": point(), **queue}),
        ("move", {"to": point(), "via": [point()], **queue}),
        ("stop", {}),
        ("clear", {}),
        ("split", {"ships": ships}),
        ("merge", {"into": pick(owner.fleets or ("none",))}),
        ("defend", {"colony": colony, **queue}),
        ("blockade", {"colony": any_colony, **queue}),
        ("blockade", {"colony": pick(rival.colonies)}),
        ("patrol", {"points": [point(), point(), point()], **queue}),
        ("transport", {"from": colony, "to": any_colony, "cargo": cargo}),
        ("colonise", {"planet": pick(GALAXY.planets), **queue}),
        ("colonise", {"planet": nearest(world, colony)}),
        ("return", {"colony": colony, **queue}),
        ("rename", {"name": f"Wing {chance.below(3)}"}),
    ))  # fmt: skip
    return f"fleets.{name}", data | ({} if name == "launch" else {"fleet": fleet})


def nearest(world: World, colony: str) -> str:
    """Name a free planet near a colony."""
    near = world.states[Ref("colony", colony)]
    free = [one for one in GALAXY.homes if Ref("colony", one.id) not in world.states]
    return min(
        free,
        key=lambda one: (
            (one.x_milli - near.x_milli) ** 2 + (one.y_milli - near.y_milli) ** 2
        ),
    ).id


def rooms(world: World) -> list[str]:
    found = ["galaxy"]
    for player in PLAYERS:
        state = world.states[Ref("player", player)]
        found += [f"player:{player}"]
        for sector in state.sectors:
            found += [f"sector:{sector}"]
            found += [f"sector:{near}:full" for near in around(sector)]
    return list(dict.fromkeys(found))


def around(sector: str) -> list[str]:
    x, y = sector_of(sector)
    near = [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return [f"{x}:{y}" for x, y in near if 0 <= x < SECTORS and 0 <= y < SECTORS]


def play(seed: int) -> tuple[World, list[dict[str, Any]], int]:
    """Play; give the world, views of rooms with what was heard after them."""
    world, chance, accepted = World(), Chance("play", seed), 0
    world.game = armed(world.game)
    for player in PLAYERS:
        colony = world.join(player)
        world.run(Arm(id=f"{player}/arm", player=player, colony=colony, **ARMAMENT))
        world.give(colony, minerals=9_000, energy=9_000, rare_elements=900)
        for building in ("mine", "power_plant", "shipyard", "research_lab"):
            world.order(
                "colonies.build", player=player, colony=colony, building=building
            )
            world.wait(20_000)
    cut = {
        room: (world.snapshot(room), len(world.heard[room])) for room in rooms(world)
    }
    for step in range(STEPS):
        owner = chance.below(2)
        name, data = draw(world, chance, PLAYERS[owner])
        player = PLAYERS[owner ^ (chance.below(30) == 0)]
        try:
            world.order(name, player=player, **data)
            accepted += 1
        except Rejected:
            pass
        if chance.below(20) == 0:
            ally(world, player)
        long = (1_000, 60_000, 3 * DAY_MS)[(chance.below(9) > 3) + (step % 60 == 59)]
        world.wait(chance.below(long))
    plays = [
        {"room": room, "view": view, "events": world.heard[room][heard:]}
        for room, (view, heard) in cut.items()
    ]
    return world, plays, accepted


@pytest.fixture(scope="module")
def played() -> list[tuple[World, list[dict[str, Any]], int]]:
    return [play(seed) for seed in SEEDS]


Played = list[tuple[World, list[dict[str, Any]], int]]


def test_random_play_does_much_of_everything(played: Played) -> None:
    assert min(accepted for _world, _plays, accepted in played) > STEPS // 4
    happened = {
        type(event)
        for world, _plays, _accepted in played
        for _ref, event in world.journal
    }
    unheard = {event.__name__ for event in set(registry.EVENTS) - happened}
    assert unheard <= ELSEWHERE


def test_states_are_what_their_events_make_of_them(played: Played) -> None:
    """Law L1. Resources given past the rules are given to the folded state too."""
    for world, _plays, _accepted in played:
        gifts = given(world)
        folded: dict[Ref, Any] = {}
        for ref, event in world.journal:
            folded[ref] = world.game.kinds[ref.kind].evolve(folded.get(ref), event)
        for ref, state in world.states.items():
            if ref.kind != "colony":
                assert folded[ref] == state
                continue
            stock, kept = folded[ref].stock, gifts.get(ref, {})
            assert added(stock.amounts_milli, kept) == state.stock.amounts_milli
            assert folded[ref].buildings == state.buildings
            assert folded[ref].constructions == state.constructions
            assert (folded[ref].units, folded[ref].away) == (state.units, state.away)
            assert folded[ref].stock.production == state.stock.production


def given(world: World) -> dict[Ref, dict[str, int]]:
    """Give what `World.give` put in: to 9,000 (and 900) from the 1,000 at the start."""
    gift = {"minerals": 8_000_000, "energy": 8_000_000, "rare_elements": 800_000}
    homes = [world.states[Ref("player", player)].colonies[0] for player in PLAYERS]
    return {Ref("colony", home): gift for home in homes}


def test_what_a_state_holds_is_the_sum_of_what_its_events_name(played: Played) -> None:
    """Law L3."""
    for world, _plays, _accepted in played:
        gifts: dict[Ref, dict[str, int]] = defaultdict(dict, given(world))
        for ref, event in world.journal:
            if ref.kind not in registry.LEDGERS:
                continue
            for amounts in registry.LEDGERS[ref.kind](event).values():
                gifts[ref] = added(gifts[ref], amounts)
        for ref, state in world.states.items():
            if ref.kind in registry.HOLDINGS:
                held = registry.HOLDINGS[ref.kind](state)
                assert nonzero(held) == nonzero(gifts[ref])


def nonzero(amounts: Mapping[str, int]) -> dict[str, int]:
    return {name: amount for name, amount in amounts.items() if amount}


def test_a_snapshot_with_later_broadcasts_is_a_fresh_snapshot(played: Played) -> None:
    """Law L2, through the client's own `apply`."""
    plays = [(world, one) for world, plays, _accepted in played for one in plays]
    views = client("apply", [one for _world, one in plays])
    assert len(views) == len(plays)
    for (world, one), view in zip(plays, views, strict=True):
        assert view == world.snapshot(one["room"]), one["room"]


def test_nothing_is_ever_negative(played: Played) -> None:
    for world, _plays, _accepted in played:
        for ref, state in world.states.items():
            if ref.kind == "colony":
                assert all(milli >= 0 for milli in state.stock.amounts_milli.values())
                assert all(count > 0 for count in state.units.values())
                assert all(count > 0 for count in state.away.values())
                assert all(level > 0 for level in state.buildings.values())


def test_every_order_has_its_timer_and_every_line_its_turns(played: Played) -> None:
    for world, _plays, _accepted in played:
        expected: set[str] = set()
        for ref, state in world.states.items():
            if ref.kind == "colony":
                for line in (state.constructions, state.trainings):
                    assert len(line) <= QUEUE_MAX
                    turns = [one.started_ms for one in line[1:]]
                    assert turns == [one.complete_ms for one in line[:-1]]
                expected |= {one.id for one in state.constructions}
                expected |= {one.id for one in state.trainings}
            if ref.kind == "research":
                expected |= {one.id for one in state.projects}
            if ref.kind == "fleet":
                expected |= set(pending(state))
        timers = {
            name if ".a" in name or ".x" in name else name.split(".")[0]
            for name in world.timers
        }
        assert timers == expected
        assert len(timers) == len(world.timers)


def test_ships_are_where_their_home_keeps_books_of_them(played: Played) -> None:
    for world, _plays, _accepted in played:
        booked: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for ref, state in world.states.items():
            if ref.kind == "fleet":
                for unit, count in state.ships.items():
                    booked[state.home][unit] += count
        for ref, state in world.states.items():
            if ref.kind == "colony":
                assert state.away == dict(booked[ref.id])
            if ref.kind == "player":
                alive = {
                    one.id
                    for one in world.states.values()
                    if getattr(one, "ships", None) and one.player == ref.id
                }
                assert set(state.fleets) == alive


def test_onlookers_never_hear_amounts_or_units(played: Played) -> None:
    """Law L8, as far as there is something to hide yet."""
    hidden = {"resources", "units", "queue", "amounts", "unit", "count", "paid"}
    for world, _plays, _accepted in played:
        for room, heard in world.heard.items():
            if not room.startswith("sector:"):
                continue
            for event in heard:
                assert not hidden & {*event, *(event["changes"] or ())}
            shown = world.snapshot(room)["colonies"].values()
            assert not hidden & {field for view in shown for field in view}


def test_onlookers_hear_of_fleets_only_what_happens_in_the_sector(
    played: Played,
) -> None:
    """Law L8: no field beyond the public ones, no place beyond the sector's."""
    for world, _plays, _accepted in played:
        for room, heard in world.heard.items():
            for event in heard if room.startswith("sector:") else ():
                if not event["type"].startswith("fleets."):
                    continue
                assert room.endswith(":full")
                assert set(event) == {"type", "at_ms", "fleet", "changes"}
                changes = event["changes"] or {}
                assert set(changes) <= set(PUBLIC_PARTS)
                x, y = sector_of(room.removeprefix("sector:").removesuffix(":full"))
                for point in (
                    *changes.get("path", ()),
                    *([changes] if "x" in changes else ()),
                ):
                    assert round(point["x"] * 1_000) // SECTOR_MILLI == x
                    assert round(point["y"] * 1_000) // SECTOR_MILLI == y


def test_onlookers_never_hear_of_orders_that_wait(played: Played) -> None:
    for world, _plays, _accepted in played:
        for room, heard in world.heard.items():
            if room.endswith(":full"):
                assert "colonies.building_queued" not in {one["type"] for one in heard}


def test_every_state_and_event_survives_its_packing(played: Played) -> None:
    for world, _plays, _accepted in played[:2]:
        codec = Codec(world.game)
        for _ref, event in world.journal:
            assert codec.decode(codec.encode(event)) == event
        for state in world.states.values():
            assert codec.decode(codec.encode(state)) == state
        for due in world.timers.values():
            assert codec.decode(codec.encode(due.command)) == due.command


def test_the_same_play_gives_the_same_world(played: Played) -> None:
    world, _plays, accepted = play(SEEDS[0])
    assert (world.states, accepted) == (played[0][0].states, played[0][2])
