"""Keep what became of every operation: ok, refused or unknown, as its client saw it.

An operation is a command id, sent once or often. It is ok once any attempt was. It is
refused when a rule refused it, which is remembered under its id (law L4), or when no
attempt can have reached a rule. All else is unknown: it may have happened, or not.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.load.tally import Attempt

OK, REFUSED, UNKNOWN = "ok", "refused", "unknown"
DOUBTFUL = frozenset({"unavailable", "internal"})
"""Codes of attempts that may have happened all the same."""
AT_THE_EDGE = frozenset({"rate_limited", "invalid", "unauthenticated", "busy"})
"""Codes that say nothing about earlier attempts: they are not remembered."""
EFFECTLESS = frozenset({"colonies.sync", "fleets.clear", "fleets.stop"})
"""Commands that may be accepted without a trace: they only ask."""
SHOWN_MAX = 5

Write = Callable[[dict[str, Any]], None]


class Operation:
    """Hold what is known of one command id."""

    __slots__ = ("answers", "codes", "name", "sent")

    def __init__(self, name: str) -> None:
        self.name = name
        self.sent = 0
        self.codes: list[str] = []
        self.answers: list[Mapping[str, Any]] = []

    def answered(self, body: Mapping[str, Any]) -> None:
        """Take one attempt's answer."""
        self.codes.append(OK if body["ok"] else str(body["error"]["code"]))
        if body["ok"]:
            self.answers.append(body)

    @property
    def outcome(self) -> str:
        """Judge it by all its attempts."""
        if OK in self.codes:
            return OK
        if any(code not in DOUBTFUL | AT_THE_EDGE for code in self.codes):
            return REFUSED
        is_certain = len(self.codes) == self.sent and not DOUBTFUL & set(self.codes)
        return REFUSED if is_certain else UNKNOWN


class Ledger:
    """Hold all operations of one run; each attempt is also written as a line."""

    def __init__(self, write: Write, now_s: Callable[[], float]) -> None:
        self._write, self._now_s = write, now_s
        self.operations: dict[str, Operation] = {}

    def note(self, attempt: Attempt) -> None:
        """Take that a command was sent, and again when it was answered."""
        name = f"{attempt.player}/{attempt.data['id']}"
        found = self.operations.setdefault(name, Operation(attempt.name))
        line: dict[str, Any] = {"s": round(self._now_s(), 3), "id": name}
        if attempt.body is None:
            found.sent += 1
            line |= {"sent": attempt.name, "data": dict(attempt.data)}
        else:
            found.answered(attempt.body)
            line |= {"answer": attempt.body}
        self._write(line)

    def outcomes(self) -> Counter[str]:
        """Count the operations by outcome."""
        return Counter(one.outcome for one in self.operations.values())

    def finish(self) -> None:
        """Write every outcome as a line."""
        for name, one in self.operations.items():
            self._write({"id": name, "name": one.name, "outcome": one.outcome})

    def wrongs(self, written: Mapping[str, int]) -> list[str]:
        """Compare with how often Postgres has each command."""
        broken: dict[str, list[str]] = {}
        for name, one in self.operations.items():
            if problem := _problem(one, written.get(name, 0)):
                broken.setdefault(problem, []).append(f"{one.name} {name}")
        return [
            f"{len(names)} operations {problem}: {', '.join(names[:SHOWN_MAX])}"
            for problem, names in broken.items()
        ] + list(self._two_answers())

    def _two_answers(self) -> Iterator[str]:
        """Name operations that were accepted with two different answers (law L4)."""
        for name, one in self.operations.items():
            if any(answer != one.answers[0] for answer in one.answers[1:]):
                yield f"{one.name} {name} has two answers: {one.answers}"


def _problem(one: Operation, count: int) -> str:
    if count > 1:
        return "are in Postgres more than once"
    if one.outcome == OK and not count and one.name not in EFFECTLESS:
        return "were acknowledged and are lost"
    if one.outcome == REFUSED and count:
        return "were refused and happened all the same"
    return ""
