"""Put colonies to sleep that nobody minds, and wake them with their owner's next word.

A sleeping colony produces nothing, so it costs nothing to keep. It sleeps when no order
was placed for `SLEEP_AFTER_MS`; any command of its owner wakes it, and clients send
`colonies.sync` by themselves.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from app.core.decider import Due, Outcome, States
from app.core.units import DAY_MS
from app.game.colonies.model import state
from app.game.colonies.model.events import ColonySlept, ColonyWoke, evolve
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import accrue
from app.game.colonies.model.terms import owned
from app.game.colonies.rules.own import ColonyCommand
from app.game.players.model import Player

SLEEP_AFTER_MS = 30 * DAY_MS
"""How long a colony goes on without an order (tune)."""

Decide = Callable[[States, Any, int], Outcome]


class CheckSleep(ColonyCommand, frozen=True, kw_only=True):
    """Look whether the colony still has a minder: a timer's command."""


def due(colony: Colony) -> Due:
    """Set the timer for the earliest moment that the colony may fall asleep."""
    at_ms = colony.active_ms + SLEEP_AFTER_MS
    name = f"{colony.id}.sleep.{at_ms}"
    command = CheckSleep(id=name, player=colony.player, colony=colony.id)
    return Due(at_ms=at_ms, command=command)


def check_sleep(states: States, command: CheckSleep, now_ms: int) -> Outcome:
    """Put the colony to sleep, or look again when it may be time.

    Raises:
        Rejected: `not_found`, where the colony went to another owner meanwhile.
    """
    colony, player = owned(states, command.colony, command.player)
    if colony.asleep:
        return Outcome()
    if now_ms < colony.active_ms + SLEEP_AFTER_MS:
        return Outcome(due=(due(colony),))
    resting = replace(colony, asleep=True)
    slept = ColonySlept(
        accrual=accrue(colony.stock, now_ms),
        production=production(resting, player.modifiers),
    )
    return Outcome(events=((state.ref(colony.id), slept),))


def waking(decide: Decide) -> Decide:
    """Make a rule for an owner's command that wakes the colony it speaks of first."""

    def woken(states: States, command: Any, now_ms: int) -> Outcome:
        colony, player = owned(states, command.colony, command.player)
        if not colony.asleep:
            return decide(states, command, now_ms)
        ref = state.ref(colony.id)
        woke = _woke(colony, player, now_ms)
        awake = evolve(colony, woke)
        outcome = decide({**states, ref: awake}, command, now_ms)
        return replace(
            outcome,
            events=((ref, woke), *outcome.events),
            due=(due(awake), *outcome.due),
        )

    return woken


def _woke(colony: Colony, player: Player, now_ms: int) -> ColonyWoke:
    up = replace(colony, asleep=False)
    return ColonyWoke(
        accrual=accrue(colony.stock, now_ms),
        production=production(up, player.modifiers),
    )
