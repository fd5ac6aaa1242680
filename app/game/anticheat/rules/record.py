"""Gather from a finished battle's events all that the engine was given."""

from collections.abc import Sequence

from app.game.anticheat.model.fought import Fought, Step
from app.game.anticheat.model.happened import Happened
from app.game.combat.model.events import (
    BattleBegan,
    BattleEnded,
    ForceJoined,
    OrderGiven,
    StepFought,
)
from app.game.combat.model.state import named

RECORD = (BattleBegan, ForceJoined, OrderGiven, StepFought, BattleEnded)
"""Events that a battle is made of."""


def fought(history: Sequence[Happened]) -> Fought:
    """Read a battle from its events, the first of which began it.

    Raises:
        ValueError: they don't begin with its beginning, or don't end.
    """
    events = [one.event for one in history]
    began, ends = events[0], [one for one in events if isinstance(one, BattleEnded)]
    if not isinstance(began, BattleBegan) or not ends:
        raise ValueError(f"no whole battle: {history[0].subject}")
    joined = [one for one in events if isinstance(one, ForceJoined)]
    parties = (*began.parties.values(), *(one.party for one in joined))
    return Fought(
        battle=began.battle,
        at_ms=ends[0].at_ms,
        engine=began.engine,
        seed=began.seed,
        forces=(*began.forces, *(one.force for one in joined)),
        orders=tuple(one.order for one in events if isinstance(one, OrderGiven)),
        steps=tuple(
            Step(one.to_tick, one.chain)
            for one in events
            if isinstance(one, StepFought)
        ),
        tick=ends[0].tick,
        winner=ends[0].winner,
        players=tuple(named(parties)),
    )
