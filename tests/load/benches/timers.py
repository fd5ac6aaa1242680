"""Measure how late timers settle: 10,000 buildings that are done within a minute.

The orders are the game's own, dispatched by the engine with times ahead of the clock,
so that their completions lie evenly over the minute. The cluster's clock and worker do
the rest. Lateness is heard from outside: from the due time to the broadcast.
"""

from collections.abc import Sequence
from contextlib import closing
from time import time

from app.cluster import Cluster as Engine
from app.core.units import SECOND_MS
from app.game.colonies.model.buildings import duration_ms
from app.game.colonies.rules.build import Build
from tests.load.benches.ears import Ears
from tests.load.benches.empires import do, engine_of, found, founder
from tests.load.benches.figures import Figure, at_most, figure
from tests.load.tally import percentile
from tests.support.cluster import Cluster

TIMERS = 10_000
OVER_S = 60
AHEAD_S = 30
"""How long the orders themselves may take before the first is due."""
PATIENCE_S = 60
PLANETS = "200000"
P99_MS = 500
BUILDING = "power_plant"
DONE = "colonies.building_completed"


def measure() -> list[Figure]:
    """Run it on a cluster of its own, with planets for all."""
    with Cluster(env={"PLANETS": PLANETS}) as cluster:
        return _measured(engine_of(cluster))


def _measured(engine: Engine) -> list[Figure]:
    dispatcher = founder(engine)
    players = [f"timed{number:08}" for number in range(TIMERS)]
    homes = [(player, found(dispatcher, player)) for player in players]
    first_ms = int(time() + AHEAD_S) * SECOND_MS
    lasts_ms = duration_ms(BUILDING, 1, 0)
    rooms = [f"player:{player}" for player in players]
    with closing(Ears(engine, rooms, DONE)) as ears:
        for index, (player, colony) in enumerate(homes):
            due_ms = first_ms + index * OVER_S * SECOND_MS // TIMERS
            where = {"player": player, "colony": colony, "building": BUILDING}
            order = Build(id=f"{player}/order", **where)
            done = do(dispatcher, order, now_ms=due_ms - lasts_ms)
            if done["complete_ms"] != due_ms:
                raise RuntimeError(f"{done} is not due at {due_ms}")
        seeded_s = first_ms / SECOND_MS - time()
        ears.listen(TIMERS, AHEAD_S + OVER_S + PATIENCE_S)
    return _figures(ears.late_s, seeded_s)


def _figures(late_s: Sequence[float], seeded_s: float) -> list[Figure]:
    ranks = {50: None, 95: None, 99: at_most(P99_MS), 100: None}
    return [
        figure("timers not settled", "", TIMERS - len(late_s), target=at_most(0)),
        figure("orders placed before the first was due by", "s", seeded_s),
        *(
            figure(f"lateness p{rank}", "ms", percentile(late_s, rank), target=target)
            for rank, target in ranks.items()
        ),
    ]
