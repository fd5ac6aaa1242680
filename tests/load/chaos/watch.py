"""Look at the cluster all the time, and tell from when on it was whole again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

import redis

from app.engine import timers
from app.engine.keys import Keys
from tests.load.chaos.field import Field
from tests.load.chaos.probes import Probes
from tests.load.chaos.schedule import PARTS

LOOK_S = 0.1
LATE_MS = 1_000
"""A timer that is later than this is not settled as it should be."""
LEASE_MS = 10_000
"""Above any lease: a claimed timer stands in the clock's index at its lease's end."""
DUE_MAX = 500
CALL_S = 1.0
PATIENCE_S = 60.0
STILL_S = 0.5
"""How long all must be well before it counts."""


@dataclass(frozen=True, slots=True)
class Look:
    """Hold what was seen at one moment; a lateness of None is not known."""

    at_s: float
    late_ms: int | None
    connected: int


class Watch:
    """Hold what was seen since the start, in a thread of its own."""

    def __init__(
        self, field: Field, probes: Probes, connected: Callable[[], int], bots: int
    ) -> None:
        self._field, self._probes = field, probes
        self._connected, self._bots = connected, bots
        self._keys = Keys("1")
        self._client = _client(field)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self.looks: list[Look] = []
        self.latest_ms = 0

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """Look no more."""
        self._ends.set()
        self._thread.join(PATIENCE_S)
        self._client.close()

    def wait_until_whole(self, since_s: float) -> str:
        """Wait until all is well for a moment; say what isn't, where it takes too long.

        The probes must have heard something since then.
        """
        deadline = monotonic() + PATIENCE_S
        well_s: float | None = None
        while True:
            problem = self._problem(since_s)
            now_s = monotonic()
            well_s = None if problem else (well_s or now_s)
            if well_s and now_s - well_s >= STILL_S:
                return ""
            if now_s > deadline:
                return problem
            sleep(LOOK_S)

    def clients_back_s(self, at_s: float) -> float:
        """Tell how long after a time the last client was back."""
        away = [one for one in self._since(at_s) if one.connected < self._bots]
        return _after(away, at_s)

    def bus_back_s(self, at_s: float) -> float | None:
        """Tell how long after a time all instances took commands and told of them."""
        return self._probes.back_s(at_s)

    def timers_back_s(self, at_s: float) -> float:
        """Tell how long after a time the last timer was late."""
        late = [
            one
            for one in self._since(at_s)
            if one.late_ms is None or one.late_ms > LATE_MS
        ]
        return _after(late, at_s)

    def _since(self, at_s: float) -> list[Look]:
        return [one for one in self.looks if one.at_s >= at_s]

    def _problem(self, since_s: float) -> str:
        missing = set(PARTS) - self._field.pids().keys()
        if missing:
            return f"{', '.join(sorted(missing))} not running"
        for part in PARTS:
            if not self._field.answers(part):
                return f"{part} doesn't answer"
        return self._unheard(since_s)

    def _unheard(self, since_s: float) -> str:
        if not self.looks:
            return "nothing was seen yet"
        last = self.looks[-1]
        if last.connected < self._bots:
            return f"{self._bots - last.connected} clients are away"
        if last.late_ms is None or last.late_ms > LATE_MS:
            return f"timers are late by {last.late_ms} ms"
        for probe in self._probes.all:
            if probe.first_after(since_s) is None:
                return f"{probe.name} tells nothing: {dict(probe.failures)}"
        return ""

    def _run(self) -> None:
        while not self._ends.wait(LOOK_S):
            at_s = monotonic()
            late_ms = self._late_ms()
            self.latest_ms = max(self.latest_ms, late_ms or 0)
            self.looks.append(Look(at_s, late_ms, self._connected()))

    def _late_ms(self) -> int | None:
        """Ask Valkey itself how late the timer is that waits longest."""
        try:
            seconds, micros = self._ask("TIME")
            now_ms = int(seconds) * 1_000 + int(micros) // 1_000
            names = self._client.zrangebyscore(
                self._keys.timers, "-inf", now_ms + LEASE_MS, start=0, num=DUE_MAX
            )
            found: Any = self._client.hmget(self._keys.commands, names) if names else ()
        except redis.RedisError:
            return None
        due = [timers.unpack(self._keys, value).at_ms for value in found if value]
        return max(0, now_ms - min(due, default=now_ms))

    def _ask(self, command: str) -> Any:
        return self._client.execute_command(command)


def _client(field: Field) -> redis.Redis:
    return redis.Redis.from_url(
        field.state_url, socket_timeout=CALL_S, socket_connect_timeout=CALL_S
    )


def _after(bad: list[Look], at_s: float) -> float:
    return bad[-1].at_s + LOOK_S - at_s if bad else 0.0
