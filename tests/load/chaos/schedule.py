"""Draw what goes wrong, and when: from a seed alone, so that it can be drawn again.

Kinds and targets come from shuffled decks, so that each has its turn before any comes
twice. One round holds one fault, or two that overlap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

ALL = "all"
PARTS = (
    "web.1",
    "web.2",
    "valkey",
    "postgres",
    "clock.1",
    "persister.1",
    "worker.1",
    "beat.1",
    "nginx",
)
LINKS = (
    "web>state",
    "web>bus",
    "web>postgres",
    "worker>state",
    "worker>broker",
    "worker>postgres",
    "clock>state",
    "clock>broker",
    "persister>state",
    "persister>postgres",
    "beat>broker",
    "players>nginx",
)
"""Who asks whom; each passes through a proxy of ours."""
CLOCKS = ("valkey", "web.1", "web.2", "clock.1", "worker.1", "persister.1", "beat.1")
DISKS = ("valkey", "postgres")

TARGETS: Mapping[str, Sequence[str]] = {
    "kill": PARTS,
    "pause": PARTS,
    "slow": LINKS,
    "cut": LINKS,
    "hole": LINKS,
    "reset": LINKS,
    "clock": CLOCKS,
    "disk": DISKS,
    "restart": (ALL,),
    "blackout": (ALL,),
}
COPIES = {"kill": 5, "pause": 3, "slow": 2, "cut": 2, "hole": 2, "reset": 2, "clock": 2}
"""How often a kind is in its deck; the others once."""
ALONE = frozenset({"disk", "restart", "blackout"})
"""Nothing else goes wrong at the same time: they harm all of it already."""
LASTS_S = {
    "pause": (1.0, 8.0),
    "slow": (2.0, 8.0),
    "cut": (1.0, 6.0),
    "hole": (2.0, 8.0),
    "clock": (2.0, 8.0),
    "disk": (2.0, 6.0),
}
"""Kind -> bounds of how long it lasts; the others are over at once."""
DELAY_MS = (20, 400)
STEP_MS = (500, 30_000)
PAIR_SHARE = 0.35
CALM_S = (0.5, 2.0)
OFFSET_S = (0.0, 2.0)


@dataclass(frozen=True, slots=True)
class Fault:
    """Hold one fault: what is done to whom, when in its round, and for how long.

    `amount` is a delay or a step of the clock in ms, where the kind has one.
    """

    kind: str
    target: str
    after_s: float = 0.0
    for_s: float = 0.0
    amount: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"

    @property
    def said(self) -> str:
        """Say what is done, and for how long."""
        how = {"slow": f" by {self.amount} ms", "clock": f" by {self.amount:+} ms"}
        lasts = f" for {self.for_s:.1f} s" if self.for_s else ""
        return f"{self}{how.get(self.kind, '')}{lasts}"


@dataclass(frozen=True, slots=True)
class Round:
    """Hold the calm before, and the faults that go wrong together."""

    calm_s: float
    faults: tuple[Fault, ...]


def rounds(seed: int, kinds: Sequence[str] = tuple(TARGETS)) -> Iterator[Round]:
    """Draw rounds without an end; the same seed and kinds give the same ones."""
    draws = Random(seed)
    copied = [kind for kind in kinds for _ in range(COPIES.get(kind, 1))]
    chosen = _Deck(copied, draws)
    targets = {kind: _Deck(TARGETS[kind], draws) for kind in kinds}
    while True:
        kind = chosen.draw()
        faults = [_fault(kind, targets[kind].draw(), draws)]
        if kind not in ALONE and draws.random() < PAIR_SHARE:
            faults += _second(faults[0], chosen, targets, draws)
        yield Round(round(draws.uniform(*CALM_S), 2), tuple(faults))


def kills(seed: int, times: int, parts: Sequence[str] = PARTS) -> Iterator[Round]:
    """Draw rounds that kill every kind of part so many times; instances take turns."""
    draws = Random(seed)
    named: dict[str, list[str]] = {}
    for part in parts:
        named.setdefault(part.partition(".")[0], []).append(part)
    left = [names[i % len(names)] for names in named.values() for i in range(times)]
    draws.shuffle(left)
    while left:
        together = [left.pop()]
        if left and left[-1] != together[0] and draws.random() < PAIR_SHARE:
            together.append(left.pop())
        faults = [_fault("kill", part, draws) for part in together]
        yield Round(round(draws.uniform(*CALM_S), 2), tuple(faults))


class _Deck:
    """Draw each card once before any is drawn again."""

    def __init__(self, cards: Sequence[str], draws: Random) -> None:
        self._cards, self._draws = list(cards), draws
        self._left: list[str] = []

    def draw(self) -> str:
        if not self._left:
            self._left = list(self._cards)
            self._draws.shuffle(self._left)
        return self._left.pop()


def _second(
    first: Fault, chosen: _Deck, targets: Mapping[str, _Deck], draws: Random
) -> list[Fault]:
    """Draw what goes wrong at the same time, where it can: elsewhere, not all of it."""
    kind = chosen.draw()
    if kind in ALONE:
        return []
    target = targets[kind].draw()
    return [] if target == first.target else [_fault(kind, target, draws)]


def _fault(kind: str, target: str, draws: Random) -> Fault:
    lasts = LASTS_S.get(kind)
    amount = 0
    if kind == "slow":
        amount = draws.randint(*DELAY_MS)
    if kind == "clock":
        amount = draws.choice((-1, 1)) * draws.randint(*STEP_MS)
    return Fault(
        kind=kind,
        target=target,
        after_s=round(draws.uniform(*OFFSET_S), 2),
        for_s=round(draws.uniform(*lasts), 2) if lasts else 0.0,
        amount=amount,
    )
