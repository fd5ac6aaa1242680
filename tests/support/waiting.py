"""Wait for conditions, with a bound."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import Any


def wait_for(condition: Callable[[], Any], what: str, within_s: float = 15.0) -> Any:
    """Wait until a condition holds and give its value."""
    ends_s = monotonic() + within_s
    while True:
        found = condition()
        if found:
            return found
        if monotonic() > ends_s:
            raise AssertionError(f"never: {what}")
        sleep(0.01)
