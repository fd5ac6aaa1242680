"""Let one crowd chat on one running server, and say what that took."""

import asyncio
from dataclasses import asdict, dataclass
from secrets import token_hex
from typing import Any

import uvloop

from tests.load.crowd.crowd import Crowd
from tests.load.crowd.dialect import User
from tests.load.crowd.measure import Figures
from tests.load.crowd.mixes import Chatter
from tests.load.crowd.processes import GENERATOR, Processes
from tests.load.peers.candidates import Candidate, Server

WARM_S = 4.0
"""Whole seconds of chatter before anything is measured: caches and heaps settle."""
WARM_USERS = 20
CALM_S = 1.5
RUN_BYTES = 4
"""Ids of commands are drawn from what names the run: one of before is refused."""
WEB, REDIS, DOOR = "web.", "valkey", "nginx"
LIMIT_MS = 100.0
LATE_MS_MAX = LIMIT_MS / 10
SHARE_MAX = 0.85
"""Of a core: past it, the generator was what ended the trial."""
MICRO, KIB = 1_000_000, 1024


@dataclass(frozen=True, slots=True)
class Trial:
    """Hold one trial. CPU is by part, in seconds; memory in bytes of the instances."""

    users: int
    seconds: float
    said: int
    heard: int
    lost: int
    doubled: int
    errors: dict[str, int]
    cpu_s: dict[str, float]
    empty_bytes: int
    connected_bytes: int
    after_bytes: int
    chat_ms: dict[str, float]
    ack_ms: dict[str, float]
    late_ms: float
    generator_share: float

    @property
    def holds(self) -> bool:
        """Tell whether everybody was heard in time, and nothing went wrong."""
        return self.chat_ms["p95"] <= LIMIT_MS and not (
            self.lost or self.doubled or self.errors
        )

    @property
    def generator_was_slow(self) -> bool:
        """Tell whether the generator may have been what was slow."""
        return self.generator_share > SHARE_MAX or self.late_ms > LATE_MS_MAX

    def cpu_us(self, *parts: str) -> float:
        """Give the CPU that parts, by the beginning of their names, used an event."""
        used = sum(s for name, s in self.cpu_s.items() if name.startswith(parts))
        return used * MICRO / max(self.heard, 1)

    def figures(self) -> dict[str, float]:
        """Give every figure by its name, in the order of the table."""
        everything = sum(self.cpu_s.values()) * MICRO / max(self.heard, 1)
        servers, redis = self.cpu_us(WEB), self.cpu_us(REDIS)
        door = self.cpu_us(DOOR)
        a_message = self.heard / max(self.said, 1)
        return {
            "servers, µs/event": servers,
            "servers + Redis, µs/event": servers + redis,
            "all but nginx, µs/event": everything - door,
            "Redis, µs/event": redis,
            "nginx, µs/event": door,
            "servers + Redis, µs/message": (servers + redis) * a_message,
            "KiB/connection, quiet": self._each_kib(self.connected_bytes),
            "KiB/connection, after": self._each_kib(self.after_bytes),
            "heard p50, ms": self.chat_ms["p50"],
            "heard p95, ms": self.chat_ms["p95"],
            "heard p99, ms": self.chat_ms["p99"],
            "acked p50, ms": self.ack_ms["p50"],
            "acked p95, ms": self.ack_ms["p95"],
        }

    def plain(self) -> dict[str, Any]:
        """Give it as JSON."""
        return asdict(self) | {"figures": self.figures()}

    def _each_kib(self, used: int) -> float:
        return (used - self.empty_bytes) / self.users / KIB


def tried(candidate: Candidate, server: Server, users: int, seconds: float) -> Trial:
    """Run it: a few users warm the server up and leave, then the crowd comes."""
    few = min(WARM_USERS, users)
    chatted(candidate, server, few, WARM_S)
    return chatted(candidate, server, users, seconds)


def chatted(
    candidate: Candidate,
    server: Server,
    users: int,
    seconds: float,
    *,
    warm_s: float = WARM_S,
) -> Trial:
    """Run it on a server that was used before; the crowd's first seconds don't count.

    Raises:
        Refused: the server would not have a user.
        Dropped: it did not answer one.
    """
    run = token_hex(RUN_BYTES)
    crowd = [User(n, f"chatter{n:05}", f"{run}/{n}") for n in range(users)]
    return uvloop.run(_chat(candidate, server, crowd, (warm_s, seconds)))


async def _chat(
    candidate: Candidate,
    server: Server,
    users: list[User],
    times_s: tuple[float, float],
) -> Trial:
    figures = Figures()
    warm_s, seconds = times_s
    processes = Processes(lambda: server.pids)

    async with candidate.speaks(server.url, figures) as dialect:
        crowd = Crowd(dialect, figures, users)
        crowd.assign(Chatter(crowd), users)
        await dialect.prepare(users, _go_on)
        await asyncio.sleep(CALM_S)
        empty = _of_web(processes)
        await crowd.enter(_go_on)
        await asyncio.sleep(CALM_S)
        connected = _of_web(processes)
        await crowd.run(warm_s, _go_on)
        processes.begin()
        await crowd.run(seconds, processes.look)
        processes.look()
        after = _of_web(processes)
        await crowd.leave()
    used = processes.used_s
    generator_s = used.pop(GENERATOR)
    return Trial(
        users=len(users),
        seconds=seconds,
        said=figures.sent.total(),
        heard=figures.chat.count,
        lost=max(0, figures.expected - figures.chat.count),
        doubled=figures.numbers.duplicates,
        errors=dict(figures.errors),
        cpu_s=used,
        empty_bytes=empty,
        connected_bytes=connected,
        after_bytes=after,
        chat_ms=figures.chat.summary(),
        ack_ms=figures.ack.summary(),
        late_ms=figures.late.percentile(99),
        generator_share=generator_s / processes.passed_s,
    )


def _of_web(processes: Processes) -> int:
    """Sum the memory of the instances: of whatever holds connections."""
    return sum(
        held for name, held in processes.memory().items() if name.startswith(WEB)
    )


def _go_on() -> None:
    """Take that the crowd came a step further."""
