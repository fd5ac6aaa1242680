"""Count what a swarm of bots does and hears, and say what of it was wrong."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter, thread_time
from typing import Any, NamedTuple
from zlib import crc32

import orjson

from tests.load.battles import Battles
from tests.load.rooms import Counts, Event

EXPECTED = frozenset(
    {
        "battle_full",
        "busy",
        "cargo_full",
        "finished",
        "fled",
        "in_battle",
        "in_progress",
        "level_max",
        "no_room",
        "not_enough_resources",
        "not_enough_ships",
        "not_found",
        "occupied",
        "out_of_range",
        "path_blocked",
        "protected",
        "queue_full",
        "rate_limited",
        "requirements_missing",
        "shielded",
    }
)
"""Refusals that honest play meets: others acted, an order was done meanwhile."""
SAMPLES_MAX = 20
SERVER_ERROR = 500


def times() -> "array[float]":
    """Make an empty list of seconds."""
    return array("d")


def percentile(seconds: Sequence[float], percent: float) -> float:
    """Give the nearest-rank percentile in milliseconds; 0 of nothing measured."""
    if not seconds:
        return 0.0
    ranked = sorted(seconds)
    rank = max(0, -(-int(len(ranked) * percent) // 100) - 1)
    return ranked[rank] * 1_000


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Hold a command that the server said it did."""

    player: str
    id: str
    name: str
    at_ms: int
    result: dict[str, Any]


class Attempt(NamedTuple):
    """Hold one sending of a command, and its ack's body once it came."""

    player: str
    name: str
    data: Mapping[str, Any]
    body: Mapping[str, Any] | None = None


def forget(_attempt: Attempt) -> None:
    """Keep no record of an attempt."""


