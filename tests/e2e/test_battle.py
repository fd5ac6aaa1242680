"""Two players on two instances meet and fight; a third who sees nothing hears none."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from app.game import registry
from tests.load.benches.empires import GALAXY, engine_of
from tests.support.battlefield import Met, meet, open_space
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import TRIES, WAIT_S, Guest

SHIPS = {"battleship": 12, "scout": 1}
FIGHT_S = 60.0


def connected(cluster: Cluster) -> tuple[Guest, Guest, Guest]:
    """Give three players, the first two on different instances."""
    ann, bob, cid = (Guest(cluster.url) for _ in range(3))
    ann.connect()
    cid.connect()
    for _ in range(TRIES):
        bob.connect()
        if bob.welcome["instance"] != ann.welcome["instance"]:
            return ann, bob, cid
        bob.leave()
        bob = bob.again()
    raise AssertionError("nginx always chose the same instance")


@pytest.fixture
def guests(cluster: Cluster) -> Iterator[tuple[Guest, Guest, Guest]]:
    """Give three players, and let them go."""
    found = connected(cluster)
    yield found
    for guest in found:
        guest.leave()


def brought_together(cluster: Cluster, ann: Guest, bob: Guest) -> tuple[Met, Any]:
    engine = engine_of(cluster)
    settings = engine.settings
    at = open_space(registry.build_galaxy(settings.galaxy_seed, settings.planets))
    sides = ((ann.player, SHIPS), (bob.player, SHIPS))
    return meet(engine.galaxy(GALAXY), at, *sides), at


def watch(guest: Guest, battle: str) -> None:
    """Hear a battle's room from now on."""
    room = f"battle:{battle}"
    healed = guest.do("resume", rooms={room: 0})["rooms"][room]
    assert healed["snapshot"]["battles"][battle]["seed"] is None


def chains(guest: Guest, battle: str) -> dict[int, str]:
    """Give the chain of every step that was heard, by tick."""
    return {
        event["changes"]["tick"]: event["changes"]["chain"]
        for event in guest.events(f"battle:{battle}")
        if event["type"] in ("battles.step", "battles.ended")
    }


def has_ended(guest: Guest, battle: str) -> bool:
    heard = guest.events(f"battle:{battle}")
    return any(event["type"] == "battles.ended" for event in heard)


def test_two_instances_see_the_same_battle_and_a_third_player_none(
    cluster: Cluster, guests: tuple[Guest, Guest, Guest]
) -> None:
    ann, bob, cid = guests
    met, (x, y) = brought_together(cluster, ann, bob)
    cid.do("view.set", x0=x - 300, y0=y - 300, x1=x + 300, y1=y + 300)
    target = {"kind": "fleet", "id": met.theirs}

    answer = ann.do("fleets.attack", fleet=met.ours, target=target)
    battle = answer["battle"]
    bob.wait_until(lambda: battle in json.dumps(bob.events(bob.room)))
    for guest in (ann, bob):
        watch(guest, battle)
    bob.do("combat.formation", battle=battle, fleet=met.theirs, formation="assault")
    for guest in (ann, bob):
        wait_until(lambda one=guest: has_ended(one, battle), FIGHT_S)

    seen = [chains(guest, battle) for guest in (ann, bob)]
    both = seen[0].keys() & seen[1].keys()
    assert len(both) > 3
    assert {tick: seen[0][tick] for tick in both} == {
        tick: seen[1][tick] for tick in both
    }
    for guest in (ann, bob):
        report = guest.get(f"/reports/{battle}")
        assert report["chain"] == seen[0][max(both)]

    told = json.dumps(cid.heard)
    assert not [name for name in (battle, *met) if name in told]
    room = f"battle:{battle}"
    assert cid.do("resume", rooms={room: 0})["rooms"][room]["error"]["code"] == (
        "not_found"
    )
    assert cid.ask("GET", f"/reports/{battle}").status_code == 404


