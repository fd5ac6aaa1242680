"""Begin a battle, go on with it, show it: what the rest of the game calls.

>>> frame = begin(seed, forces)
>>> frame = advance(seed, forces, orders, frame, frame.tick + 10)
"""

from collections.abc import Iterable
from hashlib import sha256

import msgspec
import numpy as np

from app.core.units import MILLI
from app.game.combat.model.engine.dice import SEED_BITS
from app.game.combat.model.engine.field import NONE, Field, pack, ships, unpack
from app.game.combat.model.engine.fight import Fight
from app.game.combat.model.engine.joining import empty, join
from app.game.combat.model.engine.roster import Roster, roster
from app.game.combat.model.engine.spec import (
    MARK_TICKS,
    TICKS_MAX,
    VERSION,
    Force,
    Frame,
    Order,
    Row,
    Tally,
    check_forces,
    check_orders,
)
from app.game.combat.model.engine.stats import KINDS
from app.game.combat.model.engine.tick import step

Forces = tuple[Force, ...]
Orders = tuple[Order, ...]


def begin(seed: int, forces: Forces) -> Frame:
    """Set up a battle: the frame before its first tick.

    Only forces of tick 0 are on the field. It is over at once where there is but one
    side. `seed` has 64 bits.

    Raises:
        ValueError: the engine isn't made for such forces, or such a seed.
    """
    _check(seed, forces, ())
    present = [force for force in forces if force.tick == 0]
    listed = roster(present)
    field = join(empty(), listed, seed, 0)
    fight = Fight(seed, forces, (), 0, listed, field)
    canonical = msgspec.msgpack.encode([VERSION, present], order="deterministic")
    return _frame(fight, _chained("", 0, sha256(canonical).digest()))


def advance(
    seed: int, forces: Forces, orders: Orders, frame: Frame, to_tick: int
) -> Frame:
    """Go on from a frame until a tick, or until the battle is over.

    `forces` and `orders` are all of the battle so far; what was added since `frame`
    has ticks from `frame.tick` on.

    Raises:
        ValueError: forces, orders or seed are wrong, or the frame isn't theirs.
    """
    _check(seed, forces, orders)
    if frame.over or to_tick <= frame.tick:
        return frame
    fight, chain = _resumed(seed, forces, orders, frame), frame.chain
    while fight.tick < to_tick and not _is_over(fight):
        step(fight)
        if fight.tick % MARK_TICKS == 0 or _is_over(fight):
            chain = _chained(chain, fight.tick, pack(fight.field))
    return _frame(fight, chain)


def fight(seed: int, forces: Forces, orders: Orders = ()) -> Frame:
    """Fight a whole battle.

    Raises:
        ValueError: the engine isn't made for such forces or orders.
    """
    return advance(seed, forces, orders, begin(seed, forces), TICKS_MAX)


def rows(frame: Frame, forces: Forces) -> list[Row]:
    """List all entities of a frame, those that are gone too (for views).

    Raises:
        ValueError: the frame isn't of these forces.
    """
    listed = roster(_joined(forces, frame.tick))
    field = unpack(frame.entities, listed.size, len(listed.forces))
    on = field.is_on(listed)
    count = np.where(on, ships(field.hp, listed.hp_each), 0)
    full = listed.hp_each * listed.count
    percent = np.where(on, np.maximum(field.hp * 100 // full, 1), 0)
    columns: Iterable[list[int]] = (
        column.tolist()
        for column in (listed.force, listed.kind, count, *field.places, percent)
    )
    return [
        Row(listed.forces[force].id, KINDS[kind], *rest)
        for force, kind, *rest in zip(*columns, field.target.tolist(), strict=True)
    ]


def _check(seed: int, forces: Forces, orders: Orders) -> None:
    if not 0 <= seed < 1 << SEED_BITS:
        raise ValueError(f"a seed has {SEED_BITS} bits")
    check_forces(forces)
    check_orders(forces, orders)


def _joined(forces: Forces, tick: int) -> list[Force]:
    """Give those on the field after a tick."""
    return [force for force in forces if force.tick < max(tick, 1)]


def _resumed(seed: int, forces: Forces, orders: Orders, frame: Frame) -> Fight:
    listed = roster(_joined(forces, frame.tick))
    field = unpack(frame.entities, listed.size, len(listed.forces))
    return Fight(seed, forces, orders, frame.tick, listed, field)


def _is_over(fight: Fight) -> bool:
    return len(fight.sides) < 2 or fight.tick >= TICKS_MAX


def _chained(chain: str, tick: int, content: bytes) -> str:
    return sha256(chain.encode() + tick.to_bytes(4, "little") + content).hexdigest()


def _frame(fight: Fight, chain: str) -> Frame:
    over, sides = _is_over(fight), fight.sides
    return Frame(
        tick=fight.tick,
        chain=chain,
        over=over,
        winner=sides[0] if len(sides) == 1 else NONE,
        entities=pack(fight.field),
        tallies=_tallies(fight.roster, fight.field),
    )


def _tallies(roster: Roster, field: Field) -> dict[str, Tally]:
    places = roster.force[roster.is_ship], roster.kind[roster.is_ship]
    alive = ships(field.hp, roster.hp_each)[roster.is_ship]
    brought = np.zeros((len(roster.forces), len(KINDS)), dtype=np.int64)
    left = brought.copy()
    np.add.at(brought, places, roster.count[roster.is_ship])
    np.add.at(left, places, alive)
    living = np.zeros(len(roster.forces), dtype=np.bool_)
    living[roster.force[field.hp > 0]] = True
    return {
        force.id: Tally(
            ships=_named(left[index].tolist()),
            lost=_named((brought - left)[index].tolist()),
            dealt=int(field.dealt[index]) // MILLI,
            destroyed_milli=int(field.destroyed[index]),
            state=_state(bool(field.fled[index]), bool(living[index])),
        )
        for index, force in enumerate(roster.forces)
    }


def _named(counts: list[int]) -> dict[str, int]:
    return {unit: count for unit, count in zip(KINDS, counts, strict=True) if count}


def _state(has_fled: bool, lives: bool) -> str:
    if has_fled:
        return "fled"
    return "fighting" if lives else "destroyed"
