"""Convert between the wire's whole units and the core's integers.

State holds integers only, with the unit in the name: `travel_ms`, `minerals_milli`.
"""

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

MILLI = 1_000

Decimal = float
"""What the wire shows of milli-units: a number with at most three decimals."""


def to_milli(whole: int) -> int:
    """Turn whole units into milli-units."""
    return whole * MILLI


def whole(milli: int) -> int:
    """Turn milli-units into whole units, rounding down."""
    return milli // MILLI


def decimal(milli: int) -> Decimal:
    """Turn milli-units into a number with at most three decimals, for the wire only."""
    return milli / MILLI
