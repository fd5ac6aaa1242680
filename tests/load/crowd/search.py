"""Find the most users at which a cluster keeps to its limits: double, then bisect."""

from dataclasses import dataclass, field, replace
from typing import Any

from rich.console import Console

from tests.load.crowd.session import Place, Session, Wanted

STEPS_MAX = 12
GRAIN = 0.05
"""Users apart, as a part of their number, at which it is found well enough."""
ROUND_TO = 10


@dataclass(slots=True)
class Bounds:
    """Hold between which numbers of users the limits are reached."""

    next: int
    good: int = 0
    bad: int = 0
    steps: list[dict[str, Any]] = field(default_factory=list)

    def learn(self, users: int, *, is_good: bool) -> None:
        """Take how a step went, and choose the next."""
        if is_good:
            self.good = max(self.good, users)
        else:
            self.bad = min(self.bad or users, users)
        middle = (self.good + self.bad) // 2 if self.bad else users * 2
        self.next = max(1, middle // ROUND_TO * ROUND_TO or middle)

    @property
    def is_found(self) -> bool:
        """Tell whether another step would say nothing new."""
        if len(self.steps) >= STEPS_MAX:
            return True
        close = self.bad and self.bad - self.good <= max(ROUND_TO, self.bad * GRAIN)
        return bool(close) or self.next in {self.good, self.bad}


async def search(wanted: Wanted, place: Place, console: Console) -> dict[str, Any]:
    """Run step after step; gives the best good one, or else the last, with all steps.

    A step is good where nothing was missed and the generator was no bottleneck.
    """
    bounds = Bounds(wanted.users)
    best: dict[str, Any] = {}
    while not bounds.is_found:
        users = bounds.next
        async with Session(replace(wanted, users=users), place, console) as session:
            plain = await session.measured()
        is_good = not plain["missed"] and not plain["generator"]["was_bottleneck"]
        bounds.steps.append(_step(users, plain, is_good=is_good))
        bounds.learn(users, is_good=is_good)
        if is_good or not bounds.good:
            best = plain
        said = "; ".join(plain["missed"] + plain["generator"]["was_bottleneck"])
        console.print(f"{users} users: {said or 'good'}", markup=False)
    found = {"users": bounds.good, "steps": bounds.steps}
    return best | {"search": found}


def _step(users: int, plain: dict[str, Any], *, is_good: bool) -> dict[str, Any]:
    return {
        "users": users,
        "good": is_good,
        "limits": plain["limits"],
        "missed": plain["missed"],
        "was_bottleneck": plain["generator"]["was_bottleneck"],
        "generator_cpu_percent": plain["generator"]["cpu_percent"],
    }
