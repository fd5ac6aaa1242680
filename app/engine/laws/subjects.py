"""Check many subjects, and again those that looked wrong.

A cluster under way is read at two places, one after the other: what moved in between
looks wrong for a moment. Only what stays wrong is a problem.
"""

from collections.abc import Callable, Iterable, Sequence
from time import sleep
from typing import TypeVar

TRIES_MAX = 5
PAUSE_S = 1.0
"""Above what the persister mostly lags behind."""
PROBLEMS_MAX = 1_000
"""Past this a law doesn't hold at all; more of the same says nothing new."""

Subject = TypeVar("Subject")


Check = Callable[[Sequence[Subject]], dict[Subject, str]]
"""Says what is wrong with which of its subjects."""


def settled(
    check: Check[Subject],
    batches: Iterable[Sequence[Subject]],
    recheck: Check[Subject] | None = None,
) -> tuple[int, dict[Subject, str]]:
    """Check all subjects; tell how many there were and what is wrong with which."""
    count = 0
    wrong: dict[Subject, str] = {}
    for batch in batches:
        count += len(batch)
        wrong |= check(batch)
        if len(wrong) >= PROBLEMS_MAX:
            break
    for _try in range(TRIES_MAX):
        if not wrong:
            break
        sleep(PAUSE_S)
        wrong = (recheck or check)(list(wrong))
    return count, wrong
