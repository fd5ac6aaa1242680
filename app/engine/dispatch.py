"""Run commands: translate is done, here is load, decide, evolve, commit.

The one write path of the game. Players' commands, timers and follow-ups all pass here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from random import uniform
from time import perf_counter, sleep
from typing import Any

import structlog
from msgspec import MsgspecError

from app.core.decider import AGGREGATES_MAX, SETTLE, Game, Needs, Outcome, Rule
from app.core.message import Command, Ref, Rejected
from app.engine import metrics, reply, timers
from app.engine.codec import Codec, UnknownStruct
from app.engine.cold import Cold
from app.engine.gate import Crowded, Gate
from app.engine.redis import RETRY_AFTER_MS, Unavailable
from app.engine.reply import Reply
from app.engine.store import Held, Loaded, Overdue, Store
from app.engine.writes import Decided, Writes

ATTEMPTS_MAX = 16
SETTLES_MAX = 1_000
"""How many overdue timers one command settles before it answers `busy`."""
BACKOFF_MAX_S = 0.01
BUSY_RETRY_MS = 200

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Job:
    """One command on its way: `own` names the timer whose command it is.

    `absent` are aggregates that Postgres was found not to have, each with the epoch in
    which Redis lacked it, too: a command that needs more asks only for what is new.
    """

    command: Command
    rule: Rule
    now_ms: int | None
    own: Overdue | None
    fingerprint: str
    absent: set[tuple[bytes, Ref]] = field(default_factory=set)


class _Overtaken(Exception):
    """Tell that a timer must be settled first."""

    def __init__(self, first: Overdue) -> None:
        self.first = first


class _Raced(Exception):
    """Tell that another commit was faster, or an aggregate had to be fetched."""


class _Gone(Exception):
    """Tell that the timer was done by somebody else."""


class Dispatcher:
    """Run the commands of one galaxy."""

    def __init__(self, game: Game, store: Store, codec: Codec, cold: Cold) -> None:
        self._game = game
        self._store = store
        self._codec = codec
        self._cold = cold
        self._gate = Gate()
        self._writes = Writes(game, store.keys, codec)

    def dispatch(self, command: Command, *, now_ms: int | None = None) -> Reply:
        """Run a player's command and answer it; never raises for what can be refused.

        `now_ms` stands in for the server's clock in tests and simulations.
        """
        started = perf_counter()
        job = _Job(
            command,
            self._game.rules[type(command)],
            now_ms,
            None,
            self._fingerprint(command),
        )
        answer = self._answer(job)
        name = type(command).__name__
        metrics.command_seconds(name).observe(perf_counter() - started)
        metrics.commands(name, answer.code).inc()
        return answer

    def settle(self, timer_id: str) -> bool:
        """Run a timer's command at its due time. False when it was done already.

        Raises:
            Unavailable: a server doesn't answer, or the races were all lost; the timer
                stays.
        """
        timed = self.timed([timer_id]).get(timer_id)
        return timed is not None and self.settle_timed(timer_id, timed)

    def timed(self, timer_ids: Sequence[str]) -> dict[str, timers.Timed]:
        """Read timers, in their order, without those that are done.

        Raises:
            Unavailable: a server doesn't answer.
        """
        return self._store.timed(timer_ids)

    def settle_timed(self, timer_id: str, timed: timers.Timed) -> bool:
        """Settle a timer that was just read, as `settle` does."""
        try:
            return self._settle(Overdue(timed.at_ms, timer_id), timed)
        except (Rejected, Crowded) as error:
            raise Unavailable("busy") from error

    def late_ms(self, timed: timers.Timed) -> int:
        """Tell for how long a timer is due, by the server's clock."""
        return max(0, self._store.clock.now_ms() - timed.at_ms)

    def queue_of(self, timed: timers.Timed) -> str:
        """Name the workers' queue that a timer waits in; one of a newer release any.

        So does one whose struct is known here, but not its newer layout.
        """
        try:
            command = self._codec.command(timed.command)
            return self._game.rules[type(command)].queue
        except (UnknownStruct, KeyError, MsgspecError):
            return SETTLE

    def _settle(self, own: Overdue, timed: timers.Timed) -> bool:
        command = self._codec.command(timed.command)
        rule = self._game.rules[type(command)]
        job = _Job(command, rule, own.at_ms, own, "")
        try:
            self._run(job)
        except _Gone:
            return False
        lateness_ms = self.late_ms(timed)
        metrics.TIMER_LATENESS_SECONDS.labels(rule.queue).observe(lateness_ms / 1_000)
        log.debug(
            "settled",
            command=type(command).__name__,
            command_id=own.id,
            player_id=command.player,
            lateness_ms=lateness_ms,
        )
        return True

    def _answer(self, job: _Job) -> Reply:
        try:
            return self._run_or_refuse(job)
        except (Unavailable, Crowded) as error:
            code = "unavailable" if isinstance(error, Unavailable) else "busy"
            return reply.refused(
                Rejected(code, retry_after_ms=RETRY_AFTER_MS), self._now_ms(job)
            )

    def _run_or_refuse(self, job: _Job) -> Reply:
        """Run a command, or remember why not: a repeat hears that again (law L4).

        What can't be remembered isn't told: a repeat might be accepted.
        """
        try:
            return self._run(job)
        except Rejected as refusal:
            answer = reply.refused(refusal, self._now_ms(job))
            if refusal.code == "busy":
                return answer
        packed = reply.pack(answer, job.fingerprint)
        kept = self._store.remember(job.command.id, packed)
        return answer if kept == packed else self._repeat(job, kept)

    def _run(self, job: _Job) -> Reply:
        refs = job.rule.loads(job.command)
        settled = attempts = 0
        while attempts < ATTEMPTS_MAX and settled < SETTLES_MAX:
            try:
                with self._gate.hold(refs):
                    answer, due_now = self._attempt(job, refs)
                self._follow_up(due_now)
                return answer
            except Needs as needs:
                refs = _joined(refs, needs.refs)
            except _Overtaken as overtaken:
                self._settle_first(overtaken.first)
                settled += 1
            except _Raced:
                attempts += 1
                metrics.COMMIT_RETRIES.inc()
                sleep(uniform(0, BACKOFF_MAX_S) * (attempts > 1))  # noqa: S311
        raise Rejected("busy", retry_after_ms=BUSY_RETRY_MS)

    def _settle_first(self, first: Overdue) -> None:
        timed = self.timed([first.id]).get(first.id)
        if timed is not None:
            self._settle(first, timed)

    def _attempt(
        self, job: _Job, refs: tuple[Ref, ...]
    ) -> tuple[Reply, tuple[str, ...]]:
        loaded = self._store.load(refs, job.command.id, job.now_ms)
        if loaded.done is not None:
            return self._repeat(job, loaded.done), ()
        self._fetch_cold(job, loaded)
        if loaded.first_due is not None and _precedes(loaded, job):
            raise _Overtaken(loaded.first_due)
        states = {
            ref: self._codec.decode(one.data) if one.version else None
            for ref, one in loaded.held.items()
        }
        outcome = self._decide(job, states, loaded.now_ms)
        return self._commit(job, loaded, states, outcome)

    def _fetch_cold(self, job: _Job, loaded: Loaded) -> None:
        missing = [
            ref
            for ref, one in loaded.held.items()
            if not one.version and (loaded.epoch, ref) not in job.absent
        ]
        if not missing:
            metrics.CACHE_HITS.inc()
            return
        found = self._cold.fetch(missing)
        metrics.CACHE.labels("miss").inc()
        job.absent.update((loaded.epoch, ref) for ref in missing if ref not in found)
        if found:
            self._store.restore(
                loaded.epoch, {ref: Held(*row) for ref, row in found.items()}
            )
            raise _Raced

    def _decide(self, job: _Job, states: dict[Ref, Any], now_ms: int) -> Outcome:
        try:
            return job.rule.decide(states, job.command, now_ms)
        except Rejected as refusal:
            if job.own is None:
                raise
            log.warning("timer refused", timer=job.own.id, code=refusal.code)
            return Outcome()

    def _commit(
        self, job: _Job, loaded: Loaded, states: dict[Ref, Any], outcome: Outcome
    ) -> tuple[Reply, tuple[str, ...]]:
        answer = reply.accepted(outcome.result, loaded.now_ms)
        packed = b"" if job.own else reply.pack(answer, job.fingerprint)
        if not (outcome.events or outcome.due or outcome.drop or job.own):
            kept = self._store.remember(job.command.id, packed)
            return (answer if kept == packed else self._repeat(job, kept)), ()
        write = self._writes.of(
            Decided(
                command=job.command,
                own=job.own,
                fingerprint=job.fingerprint,
                reply=packed,
                loaded=loaded,
                states=states,
                outcome=outcome,
            )
        )
        status, done = self._store.commit(write)
        if status == "done":
            return self._repeat(job, done), ()
        if status == "gone":
            raise _Gone
        if status == "raced":
            raise _Raced
        for pieces in write.broadcasts.values():
            metrics.BROADCAST_EVENTS.inc(len(pieces))
        due_now = [due for due in outcome.due if due.at_ms <= loaded.now_ms]
        return answer, tuple(due.command.id for due in due_now)

    def _follow_up(self, timer_ids: tuple[str, ...]) -> None:
        """Run what must follow at once. The timers are the net under it."""
        for timer_id in timer_ids:
            try:
                self.settle(timer_id)
            except (Unavailable, UnknownStruct) as error:
                log.warning(
                    "follow-up left to the timers", timer=timer_id, reason=str(error)
                )

    def _repeat(self, job: _Job, remembered: bytes) -> Reply:
        fingerprint, answer = reply.unpack(remembered)
        metrics.REPEATS.inc()
        if fingerprint == job.fingerprint:
            return answer
        refusal = Rejected("id_reused", "This id came with another payload before.")
        return reply.refused(refusal, self._now_ms(job))

    def _fingerprint(self, command: Command) -> str:
        packed = self._codec.encode_sorted(command)
        return blake2b(packed, digest_size=reply.FINGERPRINT_BYTES // 2).hexdigest()

    def _now_ms(self, job: _Job) -> int:
        return self._store.clock.now_ms() if job.now_ms is None else job.now_ms


def _joined(refs: tuple[Ref, ...], more: tuple[Ref, ...]) -> tuple[Ref, ...]:
    joined = tuple(dict.fromkeys(refs + more))
    if len(joined) == len(refs) or len(joined) > AGGREGATES_MAX:
        raise ValueError(f"a rule asked for {more} beside {refs}")
    return joined


def _precedes(loaded: Loaded, job: _Job) -> bool:
    """Tell whether the first timer on what was loaded comes before this command."""
    first = loaded.first_due
    if first is None:
        return False
    return first < job.own if job.own else first.at_ms <= loaded.now_ms
