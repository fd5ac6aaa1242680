"""Compare what a client predicts of a colony's stock with the truth."""

from app.core.decider import Outcome, States
from app.core.message import Event, Ref
from app.core.units import to_milli
from app.game.colonies.model import state
from app.game.colonies.model.events import ClaimNoted
from app.game.colonies.model.stock import Amounts, at, shown
from app.game.colonies.model.terms import owned
from app.game.colonies.rules.own import ColonyCommand

CLAIM_SLACK_PERCENT = 1
CLAIM_SLACK_MILLI = to_milli(2)
"""How far a claim may lie beyond the truth before it is noted (tune)."""


class SyncStock(ColonyCommand, frozen=True, kw_only=True):
    """Claim to hold so much, by resource."""

    predicted_milli: dict[str, int]


def sync(states: States, command: SyncStock, now_ms: int) -> Outcome:
    """Answer with the truth; note a claim that no lag explains.

    Raises:
        Rejected: `not_found`.
    """
    colony, _player = owned(states, command.colony, command.player)
    stock = at(colony.stock, now_ms)
    claimed = command.predicted_milli
    events: tuple[tuple[Ref, Event], ...] = ()
    if _beyond(claimed, stock.amounts_milli):
        noted = ClaimNoted(claimed=claimed, held=stock.amounts_milli, at_ms=now_ms)
        events = ((state.ref(colony.id), noted),)
    return Outcome(events=events, result={**shown(stock)})


def _beyond(claimed: Amounts, held: Amounts) -> bool:
    return any(
        milli * 100 > held[name] * (100 + CLAIM_SLACK_PERCENT) + CLAIM_SLACK_MILLI * 100
        for name, milli in claimed.items()
    )
