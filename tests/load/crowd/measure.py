"""Hold what a crowd measures: times, deliveries, refusals, and what went missing."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.load.crowd.series import SECONDS_MAX, Series

SAMPLES_MAX = 20
TICK_MIN_S = 0.001


@dataclass(slots=True)
class Numbers:
    """Count what was right and wrong about the numbers of rooms."""

    gaps_seen: int = 0
    gaps_healed: int = 0
    gaps_moot: int = 0
    """Gaps of rooms that were left, or shown anew, before they were healed."""
    duplicates: int = 0
    """Events that one connection was told twice, or chatter that came twice."""
    overlaps: int = 0
    """Events that a resume and a broadcast brought both, as they may."""
    resumed: int = 0
    snapshots: int = 0
    malformed: int = 0

    @property
    def unhealed(self) -> int:
        """Count the gaps that stayed."""
        return self.gaps_seen - self.gaps_healed - self.gaps_moot


@dataclass(slots=True)
class Figures:
    """Hold everything that one run of a crowd measured.

    All times count from the intended moment, in seconds. `ack` is from the moment a
    message was meant to be sent to its ack; `acks` the same by name; `chat` from that
    moment to each member's hearing it; `broadcast` from the moment that an event
    happened by the server's clock to hearing it; `due` the same for what a timer did;
    `resent` is `ack` of what had to be sent again after a lost connection; `back` from
    losing a connection to being back with everything resumed; `late` how long after
    its moment something was sent: the generator's own lateness.
    """

    ack: Series = field(default_factory=Series)
    chat: Series = field(default_factory=Series)
    broadcast: Series = field(default_factory=Series)
    due: Series = field(default_factory=Series)
    resent: Series = field(default_factory=Series)
    back: Series = field(default_factory=Series)
    late: Series = field(default_factory=Series)
    acks: dict[str, Series] = field(default_factory=dict)
    sent: Counter[str] = field(default_factory=Counter)
    """Name of a command -> how many were sent."""
    done: int = 0
    """Messages that were acked, whatever the answer."""
    deliveries: int = 0
    """Events that users were told: one for each user that heard one."""
    messages: int = 0
    """WebSocket messages received, of any kind."""
    expected: int = 0
    """Deliveries of chatter that there should be: what was said times who hears it."""
    refused: Counter[str] = field(default_factory=Counter)
    """Code -> refusals that honest play meets."""
    errors: Counter[str] = field(default_factory=Counter)
    """Code -> everything else that went wrong."""
    http: Counter[int] = field(default_factory=Counter)
    instances: Counter[str] = field(default_factory=Counter)
    drops: Counter[str] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)
    turned_away: Counter[str] = field(default_factory=Counter)
    """Why attempts to come back failed."""
    samples: list[str] = field(default_factory=list)
    """Some of what was not understood, whole."""
    reconnects: int = 0
    tries: int = 0
    """Attempts to connect that these reconnects took."""
    unsent: int = 0
    """Moments that passed while the user was away, or had too much unanswered."""
    rates: list[tuple[float, float, float]] = field(default_factory=list)
    """A moment, and how many deliveries and acks a second came before it."""
    ticked: tuple[float, int, int] = (0.0, 0, 0)
    """When the last second ended, and what had been counted then."""
    numbers: Numbers = field(default_factory=Numbers)

    SERIES = ("ack", "chat", "broadcast", "due", "resent", "back", "late")

    def sample(self, said: str) -> None:
        """Keep some of what went wrong, to be looked at."""
        if len(self.samples) < SAMPLES_MAX:
            self.samples.append(said)

    def acked(self, name: str, seconds: float) -> None:
        """Count an ack, in all and by the name of what it answers."""
        self.done += 1
        self.ack.add(seconds)
        by_name = self.acks.get(name)
        if by_name is None:
            by_name = self.acks[name] = Series()
        by_name.add(seconds)

    def tick(self, at_s: float) -> None:
        """End a second: note its percentiles for the plots."""
        for name in self.SERIES:
            series: Series = getattr(self, name)
            series.tick(at_s)
        before_s, deliveries, done = self.ticked
        passed_s = max(at_s - before_s, TICK_MIN_S)
        if len(self.rates) < SECONDS_MAX:
            heard = (self.deliveries - deliveries) / passed_s
            acked = (self.done - done) / passed_s
            self.rates.append((round(at_s, 3), round(heard, 1), round(acked, 1)))
        self.ticked = at_s, self.deliveries, self.done

    def begin(self) -> None:
        """Forget what was measured while the crowd came in; numbers of rooms stay."""
        for name in self.SERIES:
            getattr(self, name).clear()
        self.acks.clear()
        self.rates.clear()
        self.ticked = (0.0, 0, 0)
        for counted in self._counted():
            counted.clear()
        self.numbers.snapshots = self.numbers.resumed = 0
        self.done = self.deliveries = self.messages = self.expected = 0
        self.reconnects = self.tries = self.unsent = 0

    def _counted(self) -> "tuple[Counter[Any], ...]":
        about = self.sent, self.refused, self.errors, self.drops, self.turned_away
        return (*about, self.http)

    def times(self) -> dict[str, dict[str, Any]]:
        """Give the percentiles of every series, in ms."""
        return {name: getattr(self, name).summary() for name in self.SERIES}

    def summary(self) -> dict[str, Any]:
        """Give everything as plain JSON."""
        numbers = {name: getattr(self.numbers, name) for name in Numbers.__slots__}
        return {
            "times_ms": self.times(),
            "acks_ms": {name: one.summary() for name, one in self.acks.items()},
            "sent": dict(self.sent),
            "done": self.done,
            "deliveries": self.deliveries,
            "messages": self.messages,
            "expected": self.expected,
            "refused": dict(self.refused),
            "errors": dict(self.errors),
            "http": {str(status): count for status, count in self.http.items()},
            "instances": dict(self.instances),
            "drops": dict(self.drops),
            "turned_away": dict(self.turned_away),
            "samples": self.samples,
            "notices": dict(self.notices),
            "reconnects": self.reconnects,
            "tries": self.tries,
            "unsent": self.unsent,
            "numbers": numbers | {"unhealed": self.numbers.unhealed},
        }
