"""Look for cycles of garbage seldom, as a process does that keeps much for good."""

import gc

OBJECTS = 20_000
"""How many more objects there are before it is looked for cycles among the new ones."""


def look_seldom() -> None:
    """Look seldom from now on, and never again among what was made until now.

    A galaxy's maps, rules and modules stay for good: to walk through them again and
    again took a seventh of an instance's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)
