"""Make traces of claims: old news of honest clients, and inventions."""

from collections.abc import Sequence
from random import Random

from app.core.units import MINUTE_MS, SECOND_MS, to_milli
from app.game.anticheat.model.traces import Claim
from app.game.anticheat.rules.claims import CLAIMS
from tests.unit.anticheat.dataset.trace import PLAYER, START_MS, Trace

SYNC_MS = 30 * SECOND_MS
ROOM = to_milli(10_000)


def _claim(at_ms: float, held: float, percent: float) -> Claim:
    claimed = int(held * percent / 100)
    return Claim(
        at_ms=int(at_ms),
        colony="c",
        claimed={"minerals": claimed},
        held={"minerals": int(held)},
        capacity={"minerals": ROOM},
    )


def _trace(claims: Sequence[Claim], *, cheats: bool) -> Trace:
    return Trace(
        detector=CLAIMS if cheats else "",
        culprits=frozenset({PLAYER} if cheats else ()),
        claims={PLAYER: sorted(claims, key=lambda one: one.at_ms)},
    )


def _held(chance: Random) -> float:
    return ROOM * chance.uniform(0.05, 0.9)


def two_tabs(chance: Random) -> Trace:
    """Spend in one tab what another, that missed it, still shows at its next sync."""
    claims, at_ms = [], float(START_MS)
    for _ in range(chance.randint(1, 8)):
        at_ms += chance.expovariate(1 / (18 * MINUTE_MS)) + SYNC_MS
        claims.append(_claim(at_ms, _held(chance), chance.uniform(103, 400)))
    honest = [one for one in claims if one.claimed["minerals"] <= ROOM]
    return _trace(honest, cheats=False)


def queued_syncs(chance: Random) -> Trace:
    """Sync while offline; all of it arrives in one burst once the client is back."""
    at_ms, claims = float(START_MS), []
    for _ in range(chance.randint(1, 2)):
        at_ms += chance.uniform(20, 90) * MINUTE_MS
        held = ROOM * chance.uniform(0.1, 0.5)
        count = chance.randint(2, 15)
        claims += [_claim(at_ms + i * 300, held, 150) for i in range(count)]
    return _trace(claims, cheats=False)


def refund_above_room(chance: Random) -> Trace:
    """Hold more than there is room for, after a refund, and claim a little more."""
    held = ROOM * chance.uniform(1.0, 1.6)
    return _trace([_claim(START_MS, held, chance.uniform(101.5, 108))], cheats=False)


def inventor(chance: Random) -> Trace:
    """Claim what there is no room for."""
    claims = [
        _claim(START_MS + i * SYNC_MS, ROOM, chance.uniform(150, 9_000))
        for i in range(chance.randint(1, 12))
    ]
    return _trace(claims, cheats=True)


def persistent_liar(chance: Random) -> Trace:
    """Claim somewhat more than there is, sync after sync."""
    claims = [
        _claim(START_MS + i * SYNC_MS, ROOM * 0.4, chance.uniform(104, 200))
        for i in range(chance.randint(3, 20))
    ]
    return _trace(claims, cheats=True)


def patient_liar(chance: Random) -> Trace:
    """Claim more only now and then, between honest syncs."""
    claims, at_ms = [], float(START_MS)
    for _ in range(chance.randint(6, 15)):
        at_ms += chance.uniform(1, 7) * MINUTE_MS
        claims.append(_claim(at_ms, ROOM * 0.4, chance.uniform(103, 180)))
    return _trace(claims, cheats=True)


def rare_liar(chance: Random) -> Trace:
    """Claim more so rarely that it looks like old news."""
    claims, at_ms = [], float(START_MS)
    for _ in range(chance.randint(3, 6)):
        at_ms += chance.uniform(11, 40) * MINUTE_MS
        claims.append(_claim(at_ms, ROOM * 0.4, chance.uniform(103, 180)))
    return _trace(claims, cheats=True)
