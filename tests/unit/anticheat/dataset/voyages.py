"""Make traces of fleets: arrivals that clients claim, and ways through the record."""

from collections.abc import Callable
from itertools import pairwise
from math import hypot
from random import Random

from app.core.units import MINUTE_MS, SECOND_MS
from app.game.anticheat.model.traces import Forecast, Leg
from app.game.anticheat.rules.arrivals import ARRIVALS
from app.game.anticheat.rules.speed import SPEED, SPEED_MAX_MILLI
from tests.unit.anticheat.dataset.trace import PLAYER, START_MS, Trace

WEATHERS = (80, 90, 100, 110)

Belief = Callable[[Random, int, int], int]
"""(chance, departure, how long it takes) -> the arrival that the client claims."""


def _forecast(
    chance: Random, at_ms: int, claims: Belief, travel_ms: int | None = None
) -> Forecast:
    travel = travel_ms or int(chance.lognormvariate(6.2, 0.8) * SECOND_MS) + 20_000
    detour = chance.choice((1.0, 1.0, 1.0, chance.uniform(1.0, 1.4)))
    real = int(travel * detour)
    return Forecast(
        at_ms=at_ms,
        fleet="f",
        claimed_ms=claims(chance, at_ms, travel),
        arrive_ms=at_ms + real,
        travel_ms=travel,
    )


def _trace(
    chance: Random, claims: Belief, *, cheats: bool, same_way: bool = False
) -> Trace:
    travel_ms = chance.randint(300, 1_800) * SECOND_MS if same_way else None
    at_ms, forecasts = START_MS, []
    for _ in range(chance.randint(10, 30)):
        at_ms += int(chance.expovariate(1 / (6 * MINUTE_MS))) + 3_000
        forecasts.append(_forecast(chance, at_ms, claims, travel_ms))
    return Trace(
        detector=ARRIVALS if cheats else "",
        culprits=frozenset({PLAYER} if cheats else ()),
        forecasts={PLAYER: forecasts},
    )


def _lag(chance: Random) -> int:
    return int(chance.expovariate(1 / 150))


def traveller(chance: Random) -> Trace:
    def claims(chance: Random, at_ms: int, travel_ms: int) -> int:
        return at_ms + int(travel_ms * chance.uniform(0.98, 1.05)) - _lag(chance)

    return _trace(chance, claims, cheats=False)


def stale_weather(chance: Random) -> Trace:
    """Reckon with a weather, and a level of research, that are not."""

    def claims(chance: Random, at_ms: int, travel_ms: int) -> int:
        ratio = chance.choice(WEATHERS) / chance.choice(WEATHERS)
        return at_ms + int(travel_ms * ratio * chance.choice((1, 0.95))) - _lag(chance)

    return _trace(chance, claims, cheats=False)


def old_client(chance: Random) -> Trace:
    """Reckon with a table of speeds from before a change of the rules."""
    ratio = chance.uniform(0.7, 1.4)

    def claims(chance: Random, at_ms: int, travel_ms: int) -> int:
        return at_ms + int(travel_ms * ratio) - _lag(chance)

    return _trace(chance, claims, cheats=False)


def commuter(chance: Random) -> Trace:
    """Send orders that wait in tunnels, for up to three minutes."""
    share = chance.uniform(0.05, 0.25)

    def claims(chance: Random, at_ms: int, travel_ms: int) -> int:
        waits = chance.uniform(10, 180) * SECOND_MS if chance.random() < share else 0
        return at_ms + int(travel_ms * chance.uniform(0.98, 1.05) - waits)

    return _trace(chance, claims, cheats=False)


def wrong_clock(chance: Random) -> Trace:
    """Reckon by a clock that is behind: a laptop that slept, one never set right."""
    behind_ms = int(chance.lognormvariate(7, 1.5) * SECOND_MS)

    def claims(chance: Random, at_ms: int, travel_ms: int) -> int:
        return at_ms + int(travel_ms * chance.uniform(0.97, 1.05)) - behind_ms

    return _trace(chance, claims, cheats=False)


def faster_client(chance: Random) -> Trace:
    """Show fleets several times faster than they are."""
    ratio = chance.uniform(0.05, 0.5)

    def claims(chance: Random, at_ms: int, travel_ms: int) -> int:
        return at_ms + int(travel_ms * ratio * chance.uniform(0.9, 1.1))

    return _trace(chance, claims, cheats=True)


def sometimes_faster(chance: Random) -> Trace:
    """Hide fast claims between right ones."""
    share, ratio = chance.uniform(0.4, 0.8), chance.uniform(0.05, 0.45)

    def claims(chance: Random, at_ms: int, travel_ms: int) -> int:
        is_fast = chance.random() < share
        return at_ms + int(travel_ms * (ratio if is_fast else 1) * _noise(chance))

    return _trace(chance, claims, cheats=True)


def instant(chance: Random) -> Trace:
    """Claim to be there at once."""

    def claims(chance: Random, at_ms: int, _travel_ms: int) -> int:
        return at_ms + chance.randint(0, 2_000)

    return _trace(chance, claims, cheats=True)


def shuttle(chance: Random) -> Trace:
    """Claim the same short time for the same way, as a slow clock might."""
    ratio = chance.uniform(0.1, 0.5)

    def claims(chance: Random, at_ms: int, travel_ms: int) -> int:
        return at_ms + int(travel_ms * ratio * chance.uniform(0.8, 1.2))

    return _trace(chance, claims, cheats=True, same_way=True)


def _noise(chance: Random) -> float:
    return chance.uniform(0.95, 1.05)


def _legs(chance: Random, factor: Callable[[Random], float], *, cheats: bool) -> Trace:
    speed = chance.randint(3_000, SPEED_MAX_MILLI)
    places, times = [(5_000_000, 5_000_000)], [START_MS]
    for _ in range(chance.randint(3, 12)):
        passed_ms = chance.randint(5, 3_000) * SECOND_MS
        far = speed * passed_ms / SECOND_MS * factor(chance)
        angle_x, angle_y = chance.uniform(-1, 1), chance.uniform(-1, 1)
        size = hypot(angle_x, angle_y) or 1
        x, y = places[-1]
        places.append((int(x + far * angle_x / size), int(y + far * angle_y / size)))
        times.append(times[-1] + passed_ms)
    legs = [
        Leg(
            fleet="f",
            player=PLAYER,
            from_milli=start,
            to_milli=end,
            from_ms=from_ms,
            to_ms=to_ms,
            speed_milli=speed,
        )
        for (start, end), (from_ms, to_ms) in zip(
            pairwise(places), pairwise(times), strict=True
        )
    ]
    return Trace(
        detector=SPEED if cheats else "",
        culprits=frozenset({PLAYER} if cheats else ()),
        legs=legs,
    )


def voyage(chance: Random) -> Trace:
    """Fly the courses that the server made, some of them called off on the way."""
    return _legs(chance, lambda chance: chance.uniform(0, 1.001), cheats=False)


def teleport(chance: Random) -> Trace:
    """Be somewhere else at once, the first time and then now and then."""
    jumps = iter([True])

    def factor(chance: Random) -> float:
        is_jump = next(jumps, chance.random() < 0.4)
        return chance.uniform(2, 90) if is_jump else 1.0

    return _legs(chance, factor, cheats=True)


def overdrive(chance: Random) -> Trace:
    """Fly somewhat faster than the course allows."""
    return _legs(chance, lambda one: one.uniform(1.0, 1.6), cheats=True)
