"""Hold what was measured, how far the runs lie apart, and what was asked for."""

from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """Ask for at least, or at most, an amount."""

    amount: float
    is_floor: bool

    def is_met(self, measured: float) -> bool:
        """Tell whether a figure is good enough."""
        if self.is_floor:
            return measured >= self.amount
        return measured <= self.amount

    def __str__(self) -> str:
        return f"at {'least' if self.is_floor else 'most'} {self.amount:,g}"


def at_least(amount: float) -> Target:
    """Ask for a floor."""
    return Target(amount, is_floor=True)


def at_most(amount: float) -> Target:
    """Ask for a ceiling."""
    return Target(amount, is_floor=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure of all runs; their median stands for it."""

    what: str
    unit: str
    runs: tuple[float, ...]
    target: Target | None = None

    @property
    def median(self) -> float:
        """Give the run in the middle."""
        return median(self.runs)

    @property
    def is_met(self) -> bool | None:
        """Tell whether the target is met; None where there is none."""
        return self.target.is_met(self.median) if self.target else None

    def plain(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {
            "what": self.what,
            "unit": self.unit,
            "median": round(self.median, 3),
            "runs": [round(run, 3) for run in self.runs],
            "target": str(self.target) if self.target else None,
            "met": self.is_met,
        }


def figure(what: str, unit: str, *runs: float, target: Target | None = None) -> Figure:
    """Make a figure of its runs."""
    return Figure(what, unit, tuple(map(float, runs)), target)
