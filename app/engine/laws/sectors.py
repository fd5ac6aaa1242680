"""Check that the sector sets hold what stands in the sectors, and nothing else."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import text

from app.engine.laws.galaxy import BATCH_MAX, Checked
from app.engine.peeks import cut

_PLACES = text(
    "SELECT DISTINCT place FROM aggregates WHERE galaxy = :galaxy"
    " AND place > :after ORDER BY place LIMIT :limit"
)
_MEMBERS = text(
    "SELECT place, kind || ':' || id AS member FROM aggregates"
    " WHERE galaxy = :galaxy AND place = ANY(:places)"
)


class Sectors:
    """Check the sector sets of one galaxy."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked

    def batches(self) -> Iterator[list[str]]:
        """Name all sectors where something stands, by Postgres or by Redis."""
        after = ""
        while found := self._next(after):
            yield found
            after = found[-1]
        keys = self._checked.keys
        scanned: Any = self._checked.client.scan_iter(
            match=keys.sectors(), count=BATCH_MAX
        )
        yield from cut((keys.place(key.decode()) for key in scanned), BATCH_MAX)

    def _next(self, after: str) -> list[str]:
        values = {"galaxy": self._checked.id, "after": after, "limit": BATCH_MAX}
        with self._checked.postgres.connect() as connection:
            return list(connection.execute(_PLACES, values).scalars())

    def check(self, places: Sequence[str]) -> dict[str, str]:
        """Say what is wrong with which."""
        hot, cold = self._hot(places), self._cold(places)
        wrong = {place: hot[place] ^ cold[place] for place in places}
        return {
            place: f"redis and postgres differ in {sorted(members)[:3]}"
            for place, members in wrong.items()
            if members
        }

    def _hot(self, places: Sequence[str]) -> dict[str, set[str]]:
        pipe = self._checked.client.pipeline(transaction=False)
        for place in places:
            pipe.smembers(self._checked.keys.sector(place))
        return {
            place: {member.decode() for member in members}
            for place, members in zip(places, pipe.execute(), strict=True)
        }

    def _cold(self, places: Sequence[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {place: set() for place in places}
        values = {"galaxy": self._checked.id, "places": list(places)}
        with self._checked.postgres.connect() as connection:
            for place, member in connection.execute(_MEMBERS, values):
                found[place].add(member)
        return found
