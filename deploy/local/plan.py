"""Plan who starts and who leaves when a cluster is scaled. Names only: no process."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from deploy.local.problem import StartError

COUNTS = {
    "persister": range(1, 5),
    "worker": range(1, 33),
    "clock": range(1, 5),
    "beat": range(1, 2),
    "web": range(1, 65),
}
"""Kind -> how many of it may run. In the order in which a release replaces them: who
reads what others write first learns to read it."""
WORDS_MAX = 8


@dataclass(frozen=True, slots=True)
class Change:
    """Hold the names of those who start and those who leave."""

    starting: tuple[str, ...]
    leaving: tuple[str, ...]


def kind_of(name: str) -> str:
    """Tell what a process is: `web` of `web.3`."""
    return name.partition(".")[0]


def in_order(names: Iterable[str]) -> list[str]:
    """Order names by kind, then by number: web.2 before web.10."""
    return sorted(names, key=lambda name: (kind_of(name), _number(name)))


def parse(words: Sequence[str]) -> dict[str, int]:
    """Read how many of which kind are wanted: `web=4 worker=3`.

    Raises:
        StartError: a kind is unknown, or can't run so often.
    """
    if not 0 < len(words) <= WORDS_MAX:
        raise StartError(
            "nothing_asked: say how many, as in: make scale web=4 worker=3"
        )
    found = {}
    for word in words:
        kind, _, text = word.partition("=")
        if kind not in COUNTS:
            known = ", ".join(sorted(COUNTS))
            raise StartError(f"unknown_kind: {kind}: it is one of {known}")
        found[kind] = _count(kind, text)
    return found


def _count(kind: str, text: str) -> int:
    allowed = COUNTS[kind]
    if text.isascii() and text.isdigit() and len(text) < 5 and int(text) in allowed:
        return int(text)
    bounds = f"from {allowed.start} to {allowed.stop - 1}"
    wanted = bounds if len(allowed) > 1 else f"exactly {allowed.start}"
    raise StartError(f"bad_count: {kind}={text}: {wanted} can run here")


def change(present: Collection[str], counts: dict[str, int]) -> Change:
    """Name who starts and who leaves; the newest numbers leave first."""
    starting: list[str] = []
    leaving: list[str] = []
    for kind, count in counts.items():
        those = in_order(name for name in present if kind_of(name) == kind)
        starting += fresh(kind, present, count - len(those))
        leaving += those[count:]
    return Change(tuple(starting), tuple(leaving))


def fresh(kind: str, present: Collection[str], count: int) -> list[str]:
    """Name so many new ones, by the lowest numbers that nobody has."""
    highest = len(present) + max(0, count)
    names = (f"{kind}.{number}" for number in range(1, highest + 1))
    return [name for name in names if name not in present][: max(0, count)]


def first(kinds: Iterable[str], counts: dict[str, int]) -> list[str]:
    """Name everybody whom a cluster begins with: one of a kind, or as many as said."""
    return [name for kind in kinds for name in fresh(kind, (), counts.get(kind, 1))]


def to_replace(present: Iterable[str]) -> list[str]:
    """Name everybody whom a release replaces, in the order of `COUNTS`.

    Servers and nginx, whose names have no number, stay.
    """
    order = [*COUNTS]
    those = in_order(name for name in present if "." in name)
    known = [name for name in those if kind_of(name) in COUNTS]
    others = [name for name in those if kind_of(name) not in COUNTS]
    return others + sorted(known, key=lambda name: order.index(kind_of(name)))


def _number(name: str) -> int:
    text = name.partition(".")[2]
    return int(text) if text.isdigit() else 0
