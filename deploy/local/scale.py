"""Change a running cluster: more or fewer of a kind, or all of them by newer ones."""

import time
from collections.abc import Callable, Sequence
from functools import partial

from deploy.local import edition, plan, programs, state
from deploy.local.crew import Crew
from deploy.local.door import Door
from deploy.local.edition import Edition
from deploy.local.ports import free_ports
from deploy.local.ready import Answer, ask, last_words
from deploy.local.supervisor import Program

Say = Callable[[str], None]


class Scale:
    """Change who is in play. Nobody leaves before whoever comes instead is ready."""

    def __init__(
        self, crew: Crew, door: Door, now: Edition, read: Callable[[], Edition]
    ) -> None:
        self._crew, self._door = crew, door
        self._edition, self._read = now, read

    def scale(self, words: Sequence[str], say: Say) -> None:
        """Start and send home, until so many of each kind run.

        Raises:
            StartError: it can't be asked for, or a new one isn't ready: then those who
                came leave again, and all others stay.
        """
        change = plan.change(self._crew.names, plan.parse(words))
        if change.starting:
            self._edition = self._as_on_disk(say)
            self._start(change.starting, say)
        if change.leaving:
            self._leave(change.leaving, say)
        if not change.starting and not change.leaving:
            say("they run already")

    def deploy(self, say: Say) -> None:
        """Replace everybody, one after the other, by what is on disk now.

        Whoever has no line in the Procfile any more leaves, and nobody comes instead.

        Raises:
            StartError: tables can't be migrated, or a new one isn't ready: it leaves
                again, and all others stay.
        """
        found = self._read()
        edition.require_agreement(self._edition.env, found.env)
        say(f"version {found.version}")
        log = self._crew.log(programs.RELEASE)
        found.migrate(log, self._crew.pulse)
        say(last_words(log))
        self._edition = found
        for old in plan.to_replace(self._crew.names):
            kind = plan.kind_of(old)
            if kind in found.kinds():
                new = plan.fresh(kind, self._crew.names, 1)
                self._start(new, say, instead_of=[old])
            self._leave([old], say)
        edition.forget_others(found)

    def _as_on_disk(self, say: Say) -> Edition:
        """Take the code as it is, which is all that could be started; warn of that."""
        found = self._edition.renewed()
        if found.version != self._edition.version:
            say(f"new ones run {found.version}: make deploy gives it to all")
        return found

    def _start(
        self, names: Sequence[str], say: Say, *, instead_of: Sequence[str] = ()
    ) -> None:
        """Start some beside the others; lead players to them once all are ready.

        One at a time: a start takes a core for seconds, which those who play need.
        """
        ports = self._free_ports(len(names))
        come: list[str] = []
        try:
            for one in self._edition.programs(names, ports):
                say(f"{one.name} starting")
                began_s = time.monotonic()
                come.append(one.name)
                self._crew.add([one])
                self._crew.wait(one.name, partial(_ready, one))
                say(f"{one.name} ready after {time.monotonic() - began_s:.1f} s")
            self._crew.mark(names, state.PLAYING)
            self._lead_away_from(instead_of)
        except Exception:  # whatever it was, nobody stays half started
            self._crew.dismiss(come)
            raise

    def _leave(self, names: Sequence[str], say: Say) -> None:
        """Lead nobody to some any more, then let them finish and go."""
        say(f"{_listed(names)} leaving")
        began_s = time.monotonic()
        self._lead_away_from(names)
        self._crew.dismiss(names)
        say(f"{_listed(names)} left after {time.monotonic() - began_s:.1f} s")

    def _lead_away_from(self, names: Sequence[str]) -> None:
        """Lead players to whoever is in play but these; where nginx refuses, to all."""
        self._crew.mark(names, state.LEAVING)
        try:
            self._door.lead_to(self._crew.instances, self._edition.env)
        except Exception:
            self._crew.mark(names, state.PLAYING)
            raise

    def _free_ports(self, count: int) -> list[int]:
        """Choose ports that nobody has, who may just be between two starts."""
        found = free_ports(count + len(self._crew.ports))
        return [port for port in found if port not in self._crew.ports][:count]


def _ready(one: Program) -> Answer:
    return ask(one.port) if one.port else ask(one.metrics_port, "/metrics")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
