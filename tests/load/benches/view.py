"""Measure what looking at the map costs: 100 sectors with 2,000 fleets in them.

One player whose scouts see all of it sets the view anew through a running instance,
first when none of the sectors is kept there (every room has heard something since),
then when all are. Then all the fleets fly, and what is published meanwhile is counted:
only departures, crossings and arrivals may be.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from time import monotonic
from typing import Any

import aiohttp
from sqlalchemy import text

from app.cluster import Cluster as Engine
from app.core.chance import Chance
from app.core.units import MILLI
from app.engine.dispatch import Dispatcher
from app.game.colonies.rules.rename import RenameColony
from app.game.fleets.model.state import FLEETS_MAX
from app.game.fleets.rules.move import Move
from app.game.galaxy.model.map import SECTOR
from tests.load.benches.ears import PLACES, listening
from tests.load.benches.empires import GALAXY, do, engine_of, found, founder
from tests.load.benches.figures import Figure, at_most, figure
from tests.load.client import Connection, connect
from tests.load.tally import percentile
from tests.support.armament import arm, deploy
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import Guest

SIDE = 10
EDGE = SIDE * SECTOR
FLEETS = 2_000
PLACE = (4_500, 2_000)
"""Where the upper left corner of the sectors lies, in units: in the mid rim."""
UNIT = "battleship"
SCOUTS = 4
TECHNOLOGIES = {"sensors": 20}
LOOKS = 40
COLD_MS, WARM_MS = 60, 15
FLIGHT_S = 20.0
TRIES = 8
PATIENCE_S = 60.0
ROOMS = {"CourseSet": 3, "SectorEntered": 2, "FleetStopped": 3}
"""Event -> rooms that hear of it: owner, sector and vision; the sector left and the one
entered."""
_BETWEEN = text(
    "SELECT name, count(*) FROM events WHERE galaxy = :galaxy"
    " AND position > (SELECT min(position) FROM commands WHERE galaxy = :galaxy"
    "  AND command_id = ANY(:marks))"
    " AND position < (SELECT max(position) FROM commands WHERE galaxy = :galaxy"
    "  AND command_id = ANY(:marks)) GROUP BY name"
)


def measure() -> list[Figure]:
    """Run it on a cluster of its own."""
    with Cluster(web=1, env={"RATE_LIMITS_FACTOR": "1000"}) as cluster:
        engine = engine_of(cluster)
        fleets = list(_fleets(engine))
        looks = asyncio.run(_looks(_viewer(cluster, engine), engine))
        return [*looks, *_flight(engine, fleets)]


def _fleets(engine: Engine) -> Iterator[tuple[str, str]]:
    """Put the fleets into the sectors, as many into each; gives player and fleet."""
    dispatcher, galaxy = founder(engine), engine.galaxy(GALAXY)
    chance, player, colony = Chance("view"), "", ""
    for number in range(FLEETS):
        if number % FLEETS_MAX == 0:
            player = f"seen{number:09}"
            colony = found(dispatcher, player)
            arm(galaxy, player, units={UNIT: FLEETS_MAX})
        row, column = divmod(number % SIDE**2, SIDE)
        x = PLACE[0] + column * SECTOR + 1 + chance.below(SECTOR - 2)
        y = PLACE[1] + row * SECTOR + 1 + chance.below(SECTOR - 2)
        yield player, deploy(galaxy, player, {UNIT: 1}, (x, y), colony=colony)


def _viewer(cluster: Cluster, engine: Engine) -> Guest:
    """Make a player whose scouts see all the sectors."""
    guest, galaxy = Guest(cluster.url), engine.galaxy(GALAXY)
    arm(galaxy, guest.player, units={"scout": SCOUTS}, technologies=TECHNOLOGIES)
    at = tuple(corner + EDGE / 2 for corner in PLACE)
    deploy(galaxy, guest.player, {"scout": SCOUTS}, at, colony=guest.colony)
    return guest


async def _looks(guest: Guest, engine: Engine) -> list[Figure]:
    """Look again and again, at what is not kept, then at what is."""
    async with aiohttp.ClientSession() as http:
        connection, reader = await connect(
            http, guest.url, {"token": guest.token}, lambda _name, _data: None
        )
        await _look(connection)
        cold = []
        for _ in range(LOOKS):
            _stir(engine)
            cold.append(await _look(connection))
        warm = [await _look(connection) for _ in range(LOOKS)]
        await connection.close()
        await reader
    return [
        *_spread("view.set of 100 sectors, cold", cold, COLD_MS),
        *_spread("view.set of 100 sectors, warm", warm, WARM_MS),
    ]


async def _look(connection: Connection) -> float:
    """Look away and there again; gives how long the answer took."""
    await connection.call("view.clear", {})
    (x0, y0), (x1, y1) = PLACE, (corner + EDGE for corner in PLACE)
    box = {"x0": x0, "y0": y0, "x1": x1, "y1": y1}
    acked = await connection.call("view.set", box)
    shown = acked.body["result"]["rooms"].values()
    fleets = sum(len(room["snapshot"].get("fleets", ())) for room in shown)
    if (len(shown), fleets) != (SIDE**2, FLEETS + 1):
        raise RuntimeError(f"{len(shown)} rooms with {fleets} fleets")
    return acked.took_s


def _stir(engine: Engine) -> None:
    """Let every room have heard something that changes nothing, past all rules."""
    galaxy = engine.galaxy(GALAXY)
    first_x, first_y = (corner // SECTOR for corner in PLACE)
    rooms = galaxy.reads.seqs(
        f"sector:{x}:{y}:full"
        for x in range(first_x, first_x + SIDE)
        for y in range(first_y, first_y + SIDE)
    )
    pipe = galaxy.store.client.pipeline(transaction=False)
    for room, seq in rooms.items():
        event = b'{"seq":%d,"type":"bench","at_ms":0}' % (seq + 1)
        pipe.xadd(galaxy.keys.room(room), {"e": event}, id=f"{seq + 1}-0")
    pipe.execute()


def _spread(what: str, seconds: list[float], bound_ms: int) -> Iterator[Figure]:
    for rank in (50, 95, 100):
        target = at_most(bound_ms) if rank == 95 else None
        yield figure(f"{what}: p{rank}", "ms", percentile(seconds, rank), target=target)


def _flight(engine: Engine, fleets: Sequence[tuple[str, str]]) -> list[Figure]:
    """Send all fleets on their way, and count what is published in between."""
    dispatcher = founder(engine)
    player, colony = "marks00000000", found(dispatcher, "marks00000000")
    first, last = (
        RenameColony(id=f"{player}/{name}", player=player, colony=colony, name=name)
        for name in ("first", "last")
    )
    players = {player, *(owner for owner, _fleet in fleets)}
    with closing(listening(engine, _rooms(players))) as ears:
        do(dispatcher, first)
        _until(ears, first.name)
        for number, (owner, fleet) in enumerate(fleets):
            _send(dispatcher, owner, fleet, number)
        heard = _within(ears, FLIGHT_S)
        do(dispatcher, last)
        heard += _until(ears, last.name)
    told = _told(engine, first.id, last.id)
    expected = sum(ROOMS[name] * count for name, count in told.items())
    beyond = "published beyond entries, exits and changes"
    return [
        figure("fleets that fly", "", told["CourseSet"]),
        figure("borders crossed meanwhile", "", told["SectorEntered"]),
        figure("published", "", heard),
        figure(beyond, "", heard - expected, target=at_most(0)),
    ]


def _rooms(players: Iterable[str]) -> Iterator[str]:
    """Name all rooms in which flights and names could be told of."""
    for place in PLACES:
        yield from (f"sector:{place}", f"sector:{place}:full")
    for player in players:
        yield from (f"player:{player}", f"sight:{player}")


def _send(dispatcher: Dispatcher, player: str, fleet: str, number: int) -> None:
    """Let a fleet fly; where the way to a place is blocked, it takes another."""
    for turn in range(TRIES):
        x = PLACE[0] + (number + 3 * turn) % SIDE * SECTOR
        y = PLACE[1] - SECTOR * (1 + (number + turn) % TRIES)
        to = (x * MILLI, y * MILLI)
        name = f"{fleet}/go.{turn}"
        order = Move(id=name, player=player, fleet=fleet, to=to)
        if dispatcher.dispatch(order).ok:
            return
    raise RuntimeError(f"{fleet} can't fly")


def _within(ears: Any, seconds: float) -> int:
    """Count what is published within some time."""
    ends_s, count = monotonic() + seconds, 0
    while monotonic() < ends_s:
        count += ears.get_message(timeout=ends_s - monotonic()) is not None
    return count


def _until(ears: Any, mark: str) -> int:
    """Count what is published before a colony of that name is told of."""
    ends_s, count = monotonic() + PATIENCE_S, 0
    sign = f'"name":"{mark}"'.encode()
    while monotonic() < ends_s:
        message = ears.get_message(timeout=1.0)
        if message is not None and sign in message["data"]:
            ears.get_message(timeout=1.0)  # who sees the sector is told as well
            return count
        count += message is not None
    raise RuntimeError(f"nobody spoke of {mark}")


def _told(engine: Engine, *marks: str) -> Counter[str]:
    """Count the events between two commands, by the history."""
    galaxy = engine.galaxy(GALAXY)
    client, keys = galaxy.store.client, galaxy.keys
    wait_until(lambda: not client.xlen(keys.journal), PATIENCE_S)
    with engine.postgres.connect() as connection:
        values = {"galaxy": GALAXY, "marks": list(marks)}
        return Counter(dict(map(tuple, connection.execute(_BETWEEN, values))))