@dataclass(slots=True)
class Tally:
    """Hold all counts of one swarm; written by its own thread only."""

    started: float = field(default_factory=perf_counter)
    cpu_started: float = field(default_factory=thread_time)
    commands: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    rebuffs: Counter[str] = field(default_factory=Counter)
    """Refusals of what was rash, by code."""
    drops: Counter[str] = field(default_factory=Counter)
    turned_away: Counter[str] = field(default_factory=Counter)
    http: Counter[int] = field(default_factory=Counter)
    instances: Counter[str] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)
    rooms: Counts = field(default_factory=Counts)
    ack_s: "array[float]" = field(default_factory=times)
    own_s: "array[float]" = field(default_factory=times)
    """From sending a command to hearing its event in an own room."""
    behind_s: "array[float]" = field(default_factory=times)
    """From the commit, by the server's clock, to hearing its event."""
    back_s: "array[float]" = field(default_factory=times)
    """From a lost connection to being back with every room resumed."""
    acks_s: dict[str, "array[float]"] = field(default_factory=dict)
    """Name of a command, or of `view.set` -> how long its acks took."""
    types: Counter[str] = field(default_factory=Counter)
    """Type of an event -> how many of it were heard."""
    battles: Battles = field(default_factory=Battles)
    entered: int = 0
    left: int = 0
    sent_again: int = 0
    repeated: int = 0
    unanswered: int = 0
    reconnects: int = 0
    checked: Counter[str] = field(default_factory=Counter)
    """Kind of a room -> how many folded views were compared with fresh snapshots."""
    acknowledged: list[Acknowledged] = field(default_factory=list)
    note: Callable[[Attempt], None] = forget
    """Takes every attempt when it is sent, and again when it is answered."""
    flaws: list[str] = field(default_factory=list)
    heard: dict[tuple[str, int], int] = field(default_factory=dict)
    """(room, seq) -> checksum of the event: the same for whoever hears it (law L6)."""
    placed: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Order -> where its placing was heard: once in a room (law L4)."""

    def flaw(self, text: str) -> None:
        """Note something that must not happen; a sample of them is kept whole."""
        if len(self.flaws) < SAMPLES_MAX:
            self.flaws.append(text)

    def hear(self, room: str, events: Iterable[Event]) -> None:
        """Compare events with what others, or other instances, said they were."""
        for event in events:
            self.types[event["type"]] += 1
            checksum = crc32(orjson.dumps(event))
            if self.heard.setdefault((room, event["seq"]), checksum) != checksum:
                self.flaw(f"{room} {event['seq']} differs: {event}")

    def acked(self, name: str, took_s: float) -> None:
        """Note how long an ack took, by what it answered."""
        self.acks_s.setdefault(name, times()).append(took_s)

    def place(self, order: str, room: str, seq: int) -> None:
        """Note where an order was heard to be placed: that happens once (law L4)."""
        if self.placed.setdefault(order, (room, seq)) != (room, seq):
            self.flaw(f"order {order} placed twice: {self.placed[order]}, {room} {seq}")

    def clear_times(self) -> None:
        """Forget what was measured so far: play begins now."""
        for measured in (self.ack_s, self.own_s, self.behind_s):
            del measured[:]
        self.acks_s.clear()
        self.commands.clear()
        self.refusals.clear()
        self.rebuffs.clear()
        self.started, self.cpu_started = perf_counter(), thread_time()


@dataclass(frozen=True, slots=True)
class Report:
    """Hold the outcome of one play."""

    bots: int
    seconds: float
    cpu_share: float
    tally: Tally
    unhealed: tuple[str, ...]
    away: int
    """Bots without a connection at the end."""

    @property
    def per_second(self) -> float:
        """Give acknowledged or refused commands a second."""
        return self.tally.commands.total() / self.seconds if self.seconds else 0.0

    def unexpected(self, tolerated: Iterable[str] = ()) -> dict[str, int]:
        """Give refusals that honest play must not meet."""
        fine = EXPECTED | set(tolerated)
        found = self.tally.refusals.items()
        return {code: count for code, count in found if code not in fine}

    def wrongs(self, tolerated: Iterable[str] = ()) -> list[str]:
        """Say everything that was wrong; `tolerated` codes go with what was killed."""
        tally, rooms = self.tally, self.tally.rooms
        errors = {s: n for s, n in tally.http.items() if s >= SERVER_ERROR}
        found = [
            ("rooms unhealed", len(self.unhealed)),
            ("bots away at the end", self.away),
            ("events broadcast twice", rooms.duplicates),
            ("batches with wrong numbers", rooms.malformed),
            (
                "gaps not healed",
                rooms.gaps_seen - rooms.gaps_healed - rooms.gaps_moot,
            ),
            ("commands without an answer", tally.unanswered),
        ]
        said = [f"{count} {what}" for what, count in found if count]
        said += [f"HTTP {status}: {count}" for status, count in errors.items()]
        refused = self.unexpected(tolerated).items()
        said += [f"{count} refused with {code}" for code, count in refused]
        return said + tally.flaws

    def summary(self) -> dict[str, Any]:
        """Give the figures as plain JSON."""
        tally = self.tally
        return {
            "bots": self.bots,
            "seconds": round(self.seconds, 1),
            "commands": dict(tally.commands),
            "per_second": round(self.per_second, 1),
            "refusals": dict(tally.refusals),
            "rash_refusals": dict(tally.rebuffs),
            "ack_ms": quantiles(tally.ack_s),
            "own_broadcast_ms": quantiles(tally.own_s),
            "commit_to_heard_ms": quantiles(tally.behind_s),
            "back_ms": quantiles(tally.back_s),
            "acks_ms": {name: quantiles(s) for name, s in tally.acks_s.items()},
            "events": dict(tally.types),
            "battles": tally.battles.summary(),
            "entered": tally.entered,
            "left": tally.left,
            "views_checked": dict(tally.checked),
            "rooms": {name: getattr(tally.rooms, name) for name in Counts.__slots__},
            "reconnects": tally.reconnects,
            "drops": dict(tally.drops),
            "turned_away": dict(tally.turned_away),
            "notices": dict(tally.notices),
            "sent_again": tally.sent_again,
            "repeated": tally.repeated,
            "unanswered": tally.unanswered,
            "http": {str(status): count for status, count in tally.http.items()},
            "instances": dict(tally.instances),
            "generator_cpu_percent": round(self.cpu_share * 100, 1),
        }


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """Give count, median, p95, p99 and the worst, in milliseconds."""
    shown = {f"p{percent}": percentile(seconds, percent) for percent in (50, 95, 99)}
    shown["max"] = percentile(seconds, 100)
    return {"count": len(seconds)} | {k: round(ms, 2) for k, ms in shown.items()}
