"""Hundreds of skirmishes are won in time by a player who orders nothing."""

import pytest

from app.core import chance
from app.game.arenas.model import SKIRMISH_SIDE, skirmish
from app.game.combat.model.engine import run
from app.game.combat.model.engine.spec import TICK_MS

FIGHTS = 300
BATCH = 50
LASTS_MS_MIN, LASTS_MS_MAX = 15_000, 60_000
"""Long enough to give orders, short enough to wait for."""


@pytest.mark.parametrize("first", range(0, FIGHTS, BATCH))
def test_is_won_in_time_whatever_the_seed(first: int) -> None:
    for number in range(first, first + BATCH):
        forces = tuple(seat.force for seat in skirmish(f"b{number}", "ann", "Ann"))
        ended = run.fight(chance.digest("skirmish", number), forces)
        assert ended.winner == SKIRMISH_SIDE, number
        assert LASTS_MS_MIN <= ended.tick * TICK_MS <= LASTS_MS_MAX, number
        own, pirates = (ended.tallies[force.id] for force in forces)
        assert own.ships, number
        assert not pirates.ships, number
