"""Know what a bot sees: strangers' fleets, other colonies, and where to look next."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from tests.load.folding import View, Views
from tests.load.ships import Ships

Point = tuple[float, float]

GALAXY, SECTOR = 10_000, 100
REACHES = (4, 7, 9)
"""Sectors each way that a bot looks at around its home, until it sees a neighbour."""
NEAR = 2
"""Sectors each way that it looks at around a fleet."""
LOOK_EVERY_MS = 5_000
MOVED_SECTORS = 1
"""How far the middle of a look may be from what it is for."""
FULL = ":full"


class Contact(NamedTuple):
    """Hold a stranger's fleet as it is seen now."""

    id: str
    at: Point
    ships: Ships
    battle: str


class Rectangle(NamedTuple):
    """Hold what is looked at, in units."""

    x0: int
    y0: int
    x1: int
    y1: int

    def sectors(self) -> set[str]:
        """Name its sectors."""
        columns = range(self.x0 // SECTOR, self.x1 // SECTOR)
        rows = range(self.y0 // SECTOR, self.y1 // SECTOR)
        return {f"{x}:{y}" for x in columns for y in rows}


class Sight:
    """Hold what one bot sees, and remember where colonies stand."""

    def __init__(self, views: Views) -> None:
        self.view: Rectangle | None = None
        """What the bot last looked at."""
        self.icons: dict[str, Point] = {}
        self._views = views
        self._looked_ms = 0
        self._wide = self._turn = 0

    def note(self, room: str, view: View) -> None:
        """Remember the colonies of a sector."""
        if room.startswith("sector:"):
            for colony in view.get("colonies", {}).values():
                self.icons[colony["id"]] = (colony["x"], colony["y"])

    def neighbours(self, own: View) -> dict[str, Point]:
        """Give where colonies of others stand, as far as the bot knows."""
        return {name: at for name, at in self.icons.items() if name not in own}

    def strangers(self, player: str, now_ms: int) -> Iterator[Contact]:
        """Give others' fleets in the sectors that are seen."""
        for room, view in self._views.sectors():
            if room.endswith(FULL):
                for fleet in view.get("fleets", {}).values():
                    if fleet["player"] != player:
                        at, battle = position(fleet, now_ms), fleet["battle"]
                        yield Contact(fleet["id"], at, fleet["ships"], battle)

    def debris(self) -> Iterator[tuple[str, Point]]:
        """Give the debris that is seen, and where it drifts."""
        for _room, view in self._views.sectors():
            for one in view.get("debris", {}).values():
                yield one["id"], (one["x"], one["y"])

    def battles(self) -> Mapping[str, View]:
        """Give the battles that the bot follows."""
        return self._views.battles()

    def next_look(self, own: View, now_ms: int) -> Rectangle | None:
        """Choose where to look, when it is time to; none where nothing is to change."""
        if self.view is not None and now_ms - self._looked_ms < LOOK_EVERY_MS:
            return None
        wanted = self._wanted(own, now_ms)
        if self.view is not None and _is_close(wanted, self.view):
            return None
        self._looked_ms = now_ms
        return wanted

    def _wanted(self, own: View, now_ms: int) -> Rectangle:
        """Look wider until there is a neighbour, then at home and fleets in turn."""
        home = next(iter(own["colonies"].values()))
        if not self.neighbours(own["colonies"]):
            if self.view is not None:
                self._wide = min(self._wide + 1, len(REACHES) - 1)
            return around((home["x"], home["y"]), REACHES[self._wide])
        fleets = own.get("fleets", {}).values()
        fighting = [fleet for fleet in fleets if fleet["battle"]]
        places = [position(fleet, now_ms) for fleet in fighting or fleets]
        if not fighting:
            places.append((home["x"], home["y"]))
        self._turn += 1
        return around(places[self._turn % len(places)], NEAR)


def _is_close(one: Rectangle, other: Rectangle) -> bool:
    """Tell whether two looks of one size are nearly at the same place."""
    bound = MOVED_SECTORS * SECTOR
    return all(abs(a - b) <= bound for a, b in zip(one, other, strict=True))


def around(at: Point, reach: int) -> Rectangle:
    """Give so many sectors each way around a point, cut off at the galaxy's ends."""
    x, y = (int(each // SECTOR) for each in at)
    low, high = (max(0, each - reach) for each in (x, y)), (x + reach, y + reach)
    x0, y0 = (each * SECTOR for each in low)
    x1, y1 = (min(GALAXY, (each + 1) * SECTOR) for each in high)
    return Rectangle(x0, y0, x1, y1)


def position(fleet: dict[str, Any], now_ms: int) -> Point:
    """Compute where a fleet is, from its course or from where it stands."""
    path = fleet["path"]
    if not path:
        return fleet["x"], fleet["y"]
    for start, end in pairwise(path):
        if now_ms < end["at_ms"]:
            whole_ms = end["at_ms"] - start["at_ms"]
            part = max(0.0, (now_ms - start["at_ms"]) / whole_ms) if whole_ms else 1.0
            return (
                start["x"] + (end["x"] - start["x"]) * part,
                start["y"] + (end["y"] - start["y"]) * part,
            )
    return path[-1]["x"], path[-1]["y"]
