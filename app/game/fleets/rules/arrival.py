"""Hold a fleet at the end of its course, and let it stand there."""

from typing import NamedTuple

from app.core.decider import Due, Outcome
from app.core.message import Event, Ref
from app.game.fleets.model import state
from app.game.fleets.model.events import FleetStopped
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.rules.command import Moment
from app.game.fleets.rules.orders import next_due

Happened = tuple[Ref, Event]


class Arrival(NamedTuple):
    """Hold a fleet as it stands where its course ended, at the moment it did."""

    moment: Moment
    fleet: Fleet
    order: Order

    @property
    def ref(self) -> Ref:
        """Name the fleet."""
        return state.ref(self.fleet.id)


def stopped(arrival: Arrival, *, stance: str = "", post: str = "") -> Happened:
    """Let the fleet stand."""
    fleet = arrival.fleet
    event = FleetStopped(
        x_milli=fleet.x_milli,
        y_milli=fleet.y_milli,
        sector=fleet.sector,
        at_ms=arrival.moment.at_ms,
        is_arrival=True,
        stance=stance,
        post=post,
    )
    return (arrival.ref, event)


def done(arrival: Arrival, *events: Happened) -> Outcome:
    """Answer with what happened on arrival; the next order follows at once."""
    due: tuple[Due, ...] = next_due(arrival.fleet, arrival.moment)
    return Outcome(events=events, due=due)
