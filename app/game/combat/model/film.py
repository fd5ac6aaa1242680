"""Fight a battle again to be watched: what is on the field at every mark, in parts.

Ships move from mark to mark by less than a client needs to draw what lies between. A
film is given in pages, so that who watches sees the first at once, and no answer grows
with the battle. The frame that a page ends with is kept for a while: the next page goes
on from there; without it, the battle is fought again from its start.
"""

from collections import OrderedDict
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from app.core.message import Rejected
from app.core.units import MILLI
from app.game.combat.model.engine import run
from app.game.combat.model.engine.spec import (
    MARK_TICKS,
    TICKS_MAX,
    VERSION,
    Force,
    Frame,
    Order,
    Row,
)
from app.game.combat.model.engine.stats import KINDS
from app.game.combat.model.shown import ROWS_MAX

FRAMES_MAX = TICKS_MAX // MARK_TICKS + 1
"""Frames of the longest battle."""
PAGE_ROWS_MAX = 24_000
"""Entities of all frames of a page: half a megabyte at most."""
KEPT_MAX = 64
"""Frames that pages ended with: at most 40 KB each."""


class Inputs(NamedTuple):
    """Name what a battle is fought with, and the tick that it is watched until."""

    seed: int
    forces: tuple[Force, ...]
    orders: tuple[Order, ...]
    to_tick: int = TICKS_MAX


class Film:
    """Fight until a page is full, a frame at every mark from a tick on."""

    def __init__(self, inputs: Inputs, from_tick: int) -> None:
        """Set the battle up where it was left, or at its start.

        Raises:
            Rejected: `invalid`: the engine isn't made for such forces or orders.
        """
        self._inputs, self._from_tick = inputs, from_tick
        self._key = _key(inputs)
        try:
            start = run.begin(inputs.seed, inputs.forces)
            run.advance(inputs.seed, inputs.forces, inputs.orders, start, 0)
        except ValueError as error:
            raise Rejected("invalid", fields={"forces": [str(error)]}) from error
        self._frame = _left(self._key, from_tick) or start
        self._frames: list[dict[str, Any]] = []
        self._rows = 0
        self._note()

    @property
    def is_done(self) -> bool:
        """Tell whether the page is full, or there is no more to fight."""
        return self._is_full or self._is_over

    @property
    def _is_full(self) -> bool:
        return self._rows + ROWS_MAX > PAGE_ROWS_MAX

    @property
    def _is_over(self) -> bool:
        return self._frame.over or self._frame.tick >= self._inputs.to_tick

    def go_on(self, ticks: int) -> None:
        """Fight so many ticks more, but to the next mark at most."""
        inputs, tick = self._inputs, self._frame.tick
        mark = (tick // MARK_TICKS + 1) * MARK_TICKS
        to_tick = min(tick + ticks, mark, inputs.to_tick)
        self._frame = run.advance(
            inputs.seed, inputs.forces, inputs.orders, self._frame, to_tick
        )
        self._note()

    def page(self) -> dict[str, Any]:
        """Show the frames of this page; `next_tick` is where the next one begins.

        Where time ran out before the page's first frame was reached, it is empty.
        """
        frame = self._frame
        _keep(self._key, frame)
        done = max(self._from_tick, self._frames[-1]["tick"] + 1 if self._frames else 0)
        return {
            "engine": VERSION,
            "tick": frame.tick,
            "chain": frame.chain,
            "over": frame.over,
            "winner": frame.winner,
            "next_tick": None if self._is_over else done,
            "forces": [force.id for force in self._inputs.forces],
            "units": list(KINDS),
            "frames": self._frames,
        }

    def _note(self) -> None:
        """Note a frame at a mark and at the end."""
        tick = self._frame.tick
        if tick < self._from_tick or (tick % MARK_TICKS and not self._is_over):
            return
        shown = _shown(self._frame, self._inputs.forces)
        self._rows += len(shown["id"])
        self._frames.append(shown)


def _shown(frame: Frame, forces: tuple[Force, ...]) -> dict[str, Any]:
    """Show a frame in columns: an entity's id is its place among all of the battle's.

    Places are whole units. `force` and `unit` are places in the page's lists. `target`
    is an id, -1 for none.
    """
    place = {force.id: index for index, force in enumerate(forces)}
    kind = {name: index for index, name in enumerate(KINDS)}
    listed = run.rows(frame, forces)
    some = [(number, row) for number, row in enumerate(listed) if row.ships]
    if len(some) > ROWS_MAX:
        some = list(_merged(listed))
    return {
        "tick": frame.tick,
        "id": [number for number, _row in some],
        "force": [place[row.force] for _number, row in some],
        "unit": [kind[row.unit] for _number, row in some],
        "ships": [row.ships for _number, row in some],
        "x": [_units(row.x_milli) for _number, row in some],
        "y": [_units(row.y_milli) for _number, row in some],
        "hp": [row.hp_percent for _number, row in some],
        "target": [row.target for _number, row in some],
        "forces": {
            name: {
                "ships": one.ships,
                "lost": one.lost,
                "dealt": one.dealt,
                "state": one.state,
            }
            for name, one in frame.tallies.items()
        },
    }


def _units(milli: int) -> int:
    return (milli + MILLI // 2) // MILLI


def _merged(listed: Iterable[Row]) -> Iterable[tuple[int, Row]]:
    """Put the entities of a unit and force together, in their middle.

    The first one's place names all of them, also once that one is gone.
    """
    groups: dict[tuple[str, str], list[tuple[int, Row]]] = {}
    for number, row in enumerate(listed):
        groups.setdefault((row.force, row.unit), []).append((number, row))
    for (force, unit), some in groups.items():
        alive = [row for _number, row in some if row.ships]
        count = len(alive)
        if count:
            yield (
                some[0][0],
                Row(
                    force,
                    unit,
                    sum(row.ships for row in alive),
                    sum(row.x_milli for row in alive) // count,
                    sum(row.y_milli for row in alive) // count,
                    sum(row.hp_percent for row in alive) // count,
                    -1,
                ),
            )


_kept: OrderedDict[tuple[bytes, int], Frame] = OrderedDict()


def _key(inputs: Inputs) -> bytes:
    packed = msgspec.msgpack.encode(
        [VERSION, inputs.seed, inputs.forces, inputs.orders]
    )
    return blake2b(packed, digest_size=16).digest()


def _keep(key: bytes, frame: Frame) -> None:
    _kept[key, frame.tick] = frame
    _kept.move_to_end((key, frame.tick))
    while len(_kept) > KEPT_MAX:
        _kept.popitem(last=False)


def _left(key: bytes, tick: int) -> Frame | None:
    """Give the last frame that is kept of a battle, but none after a tick."""
    ticks = [kept for name, kept in tuple(_kept) if name == key and kept <= tick]
    return _kept.get((key, max(ticks))) if ticks else None
