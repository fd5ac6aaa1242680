"""Measure how late onlookers hear of arrivals, and how exactly these are recorded.

200 fleets arrive a second, for 30 seconds. Their orders are the game's own, dispatched
by the engine with times ahead of the clock; the cluster's clock and worker do the rest.
Lateness is heard from outside, in the rooms of those who see the sectors: from the time
of the arrival to the broadcast. The record is the history in Postgres.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from time import time

from sqlalchemy import text

from app.cluster import Cluster as Engine
from app.core.units import SECOND_MS
from app.engine.dispatch import Dispatcher
from app.game.colonies.model import state as colonies
from app.game.colonies.model.state import Colony
from app.game.fleets.rules.launch import Launch
from app.game.fleets.rules.move import Move
from app.game.galaxy.model.map import SECTOR_MILLI
from tests.load.benches.ears import PLACES, Ears
from tests.load.benches.empires import GALAXY, do, engine_of, found, founder
from tests.load.benches.figures import Figure, at_most, figure
from tests.load.tally import percentile
from tests.support.armament import arm
from tests.support.cluster import Cluster, wait_until

PER_S, OVER_S = 200, 30
FLEETS = PER_S * OVER_S
FLEETS_EACH = 15
PLAYERS_A_TIME = 80
"""Players whose fleets arrive in turns, so that nobody's come all at once; and so near
to one another that no order is given after an arrival of the same player."""
UNIT = "freighter"
FLIGHT_MILLI = 45_000
"""Inside of the sector: what is measured is arrivals, without crossings."""
AHEAD_S = 40
"""How long launching and orders may take before the first fleet arrives."""
PATIENCE_S = 60
SAVED_S = 120.0
P99_MS = 500
RECORDED = text(
    "SELECT id, (body->>'at_ms')::bigint FROM events"
    " WHERE galaxy = :galaxy AND kind = 'fleet' AND name = 'FleetStopped'"
)

Arrivals = dict[str, int]
"""Fleet -> when it arrives, Unix ms."""


def measure() -> list[Figure]:
    """Run it on a cluster of its own."""
    with Cluster() as cluster:
        return _measured(engine_of(cluster))


def _measured(engine: Engine) -> list[Figure]:
    dispatcher = founder(engine)
    fleets = list(_launched(engine, dispatcher))
    rooms = [f"sector:{place}:full" for place in PLACES]
    with closing(Ears(engine, rooms, "fleets.arrived")) as ears:
        first_ms = int(time() + AHEAD_S) * SECOND_MS
        planned = _sent(dispatcher, fleets, first_ms)
        seeded_s = first_ms / SECOND_MS - time()
        ears.listen(FLEETS, AHEAD_S + OVER_S + PATIENCE_S)
    recorded = _recorded(engine)
    return [
        figure("orders given before the first was due by", "s", seeded_s),
        *_lateness(ears.late_s),
        *_exactness(planned, recorded),
    ]


def _launched(
    engine: Engine, dispatcher: Dispatcher
) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Give player, fleet and target of every fleet, in the order of arrival."""
    for group in range(FLEETS // (FLEETS_EACH * PLAYERS_A_TIME)):
        players = [f"flies{group:03}{number:05}" for number in range(PLAYERS_A_TIME)]
        homes = [_home(engine, dispatcher, player) for player in players]
        for turn in range(FLEETS_EACH):
            for player, home in zip(players, homes, strict=True):
                launch = Launch(
                    id=f"{player}/launch.{turn}",
                    player=player,
                    colony=home.id,
                    ships={UNIT: 1},
                )
                yield player, do(dispatcher, launch)["fleet"], _target(home)


def _home(engine: Engine, dispatcher: Dispatcher, player: str) -> Colony:
    name = found(dispatcher, player)
    arm(engine.galaxy(GALAXY), player, units={UNIT: FLEETS_EACH})
    ref = colonies.ref(name)
    home: Colony = engine.galaxy(GALAXY).reads.states(ref)[1][ref]
    return home


def _target(home: Colony) -> tuple[int, int]:
    is_left = home.x_milli % SECTOR_MILLI < SECTOR_MILLI // 2
    return home.x_milli + (FLIGHT_MILLI if is_left else -FLIGHT_MILLI), home.y_milli


def _sent(
    dispatcher: Dispatcher,
    fleets: Sequence[tuple[str, str, tuple[int, int]]],
    first_ms: int,
) -> Arrivals:
    """Send the fleets so that they arrive evenly; gives when the acks say they will."""
    planned: Arrivals = {}
    lasts_ms = 0
    for index, (player, fleet, target) in enumerate(fleets):
        due_ms = first_ms + index * SECOND_MS // PER_S
        order = Move(id=f"{player}/{fleet}", player=player, fleet=fleet, to=target)
        course = do(dispatcher, order, now_ms=due_ms - lasts_ms)
        lasts_ms = course["arrive_ms"] - course["depart_ms"]
        planned[fleet] = course["arrive_ms"]
    return planned


def _recorded(engine: Engine) -> Arrivals:
    galaxy = engine.galaxy(GALAXY)
    client, journal = galaxy.store.client, galaxy.keys.journal
    wait_until(lambda: not client.xlen(journal), SAVED_S)
    with engine.postgres.connect() as connection:
        rows = connection.execute(RECORDED, {"galaxy": GALAXY})
        return {row[0]: row[1] for row in rows}


def _lateness(late_s: Sequence[float]) -> Iterator[Figure]:
    missing = FLEETS - len(late_s)
    yield figure("arrivals not heard of", "", missing, target=at_most(0))
    for rank, target in {50: None, 95: None, 99: at_most(P99_MS), 100: None}.items():
        yield figure(f"lateness p{rank}", "ms", percentile(late_s, rank), target=target)


def _exactness(planned: Mapping[str, int], recorded: Arrivals) -> Iterator[Figure]:
    off = [name for name, at_ms in planned.items() if recorded.get(name) != at_ms]
    spread_s = (max(planned.values()) - min(planned.values())) / SECOND_MS
    yield figure("arrivals recorded", "", len(recorded))
    yield figure("arrivals planned", "1/s", len(planned) / spread_s)
    what = "arrivals not recorded to the planned ms"
    yield figure(what, "", len(off), target=at_most(0))
