"""Run counters with persistence: an instance, persisters that crash, and checks."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import uuid4

import redis
from sqlalchemy import Engine, text

from app.core.message import Command, Event
from app.engine import epoch
from app.engine.cold import Cold
from app.engine.dispatch import Dispatcher
from app.engine.epoch import Epoch
from app.engine.laws.audit import audit
from app.engine.laws.galaxy import Checked
from app.engine.persister import BATCH_MAX, Persister, Servers
from app.engine.reply import Reply
from tests.support.counters import GAME, Add, Added, CounterGalaxy, counter
from tests.support.waiting import wait_for

JOIN_S = 15.0
TABLES = (
    *("aggregates", "events", "commands"),
    *("timers", "checkpoints", "world_checks"),
)


class Crash(BaseException):
    """Stand for a process that ends at once: nothing catches it."""


def ledger(event: Event) -> dict[str, dict[str, int]]:
    """Name what an event adds to a counter."""
    return {"added": {"value": event.amount}} if isinstance(event, Added) else {}


def catch_up(persister: Persister) -> None:
    """Let a persister carry what the journal holds now, and wait for nothing."""
    with closing(persister._postgres.connect()) as connection:
        connection.detach()
        begin = persister._resume(connection)
        while entries := persister._tail.read(begin.journal_id, BATCH_MAX, None):
            begin = persister._carry(connection, begin, entries)


def empty(engine: Engine) -> None:
    """Empty what the engine keeps in Postgres."""
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(TABLES)}"))


class Slow(threading.Event):
    """Stand for TERM to a persister that can be held where it waits for more."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.is_held = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait as any event does, and then until it may go on."""
        is_over = super().wait(timeout)
        if not self.goes_on.is_set():
            self.is_held.set()
            assert self.goes_on.wait(JOIN_S)
        return is_over


class Running:
    """Run a persister in a thread; `crash_at` names the step at which it dies."""

    def __init__(self, house: "House", crash_at: str = "") -> None:
        self.crashed = threading.Event()
        self._crash_at = crash_at
        self._stop = Slow()
        self._persister = Persister(
            house.servers,
            house.galaxy.name,
            house.galaxy.codec,
            house.projections,
            self._reached,
        )
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        """End it as TERM does."""
        self._stop.set()
        self._thread.join(JOIN_S)
        assert not self._thread.is_alive()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it where it next waits for more, or to try again."""
        self._stop.is_held.clear()
        self._stop.goes_on.clear()
        try:
            yield
        finally:
            self._stop.goes_on.set()

    def wait_until_held(self) -> None:
        assert self._stop.is_held.wait(JOIN_S)

    @property
    def waits_for(self) -> str:
        """Name what it waits for."""
        return self._persister.waits_for

    def _run(self) -> None:
        try:
            self._persister.run(self._stop)
        except Crash:
            self.crashed.set()

    def _reached(self, step: str) -> None:
        if step == self._crash_at:
            raise Crash


class House:
    """Hold a galaxy of counters and what keeps it."""

    def __init__(
        self,
        servers: Servers,
        engine: Engine,
        client: redis.Redis,
        name: str = "1",
        **options: int,
    ) -> None:
        self.servers = servers
        self.engine = engine
        self.client = client
        self.projections = ()
        self.galaxy = CounterGalaxy(servers.state_url, client, name, **options)
        self.galaxy.dispatcher = Dispatcher(
            GAME, self.galaxy.store, self.galaxy.codec, Cold(engine, name)
        )
        self._running: list[Running] = []

    def persist(self, crash_at: str = "") -> Running:
        """Start a persister."""
        running = Running(self, crash_at)
        self._running.append(running)
        return running

    def open(self) -> Running:
        """Start a persister and wait until commands are taken."""
        running = self.persist()
        self.wait_until_open()
        return running

    def wait_until_open(self) -> None:
        wait_for(lambda: bool(self.client.exists(self.galaxy.keys.epoch)), "an epoch")

    def close(self) -> None:
        self.end_persisting()
        self.galaxy.close()
        self.engine.dispose()

    def end_persisting(self) -> None:
        """End the persisters."""
        for running in self._running:
            running.stop()

    def end_locks(self) -> None:
        """End the Postgres sessions that hold a lock; they hear it when they ask."""
        ended = self.rows(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks JOIN pg_database d"
            " ON d.oid = database WHERE locktype = 'advisory'"
            " AND d.datname = current_database()"
        )
        assert ended == [(True,)]

    def found_epoch(self) -> Epoch:
        """Read the epoch that Redis holds, whether or not it is open."""
        return epoch.read((self.client.get(self.galaxy.keys.epoch) or b"").decode())

    def do(self, command: Command) -> Reply:
        """Run a command that must be accepted."""
        answer = self.galaxy.dispatcher.dispatch(command)
        assert answer.ok, answer
        return answer

    def add(self, name: str, amount: int = 1) -> str:
        """Add to a counter; give the command's id."""
        command = Add(id=f"p/{uuid4()}", player="p", counter=name, amount=amount)
        self.do(command)
        return command.id

    def wait_until_drained(self) -> None:
        """Wait until the journal is in Postgres."""
        journal = self.galaxy.keys.journal
        wait_for(lambda: self.client.xlen(journal) == 0, "an empty journal")

    def rows(self, statement: str, **values: object) -> list[tuple]:
        """Read from Postgres."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values)]

    def stored(self, name: str) -> int:
        """Read a counter as Postgres has it."""
        found = Cold(self.engine, self.galaxy.name).fetch([counter(name)])
        held = found.get(counter(name))
        return self.galaxy.codec.decode(held.data).value if held else 0

    def folded(self, name: str) -> int:
        """Sum up a counter's history."""
        return self.rows(
            "SELECT coalesce(sum((body->>'amount')::bigint), 0)::bigint FROM events"
            " WHERE galaxy = :galaxy AND kind = 'counter' AND id = :name",
            galaxy=self.galaxy.name,
            name=name,
        )[0][0]

    def command_ids(self) -> list[str]:
        """Read the ids of all commands in the order of the journal."""
        rows = self.rows(
            "SELECT command_id FROM commands WHERE galaxy = :galaxy ORDER BY position",
            galaxy=self.galaxy.name,
        )
        return [row[0] for row in rows]

    @property
    def checked(self) -> Checked:
        """Give what the laws are checked on."""
        return Checked(
            id=self.galaxy.name,
            keys=self.galaxy.keys,
            client=self.client,
            postgres=self.engine,
            game=GAME,
            codec=self.galaxy.codec,
            ledgers={"counter": ledger},
            holdings={"counter": lambda state: {"value": state.value}},
        )

    def audit(self) -> dict[str, dict[str, str]]:
        """Check all laws; give what is wrong by law."""
        found = audit(self.checked, Counter())
        return {finding.law: finding.wrong for finding in found if finding.wrong}

    def photograph(self) -> dict[bytes, bytes]:
        """Copy all that Redis holds now."""
        return {key: self.client.dump(key) for key in self.client.scan_iter()}

    def put_back(self, photograph: dict[bytes, bytes]) -> None:
        """Make Redis what it was, as after a loss of its last writes."""
        pipe = self.client.pipeline()
        pipe.flushall()
        for key, value in photograph.items():
            pipe.restore(key, 0, value)
        pipe.execute()
