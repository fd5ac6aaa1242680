"""Read from `GET /rules` what things cost and need."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Amounts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Price:
    """Hold what an entry of the rules costs by level, and what it needs."""

    base: Mapping[str, int]
    times: int
    by: int
    level_max: int
    buildings: Mapping[str, int]
    technologies: Mapping[str, int]

    def is_paid_by(self, stock: Amounts, level: int) -> bool:
        """Tell whether a stock can pay for a level."""
        growth = (self.times / self.by) ** (level - 1)
        return all(
            stock.get(resource, 0) >= each * growth
            for resource, each in self.base.items()
        )

    def is_met(self, levels: Mapping[str, int], known: Mapping[str, int]) -> bool:
        """Tell whether buildings and technologies reach what is needed."""
        return _reach(levels, self.buildings) and _reach(known, self.technologies)


@dataclass(frozen=True, slots=True)
class Prices:
    """Hold everything that can be ordered, by name."""

    buildings: Mapping[str, Price]
    units: Mapping[str, Price]
    technologies: Mapping[str, Price]
    queue_max: int


def read(rules: Mapping[str, Any]) -> Prices:
    """Read the rules as they come over the wire."""
    colonies, research = rules["colonies"], rules["research"]
    growth = colonies["growth"]["cost"] | {"level_max": colonies["growth"]["level_max"]}
    return Prices(
        buildings=_table(colonies["buildings"], growth),
        units=_table(colonies["units"], {"times": 1, "by": 1, "level_max": 1}),
        technologies=_table(research["technologies"], research["growth"]["cost"]),
        queue_max=colonies["queue_max"],
    )


def _table(
    entries: Mapping[str, Any], growth: Mapping[str, int]
) -> Mapping[str, Price]:
    return {name: _price(entry, growth) for name, entry in entries.items()}


def _price(entry: Mapping[str, Any], growth: Mapping[str, int]) -> Price:
    return Price(
        base=entry["cost"],
        times=growth["times"],
        by=growth["by"],
        level_max=entry.get("level_max") or growth["level_max"],
        buildings=entry["requires"]["buildings"],
        technologies=entry["requires"]["technologies"],
    )


def _reach(levels: Mapping[str, int], needed: Mapping[str, int]) -> bool:
    return all(levels.get(name, 0) >= need for name, need in needed.items())
