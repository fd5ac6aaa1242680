"""Keep what detectors carry from one scan to the next: little, and within bounds."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Run(Struct, frozen=True, array_like=True):
    """Sum up actions that followed one another as regularly as no hand is."""

    began_ms: int
    last_ms: int
    actions: int
    total_ms: int
    squares: int
    """Sum of the squares of all intervals."""
    intervals: tuple[int, ...]
    """The first ones."""
    names: tuple[str, ...]


class Routine(Struct, frozen=True, array_like=True):
    """Sum up the runs of one episode; `longest` is the one that says most."""

    began_ms: int
    last_ms: int
    runs: int
    actions: int
    longest: Run


class Rhythm(Struct, frozen=True, array_like=True):
    """Remember the end of what a player did: it may be the beginning of a run.

    Actions that come in one burst are one arrival. `gaps` are the last intervals
    between arrivals, `names` the commands at their ends.
    """

    seen_ms: int = 0
    arrival_ms: int = 0
    gaps: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    run: Run | None = None
    routine: Routine | None = None


class Boast(Struct, frozen=True, kw_only=True):
    """Sum up one episode of claims beyond the truth.

    `arrivals` are the claims without those that came in one burst, `times` the last
    of them, `peak` the most within the time that honest claims get.
    """

    began_ms: int
    last_ms: int
    claims: int = 0
    arrivals: int = 0
    times: tuple[int, ...] = ()
    peak: int = 0
    beyond: int = 0
    examples: tuple[dict[str, Any], ...] = ()


class Hurry(Struct, frozen=True, kw_only=True):
    """Sum up one episode of arrivals claimed before the fastest course's.

    `forecasts` are all claims since it began, `early` those that were too early,
    `claimed_ms` and `travel_ms` how long the ways of these take, as claimed and at the
    soonest. A clock that is behind by `clock_min_ms` to `clock_max_ms` explains them.
    """

    began_ms: int
    last_ms: int
    forecasts: int = 0
    early: int = 0
    claimed_ms: int = 0
    travel_ms: int = 0
    clock_min_ms: int = 0
    clock_max_ms: int = 0
    examples: tuple[dict[str, Any], ...] = ()


class Watch(Struct, frozen=True, kw_only=True):
    """Hold what players did lately, by player."""

    rhythms: Mapping[str, Rhythm] = {}
    boasts: Mapping[str, Boast] = {}
    hurries: Mapping[str, Hurry] = {}
