"""Fight a battle that never was, by the engine of those that are.

It is fought in parts, so that whoever lets it run can stop when it takes too long.
"""

from collections.abc import Iterable

from app.core.message import Rejected
from app.game.combat.model.engine import run
from app.game.combat.model.engine.spec import TICKS_MAX, VERSION, Force, Order
from app.game.combat.model.shapes import SimulationView


class Simulation:
    """Hold a battle between its parts; it goes on until its end or `ticks`."""

    def __init__(
        self,
        forces: Iterable[Force],
        *,
        seed: int = 0,
        orders: Iterable[Order] = (),
        ticks: int = TICKS_MAX,
    ) -> None:
        """Set the battle up.

        Raises:
            Rejected: `invalid`: the engine isn't made for such forces or orders.
        """
        self._seed, self._ticks = seed, ticks
        self._forces, self._orders = tuple(forces), tuple(orders)
        try:
            self._frame = run.begin(seed, self._forces)
            run.advance(seed, self._forces, self._orders, self._frame, 0)
        except ValueError as error:
            raise Rejected("invalid", fields={"forces": [str(error)]}) from error

    @property
    def is_done(self) -> bool:
        """Tell whether there is no more to fight."""
        return self._frame.over or self._frame.tick >= self._ticks

    def go_on(self, ticks: int) -> None:
        """Fight so many ticks more."""
        to_tick = min(self._frame.tick + ticks, self._ticks)
        self._frame = run.advance(
            self._seed, self._forces, self._orders, self._frame, to_tick
        )

    def result(self) -> SimulationView:
        """Show how it stands, or how it ended."""
        return {
            "engine": VERSION,
            "seed": str(self._seed),
            "tick": self._frame.tick,
            "over": self._frame.over,
            "winner": self._frame.winner,
            "chain": self._frame.chain,
            "forces": {
                name: {
                    "ships": one.ships,
                    "lost": one.lost,
                    "dealt": one.dealt,
                    "state": one.state,
                }
                for name, one in self._frame.tallies.items()
            },
        }
