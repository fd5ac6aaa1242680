"""No bad order to fleets or in battles changes, breaks or tells anything.

Two instances, one scene: see `tests.support.outpost`. Refusals go over Socket.IO and
HTTP; afterwards every law must still hold.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import requests

from app.game.fleets.model.state import ORDERS_MAX
from app.realtime.limits import PER_PLAYER
from tests.support.armament import arm
from tests.support.cluster import Cluster
from tests.support.guest import Guest, on_another_instance
from tests.support.odd import (
    GOOD,
    NUMBERS,
    ODD,
    ODD_TEXTS,
    POINT,
    good,
    miscounted,
    spoiled,
)
from tests.support.outpost import ABSENT, Outpost
from tests.support.refusals import NEW, guesses, put, read, refusal, words

LAUNCHES = 50
RACES = 8
BOX = {"x0": 0, "y0": 0, "x1": 100, "y1": 100}


@pytest.fixture(scope="module")
def scene(cluster: Cluster) -> Iterator[Outpost]:
    """Set the scene once; at the end of all, every law holds."""
    outpost = Outpost(cluster)
    yield outpost
    for device in (outpost.mine, outpost.other, outpost.theirs):
        device.leave()
    assert not outpost.broken()


@pytest.fixture(autouse=True)
def _rested(scene: Outpost) -> None:
    scene.rest()


@pytest.mark.parametrize("name", [name for name in NEW if good(name)])
def test_no_odd_value_passes_a_socket(scene: Outpost, name: str) -> None:
    before, device = scene.mine_now(), next(scene.devices).again().connect()
    for data in spoiled(good(name)):
        ack = device.call(name, **data)
        assert not ack["ok"], data
        assert ack["error"]["code"] == "invalid", (data, ack)
    device.leave()
    assert scene.mine_now() == before


@pytest.mark.parametrize("name", [name for name in NEW if good(name)])
def test_no_odd_number_passes_http(scene: Outpost, cluster: Cluster, name: str) -> None:
    before = scene.mine_now()
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {scene.mine.token}"
        session.headers["Content-Type"] = "application/json"
        for number, value in enumerate(NUMBERS):
            url = cluster.instance_url(f"web.{1 + number % 2}")
            for data in miscounted(name, value):
                body = json.dumps(data)
                scene.rest()
                answer = session.post(f"{url}/api/v1/commands/{name}", data=body)
                assert answer.status_code in (400, 422), (body, answer.text)
                assert answer.json()["code"] == "invalid"
    assert scene.mine_now() == before


def test_a_skirmish_takes_no_word(scene: Outpost) -> None:
    device = next(scene.devices).again().connect()
    for field, value in GOOD.items():
        data = {field: value}
        assert device.call("skirmish:begin", **data)["error"]["code"] == "invalid"
        answer = scene.mine.ask("POST", "/commands/skirmish:begin", data)
        assert answer.json()["code"] == "invalid", field
        scene.rest()
    device.leave()


def test_no_odd_number_makes_a_view(scene: Outpost) -> None:
    device = scene.mine.again().connect()
    for side in BOX:
        for value in (*ODD, *ODD_TEXTS):
            ack = device.call("view.set", **BOX | {side: value})
            if ack["ok"]:
                assert type(value) in (int, float)
                assert math.isfinite(value)  # clamped to the galaxy
                continue
            assert ack["error"]["code"] == "invalid", (side, value, ack)
    assert device.call("view.set", x0=0, y0=0, x1=2_100, y1=2_000)["error"]
    assert device.do("view.clear") is not None
    device.leave()


@pytest.mark.parametrize(
    ("path", "fine"), [("/sectors", BOX), ("/nearby", {"x": 1, "y": 1, "r": 1})]
)
def test_no_odd_number_reads_the_map(scene: Outpost, path: str, fine: Any) -> None:
    texts = ["nan", "inf", "-inf", "1e999", "9" * 400, "true", ""]
    texts += ["0x10", "1_0", "\u0661", "1,2", "[1]", "' OR 1=1 --", "\x00", " 1"]
    for field in fine:
        for text in texts:
            query = {**fine, field: text}
            answer = requests.get(
                f"{scene.mine.url}/api/v1{path}",
                params=query,
                headers={"Authorization": f"Bearer {scene.mine.token}"},
                timeout=15,
            )
            assert answer.status_code == 422, (query, answer.text)
            assert answer.json()["code"] == "invalid"
        left = {one: value for one, value in fine.items() if one != field}
        answer = scene.mine.ask(
            "GET", f"{path}?{'&'.join(f'{a}={b}' for a, b in left.items())}"
        )
        assert answer.status_code == 422


def test_what_is_secret_is_as_if_it_never_was(scene: Outpost) -> None:
    ids = scene.ids
    for name, data, fields in guesses(scene):
        secrets = [
            ids[one] for one in ("hidden", "hidden_fighting", "hidden_battle", "debris")
        ]
        secrets += [ids["dead"], scene.theirs.player, scene.mine.player]
        if name not in ("fleets.attack", "fleets.blockade", "fleets.colonise"):
            secrets.append(scene.theirs.colony)
        if fields != ("target", "id"):
            secrets.append(ids["seen"])
        absent = words(scene, name, put(data, fields, ABSENT))
        assert '"code": "not_found"' in absent[0]
        for secret in secrets:
            scene.rest()
            assert words(scene, name, put(data, fields, secret)) == absent, name


def test_what_is_read_by_guessing_is_as_if_it_never_was(scene: Outpost) -> None:
    ids, mine, theirs = scene.ids, scene.mine, scene.theirs
    hidden = [ids["hidden"], ids["hidden_battle"], ids["debris"], theirs.player]
    for path in ("/colonies/{}", "/reports/{}"):
        told = {read(mine, path.format(one)) for one in (ABSENT, *hidden)}
        assert len(told) == 1, told
    shared = {read(mine, f"/reports/{one}/share", "POST") for one in (ABSENT, *hidden)}
    assert len(shared) == 1
    assert read(mine, f"/reports/{ids['finished']}") not in told
    assert read(theirs, f"/reports/{ids['battle']}") not in told

    kinds = ("battle", "player", "sight", "fleet", "colony", "debris")
    rooms = {f"{kind}:{one}": 0 for kind in kinds for one in (ABSENT, *hidden)}
    healed = mine.do("resume", rooms=rooms)["rooms"]
    assert healed.keys() == rooms.keys()
    assert len({json.dumps(one) for one in healed.values()}) == 1


Case = tuple[str, dict[str, Any], str]


def flights(scene: Outpost) -> list[Case]:
    """Name ways that cannot be flown, and ships that cannot part or join."""
    ids = scene.ids
    fleet, scout = {"fleet": ids["fighters"]}, {"fleet": ids["scout"]}
    closed, shut = scene.point(scene.map.hazards), scene.point(scene.map.protected)
    corners = [{"x": 100 * (n % 2), "y": 9_900 * (n % 2)} for n in range(10)]
    return [
        ("fleets.move", fleet | {"to": closed}, "path_blocked"),
        ("fleets.move", scout | {"to": closed}, "path_blocked"),
        ("fleets.move", fleet | {"to": shut}, "protected"),
        ("fleets.move", fleet | {"to": {"x": 10_000, "y": 1}}, "invalid"),
        ("fleets.move", fleet | {"to": {"x": -0.001, "y": 1}}, "invalid"),
        ("fleets.move", fleet | {"to": {"x": 9_999.9996, "y": 1}}, "invalid"),
        ("fleets.move", fleet | {"to": POINT, "via": corners}, "out_of_range"),
        ("fleets.move", fleet | {"to": POINT, "via": [POINT] * 11}, "invalid"),
        ("fleets.patrol", fleet | {"points": [POINT]}, "invalid"),
        ("fleets.patrol", fleet | {"points": [POINT, POINT]}, "too_short"),
        ("fleets.split", fleet | {"ships": {"fighter": 7}}, "not_enough_ships"),
        ("fleets.split", fleet | {"ships": {"cruiser": 1}}, "not_enough_ships"),
        ("fleets.split", scout | {"ships": {"scout": 1}}, "not_enough_ships"),
        ("fleets.split", fleet | {"ships": {}}, "invalid"),
        ("fleets.split", fleet | {"ships": {"fighter": 0}}, "invalid"),
        ("fleets.split", fleet | {"ships": {"death_star": 1}}, "invalid"),
        ("fleets.merge", fleet | {"into": ids["fighters"]}, "invalid"),
        ("fleets.merge", fleet | {"into": ids["fighting"]}, "in_battle"),
        ("fleets.merge", fleet | {"into": ids["dead"]}, "not_found"),
    ]


def deeds(scene: Outpost) -> list[Case]:
    """Name what cannot be done at the end of a way, or in a battle."""
    ids, young = scene.ids, Guest(scene.mine.url).colony
    fleet, scout = {"fleet": ids["fighters"]}, {"fleet": ids["scout"]}
    planet = next(iter(scene.map.planets))
    return [
        ("fleets.colonise", fleet | {"planet": planet}, "requirements_missing"),
        ("fleets.blockade", scout | {"colony": young}, "requirements_missing"),
        ("fleets.blockade", fleet | {"colony": scene.mine.colony}, "own_target"),
        ("fleets.transport", fleet | _goods(scene, 10**12), "no_room"),
        ("fleets.attack", scout | _target(ids["seen"]), "requirements_missing"),
        ("fleets.attack", fleet | _target(ids["far"]), "out_of_range"),
        ("fleets.attack", fleet | _target(ids["scout"]), "own_target"),
        ("fleets.attack", fleet | _target(ids["fighters"]), "own_target"),
        ("fleets.attack", fleet | _target(young, "colony"), "out_of_range"),
        ("combat.reinforce", fleet | {"battle": ids["finished"]}, "finished"),
        ("combat.reinforce", scout | {"battle": ids["battle"]}, "requirements_missing"),
        ("fleets.launch", _ships(scene, {"fighter": 10**9}), "not_enough_ships"),
        ("fleets.launch", _ships(scene, {}), "invalid"),
    ]


def engaged_or_dead(scene: Outpost) -> Iterator[Case]:
    """Name orders to a fleet that fights, and to one that is no more."""
    for name in NEW:
        is_order = name.startswith("fleets.") and "fleet" in good(name)
        if is_order:
            dead = good(name) | {"fleet": scene.ids["dead"]}
            yield name, dead, "not_found"
        if is_order and name != "fleets.rename":
            yield name, dead | {"fleet": scene.ids["fighting"]}, "in_battle"


def test_orders_that_cannot_be(scene: Outpost) -> None:
    for name, data, code in (*flights(scene), *deeds(scene), *engaged_or_dead(scene)):
        scene.rest()
        assert refusal(scene, name, data)["code"] == code, (name, data)


def _target(name: str, kind: str = "fleet") -> dict[str, Any]:
    return {"target": {"kind": kind, "id": name}}


def _goods(scene: Outpost, minerals: int) -> dict[str, Any]:
    colony = scene.mine.colony
    return {"from": colony, "to": colony, "cargo": {"minerals": minerals}}


def _ships(scene: Outpost, ships: dict[str, int]) -> dict[str, Any]:
    return {"colony": scene.mine.colony, "ships": ships}


def test_nobody_attacks_the_shielded_or_on_protected_ground(scene: Outpost) -> None:
    young = Guest(scene.mine.url)
    home = scene.state("colony", young.colony)
    at = (home.x_milli / 1_000, home.y_milli / 1_000)
    near = scene.fleet(scene.mine, at, fighter=1)
    target = {"fleet": near, **_target(young.colony, "colony")}
    assert refusal(scene, "fleets.attack", target)["code"] == "shielded"

    place = scene.point(scene.map.protected)
    there = (place["x"], place["y"])
    mine, theirs = (
        scene.fleet(one, there, fighter=1) for one in (scene.mine, scene.theirs)
    )
    target = {"fleet": mine, **_target(theirs)}
    assert refusal(scene, "fleets.attack", target)["code"] == "protected"


def test_no_order_reaches_a_battle_that_is_over(scene: Outpost) -> None:
    over = {"battle": scene.ids["finished"], "fleet": scene.ids["dead"]}
    before = scene.state("battle", over["battle"])
    for name in ("focus", "retreat", "formation"):
        data = good(f"combat.{name}") | over
        assert refusal(scene, f"combat.{name}", data)["code"] == "finished"
    assert scene.state("battle", over["battle"]) == before


def test_an_eleventh_order_is_refused(scene: Outpost) -> None:
    fleet = scene.fleet(scene.mine, scene.here, fighter=1)
    x, y = scene.here
    order = {"fleet": fleet, "to": {"x": x + 190, "y": y}, "queue": True}
    places = [next(scene.devices).do("fleets.move", **order) for _ in range(11)]
    assert [one.get("queued") for one in places] == [None, *range(1, 1 + ORDERS_MAX)]
    assert refusal(scene, "fleets.move", order)["code"] == "queue_full"
    scene.mine.do("fleets.clear", fleet=fleet)


def at_once(scene: Outpost, *orders: tuple[str, dict[str, Any]]) -> list[Any]:
    """Give orders at the same moment, in turn by devices on both instances."""
    barrier = Barrier(2)

    def send(order: tuple[Guest, tuple[str, dict[str, Any]]]) -> Any:
        device, (name, data) = order
        barrier.wait(15)
        return device.call(name, **data)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(send, zip((scene.mine, scene.other), orders, strict=True)))


def test_two_courses_at_once_leave_one(scene: Outpost) -> None:
    x, y = scene.here
    fleet = scene.fleet(scene.mine, scene.here, fighter=1)
    for race in range(RACES):
        ends = [{"x": x + 100 + race, "y": y}, {"x": x - 100 - race, "y": y}]
        acks = at_once(
            scene, *(("fleets.move", {"fleet": fleet, "to": to}) for to in ends)
        )
        assert all(ack["ok"] for ack in acks), acks
        flying = scene.state("fleet", fleet)
        assert flying.order.id in {ack["result"]["order"] for ack in acks}
        last = max(acks, key=lambda ack: ack["at_ms"])
        if acks[0]["at_ms"] != acks[1]["at_ms"]:
            assert flying.order.id == last["result"]["order"]


def test_two_splits_and_merges_at_once_keep_every_ship(scene: Outpost) -> None:
    for _race in range(RACES // 2):
        fleet = scene.fleet(scene.mine, scene.here, fighter=5)
        split = ("fleets.split", {"fleet": fleet, "ships": {"fighter": 3}})
        acks = at_once(scene, split, split)
        assert sorted(ack["ok"] for ack in acks) == [False, True], acks
        other = next(ack["result"]["new"] for ack in acks if ack["ok"])
        both = at_once(
            scene,
            ("fleets.merge", {"fleet": fleet, "into": other}),
            ("fleets.merge", {"fleet": other, "into": fleet}),
        )
        assert sorted(ack["ok"] for ack in both) == [False, True], both
        left = [scene.state("fleet", one).ships for one in (fleet, other)]
        assert sum((Counter(one) for one in left), Counter()) == {"fighter": 5}


def test_two_skirmishes_at_once_are_one(scene: Outpost) -> None:
    acks = at_once(scene, ("skirmish:begin", {}), ("skirmish:begin", {}))
    first, second = sorted(acks, key=lambda ack: ack["ok"])
    assert (first["error"]["code"], second["ok"]) == ("already_joined", True), acks
    assert first["error"]["battle"] == second["result"]["battle"]


def test_two_attacks_at_once_begin_one_battle(scene: Outpost) -> None:
    x, y = scene.here
    fleet = scene.fleet(scene.mine, (x, y - 20), fighter=1)
    prey = scene.fleet(scene.theirs, (x + 30, y - 20), colony_ship=190)
    attack = ("fleets.attack", {"fleet": fleet, **_target(prey)})
    acks = at_once(scene, attack, attack)
    codes = {ack["error"]["code"] for ack in acks if not ack["ok"]}
    assert codes == {"in_battle"}
    assert sum(ack["ok"] for ack in acks) == 1


def test_of_fifty_launches_of_the_same_ships_one_succeeds(scene: Outpost) -> None:
    one = Guest(scene.mine.url).connect()
    devices = (one, on_another_instance(one))
    arm(scene.galaxy, one.player, units={"fighter": 10})
    data = {"colony": one.colony, "ships": {"fighter": 6}}

    def launch(number: int) -> str:
        if number % 3 == 2:
            answer = one.ask("POST", "/commands/fleets.launch", data)
            return "ok" if answer.ok else str(answer.json()["code"])
        ack = devices[number % 3].call("fleets.launch", **data)
        return "ok" if ack["ok"] else str(ack["error"]["code"])

    with ThreadPoolExecutor(8) as pool:
        codes = Counter(pool.map(launch, range(LAUNCHES)))

    assert codes == {"ok": 1, "not_enough_ships": LAUNCHES - 1}
    left = one.get(f"/colonies/{one.colony}")
    assert (left["units"]["fighter"], left["away"]["fighter"]) == (4, 6)
    flying = one.get("/fleets")["fleets"]
    assert [fleet["ships"] for fleet in flying] == [{"fighter": 6}]
    for device in devices:
        device.leave()


@pytest.mark.parametrize(
    ("group", "name"),
    [("move", "fleets.move"), ("attack", "fleets.attack")],
)
def test_limits_are_exact_over_both_instances(
    scene: Outpost, group: str, name: str
) -> None:
    one = Guest(scene.mine.url).connect()
    devices, allowed = (one, on_another_instance(one)), PER_PLAYER[group]

    def send(number: int) -> str:
        if number % 3 == 2:
            return str(one.ask("POST", f"/commands/{name}", good(name)).json()["code"])
        ack = devices[number % 3].call(name, **good(name))
        return str(ack["error"]["code"])

    with ThreadPoolExecutor(8) as pool:
        codes = Counter(pool.map(send, range(2 * allowed)))

    assert codes == {"not_found": allowed, "rate_limited": allowed}
    for device in devices:
        device.leave()
