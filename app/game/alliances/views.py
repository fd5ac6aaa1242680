"""Say who hears of an alliance."""

from collections.abc import Iterable

from app.core.decider import Heard, States
from app.core.message import Event, Ref


def sight_room(alliance_id: str) -> str:
    """Name the internal room that tells who shares whose sensors has changed."""
    return f"sight:alliance:{alliance_id}"


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Tell the instances of all members; the player concerned hears it as a player."""
    rooms = (sight_room(ref.id),)
    yield Heard(rooms=rooms, type="sight.changed", payload={}, is_signal=True)