def test_an_arena_is_heard_by_all_and_its_end_too(
    cluster: Cluster, guests: tuple[Guest, Guest, Guest]
) -> None:
    ann, bob, cid = guests
    begun = ann.do("battle:begin", sides=2, seats=1, join_ms=5_000)
    arena = begun["battle"]
    assert bob.do("battle:join", battle=arena)["side"] == 1
    assert cid.call("battle:join", battle=arena)["error"]["code"] == "battle_full"
    room = f"battle:{arena}"
    healed = cid.do("resume", rooms={room: 0})["rooms"][room]
    assert healed["snapshot"]["arenas"][arena]["state"] == "open"
    wait_until(lambda: is_finished(cid, arena), FIGHT_S)
    steps = [one for one in cid.events(room) if one["type"] == "battles.step"]
    assert [one["player"] for one in steps[-1]["changes"]["scores"]]
    assert steps[-1]["changes"]["chain"] == finished(cid, arena)[0]["chain"]
    wait_until(lambda: is_ranked(ann), WAIT_S)


def test_a_skirmish_is_won_and_nobody_else_hears_of_it(
    cluster: Cluster, guests: tuple[Guest, Guest, Guest]
) -> None:
    ann, bob, _cid = guests
    begun = ann.do("skirmish:begin")
    battle, room = begun["battle"], f"battle:{begun['battle']}"
    watch(ann, battle)
    order = {"battle": battle, "fleet": begun["force"], "formation": "assault"}
    assert ann.do("combat.formation", **order)["tick"] >= 1
    again = ann.call("skirmish:begin")["error"]
    assert (again["code"], again["battle"]) == ("already_joined", battle)
    assert "error" in bob.do("resume", rooms={room: 0})["rooms"][room]
    wait_until(lambda: has_ended(ann, battle), FIGHT_S)
    report = ann.get(f"/reports/{battle}")
    assert report["winner"] == begun["side"]
    assert report["chain"] == chains(ann, battle)[report["tick"]]
    wait_until(lambda: is_reported(ann, battle), WAIT_S)
    assert ann.get("/leaderboards/arenas")["around_me"] == []
    assert bob.ask("GET", f"/reports/{battle}").status_code == 404
    assert battle not in json.dumps(bob.heard)
    replay = ann.ask("POST", f"/reports/{battle}/share", {}).json()["path"]
    shown = requests.get(cluster.url + replay, timeout=WAIT_S).json()
    assert {one["kind"] for one in shown["parties"].values()} == {"seat", "npc"}
    assert ann.do("skirmish:begin")["battle"] != battle


def is_reported(guest: Guest, battle: str) -> bool:
    listed = guest.get("/reports")["reports"]
    return [(one["battle"], one["board"], one["won"]) for one in listed] == [
        (battle, "skirmishes", True)
    ]


def finished(guest: Guest, arena: str) -> list[dict[str, Any]]:
    return [
        event
        for event in guest.events("galaxy")
        if event["type"] == "battle:finished" and event["battle"] == arena
    ]


def is_finished(guest: Guest, arena: str) -> bool:
    return bool(finished(guest, arena))


def is_ranked(guest: Guest) -> bool:
    shown = guest.get("/leaderboards/arenas")
    return guest.player in {line["player"] for line in shown["around_me"]}


def test_both_are_told_and_can_read_of_it_later(
    cluster: Cluster, guests: tuple[Guest, Guest, Guest]
) -> None:
    ann, bob, _cid = guests
    met, _at = brought_together(cluster, ann, bob)
    target = {"kind": "fleet", "id": met.theirs}
    battle = ann.do("fleets.attack", fleet=met.ours, target=target)["battle"]
    bob.do("combat.retreat", battle=battle, fleet=met.theirs)
    for guest in (ann, bob):
        wait_until(lambda one=guest: is_told_of_the_end(one, battle), FIGHT_S)
        wait_until(lambda one=guest: is_listed(one, battle), WAIT_S)
    path = ann.post(f"/reports/{battle}/share")["path"].removeprefix("/api/v1")
    replay = bob.get(path)
    inputs = {name: replay[name] for name in ("seed", "forces", "orders")}
    again = bob.post("/simulator", inputs)
    assert again["chain"] == replay["chain"]
    told = requests.get(cluster.metrics_url("worker.1"), timeout=WAIT_S).text
    assert 'gd_timer_lateness_seconds_count{queue="combat"}' in told


def is_told_of_the_end(guest: Guest, battle: str) -> bool:
    return any(
        event["type"] == "battles.ended" and event["report"] == battle
        for event in guest.events(guest.room)
    )


def is_listed(guest: Guest, battle: str) -> bool:
    reports = guest.get("/reports")["reports"]
    return any(one["battle"] == battle for one in reports)
