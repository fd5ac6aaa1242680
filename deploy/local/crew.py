"""Hold the processes of a cluster: start them, follow them, send them home."""

import os
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from deploy.local import plan, programs, state
from deploy.local.folders import Folders
from deploy.local.problem import StartError
from deploy.local.ready import Answer, last_words
from deploy.local.supervisor import Program, Supervisor

START_S = 90.0
POLL_S = 0.1


class Crew:
    """Hold who is in play, by name. Whoever waits here keeps following the others."""

    def __init__(self, root: Path, folders: Folders, url: str) -> None:
        self._folders, self._url = folders, url
        self._supervisor = Supervisor(root, folders)
        self._members: dict[str, Program] = {}
        self._phases: dict[str, str] = {}
        self._pids: dict[str, int] = {}
        self._env: dict[str, str] | None = None
        self.on_pulse: Callable[[], None] = lambda: None

    @property
    def names(self) -> list[str]:
        """Name everybody, also who is starting or leaving."""
        return plan.in_order(self._members)

    @property
    def instances(self) -> list[Program]:
        """Give the web instances that players may be led to."""
        return [
            self._members[name]
            for name in self._in_phase(state.PLAYING)
            if plan.kind_of(name) == programs.WEB
        ]

    @property
    def ports(self) -> set[int]:
        """Give every port that is somebody's."""
        members = self._members.values()
        return {port for one in members for port in (one.port, one.metrics_port)}

    def pid(self, name: str) -> int | None:
        """Give the process id of one who runs."""
        return self._supervisor.pids().get(name)

    def log(self, name: str) -> Path:
        """Name the file that one writes to."""
        return self._folders.log / f"{name}.log"

    # coming and going

    def open(self, members: Iterable[Program], env: dict[str, str]) -> None:
        """Start supervisor, which knows everybody and runs nobody."""
        self._members = {one.name: one for one in members}
        self._supervisor.start(self._members.values(), env)

    def run(self, names: Collection[str]) -> None:
        """Start those whom supervisor knows.

        Raises:
            StartError: one can't be started, or ends at once.
        """
        for name in names:
            self._phases[name] = state.STARTING
            self._supervisor.run(name)
        now = self._supervisor.pids()
        self._pids |= {name: now[name] for name in names if name in now}
        self.pulse()

    def add(self, members: Collection[Program]) -> None:
        """Start others beside those who run.

        Raises:
            StartError: one can't be started, or ends at once.
        """
        self._members |= {one.name: one for one in members}
        self._supervisor.know(self._members.values())
        self.run([one.name for one in members])
        self._record()

    def wait(self, name: str, asked: Callable[[], Answer]) -> None:
        """Wait until one who was started is ready.

        Raises:
            StartError: it ended instead, or is not ready in time.
        """
        deadline = time.monotonic() + START_S
        while not (answer := asked()).is_ready:
            self.pulse()
            if time.monotonic() > deadline:
                said = answer.text or last_words(self.log(name))
                raise StartError(f"{name} is not ready after {START_S:.0f} s: {said}")
            time.sleep(POLL_S)

    def mark(self, names: Iterable[str], phase: str) -> None:
        """Note how far some are, for `make status` and for nginx."""
        self._phases |= dict.fromkeys(names, phase)
        self._record()

    def dismiss(self, names: Collection[str]) -> None:
        """Send some home, and forget them once they left.

        Raises:
            StartError: supervisor ended.
        """
        self.mark(names, state.LEAVING)
        self._supervisor.stop(names, self.pulse)
        for name in names:
            del self._members[name]
            self._phases.pop(name, None)
            self._pids.pop(name, None)
        self._supervisor.know(self._members.values())
        self._record()

    # following

    def publish(self, env: dict[str, str]) -> None:
        """Let other commands reach the cluster from now on."""
        self._env = env
        self._record()

    def pulse(self) -> None:
        """Look after everybody: tell of whoever ended and was started again.

        Raises:
            StartError: supervisor ended, or somebody did who is starting.
        """
        if not self._supervisor.is_alive:
            raise StartError("supervisor ended, and so does the cluster")
        now = self._supervisor.pids()
        for name in self._in_phase(state.STARTING):
            if name not in now or now[name] != self._pids.get(name):
                log = self.log(name)
                raise StartError(
                    f"{name} ended while starting: {last_words(log)} (see {log})"
                )
        for name in now:
            if now[name] != self._pids.get(name):
                print(f"{name} ended and was started again", flush=True)
        if now.items() - self._pids.items():
            self._pids |= now
            self._record()
        self.on_pulse()

    def _in_phase(self, phase: str) -> list[str]:
        return [name for name in self.names if self._phases.get(name) == phase]

    def _record(self) -> None:
        if self._env is None:
            return
        parts = {
            one.name: state.Part(
                pid=self._pids.get(one.name, 0),
                port=one.port,
                metrics_port=one.metrics_port,
                log=str(self.log(one.name)),
                version=one.version,
                phase=self._phases.get(one.name, state.STARTING),
            )
            for one in self._members.values()
        }
        found = state.State(
            url=self._url,
            runner_pid=os.getpid(),
            supervisor_socket=str(self._supervisor.socket),
            env=self._env,
            parts=parts,
        )
        state.write(self._folders, found)

    # the end

    def stop(self, names: Iterable[str]) -> None:
        """Stop some, all at once, and wait until they did."""
        self._supervisor.stop(names)

    def end(self) -> None:
        """End supervisor itself."""
        self._supervisor.end()
