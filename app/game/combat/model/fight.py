"""Let the engine fight, and remember what it just fought.

A step is needed twice at least: by the rule that decides on it, and where its event is
applied; again for a lost race. The engine is pure, so the answer is kept for a while
under all that it follows from.
"""

from functools import lru_cache

import msgspec

from app.game.combat.model.engine import run
from app.game.combat.model.engine.spec import Force, Frame, Order
from app.game.combat.model.state import Battle

KEPT_MAX = 64
"""Frames that are remembered: at most 40 KB each."""


class _Inputs(msgspec.Struct, frozen=True, array_like=True):
    seed: int
    forces: tuple[Force, ...]
    orders: tuple[Order, ...] = ()
    frame: Frame | None = None


def begun(seed: int, forces: tuple[Force, ...]) -> Frame:
    """Give the frame before the first tick."""
    return _begun(msgspec.msgpack.encode(_Inputs(seed, forces)))


def advanced(battle: Battle, to_tick: int) -> Frame:
    """Give the frame of a battle at a tick, or where it is over before that."""
    inputs = _Inputs(battle.seed, battle.forces, battle.orders, battle.frame)
    return _advanced(msgspec.msgpack.encode(inputs), to_tick)


@lru_cache(KEPT_MAX)
def _begun(packed: bytes) -> Frame:
    inputs = msgspec.msgpack.decode(packed, type=_Inputs)
    return run.begin(inputs.seed, inputs.forces)


@lru_cache(KEPT_MAX)
def _advanced(packed: bytes, to_tick: int) -> Frame:
    inputs = msgspec.msgpack.decode(packed, type=_Inputs)
    frame = inputs.frame or run.begin(inputs.seed, inputs.forces)
    return run.advance(inputs.seed, inputs.forces, inputs.orders, frame, to_tick)
