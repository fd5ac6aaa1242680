"""Notice that a colony's owner is there: any accepted command on it shows that.

A colony produces for `AWAKE_MS` after its owner last minded it; then it sleeps. That is
a time in its stock, so that falling asleep takes no timer and no event. The time is
moved at most once a day, and clients move it with their `colonies.sync`.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from app.core.decider import Outcome, States
from app.core.units import DAY_MS
from app.game.colonies.model import state
from app.game.colonies.model.events import ColonyMinded, evolve
from app.game.colonies.model.state import AWAKE_MS
from app.game.colonies.model.stock import accrue
from app.game.colonies.model.terms import owned

NOTICE_AFTER_MS = DAY_MS

Decide = Callable[[States, Any, int], Outcome]


def minding(decide: Decide) -> Decide:
    """Make a rule for an owner's command that wakes the colony, or keeps it awake."""

    def minded(states: States, command: Any, now_ms: int) -> Outcome:
        colony, _player = owned(states, command.colony, command.player)
        if colony.stock.until_ms > now_ms + AWAKE_MS - NOTICE_AFTER_MS:
            return decide(states, command, now_ms)
        ref = state.ref(colony.id)
        noticed = ColonyMinded(
            accrual=accrue(colony.stock, now_ms), until_ms=now_ms + AWAKE_MS
        )
        awake = {**states, ref: evolve(colony, noticed)}
        outcome = decide(awake, command, now_ms)
        return replace(outcome, events=((ref, noticed), *outcome.events))

    return minded
