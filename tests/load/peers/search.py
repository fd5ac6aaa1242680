"""Find how many users a server carries: doubled until too many, then halved between."""

from collections.abc import Callable
from dataclasses import dataclass

STEPS_MAX = 8
CLOSE = 0.1
"""Done when the least that failed is so close above the most that held."""
ROOM = 10


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the most that held, and whether the bound ended the search."""

    users: int
    is_bound: bool
    steps: tuple[tuple[int, bool], ...]


def most(holds: Callable[[int], bool], first: int, bound: int) -> Found:
    """Search between a room's worth of users and `bound`, in whole rooms.

    `holds` runs a trial; it is asked at most `STEPS_MAX` times.
    """
    low, high = 0, bound + ROOM
    steps: list[tuple[int, bool]] = []
    users = min(first, bound)
    while len(steps) < STEPS_MAX:
        held = holds(users)
        steps.append((users, held))
        if held:
            low = users
        else:
            high = users
        if low >= bound or high - low <= max(ROOM, low * CLOSE):
            break
        between = (low + high) // 2 // ROOM * ROOM
        users = min(2 * low, bound) if high > bound else max(between, ROOM)
    return Found(low, low >= bound, tuple(steps))
