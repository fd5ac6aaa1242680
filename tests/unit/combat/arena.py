"""Set up tiny battles, and look at them."""

from itertools import pairwise
from math import isqrt

from app.game.combat.model.engine.run import advance, begin, rows
from app.game.combat.model.engine.spec import Force, Frame, Order, Row, Tally

SEED = 7
MILLI = 1_000


def force(
    name: str,
    side: int,
    at: int | tuple[int, int] = 0,
    *,
    grid: int = 0,
    tick: int = 0,
    modifiers: dict[str, int] | None = None,
    **ships: int,
) -> Force:
    """Make a force; `at` are whole units, x alone or x and y."""
    x, y = at if isinstance(at, tuple) else (at, 0)
    return Force(
        id=name,
        side=side,
        ships=ships,
        x_milli=x * MILLI,
        y_milli=y * MILLI,
        modifiers=modifiers or {},
        grid=grid,
        tick=tick,
    )


class Arena:
    """Fight a battle tick by tick, give orders and let others join on the way."""

    def __init__(self, *forces: Force, seed: int = SEED) -> None:
        self.seed = seed
        self.forces: tuple[Force, ...] = forces
        self.orders: tuple[Order, ...] = ()
        self.frame: Frame = begin(seed, forces)
        self.frames = [self.frame]

    def tick(self, ticks: int = 1) -> "Arena":
        """Go on by ticks, one by one."""
        for _ in range(ticks):
            to_tick = self.frame.tick + 1
            self.frame = advance(
                self.seed, self.forces, self.orders, self.frame, to_tick
            )
            self.frames.append(self.frame)
        return self

    def end(self) -> Frame:
        """Go on to the end."""
        while not self.frame.over:
            self.tick()
        return self.frame

    def order(self, name: str, kind: str, value: str = "") -> None:
        """Give an order now."""
        order = Order(tick=self.frame.tick, force=name, kind=kind, value=value)
        self.orders = (*self.orders, order)

    def join(self, joining: Force) -> None:
        """Let a force join; its tick is that of now, or later."""
        self.forces = (*self.forces, joining)

    def tally(self, name: str) -> Tally:
        """Sum up a force."""
        return self.frame.tallies[name]

    def rows(self, name: str) -> list[Row]:
        """Show the entities of a force."""
        return [row for row in self.all() if row.force == name]

    def all(self) -> list[Row]:
        """Show all entities."""
        return rows(self.frame, self.forces)

    def targets(self, name: str) -> list[str]:
        """Name the force and unit that each entity of a force aims at, "" for none."""
        shown = self.all()
        found = (shown[one.target] for one in self.rows(name) if one.target >= 0)
        return [f"{row.force} {row.unit}" for row in found]

    def distance(self, one: str = "a", other: str = "b") -> int:
        """Give the distance in milli-units between the first entities of two forces."""
        a, b = self.rows(one)[0], self.rows(other)[0]
        return isqrt((a.x_milli - b.x_milli) ** 2 + (a.y_milli - b.y_milli) ** 2)

    def dealt(self, name: str) -> list[int]:
        """Give what a force dealt in each tick so far, in units of hp."""
        totals = [frame.tallies[name].dealt for frame in self.frames]
        return [after - before for before, after in pairwise(totals)]
