"""Start a cluster, follow it, and end every process of it again."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

from deploy.death import with_parent
from deploy.local import environment, leftovers, postgres, programs, state, valkey
from deploy.local.ports import LOOPBACK, bind_problem, free_ports
from deploy.local.problem import StartError, Told
from deploy.local.ready import ask, last_words
from deploy.local.server import Server
from deploy.local.supervisor import SILENT, Supervisor, program_of

START_S = 90.0
RELEASE_S = 300.0
POLL_S = 0.1
FOLLOW_S = 1.0


class Runner:
    """Hold one run, from its first process to its last."""

    def __init__(self, root: Path, given: dict[str, str]) -> None:
        self._root = root
        self._given = given
        self._folders = environment.folders_of(root, given)
        port = environment.number(given, "PORT", 8080, environment.PORTS)
        self._port = port or free_ports(1)[0]
        self._web = environment.number(given, "WEB", 2, environment.WEB)
        self._url = f"http://{LOOPBACK}:{self._port}"
        self._pids: dict[str, int] = {}

    def run(self) -> NoReturn:
        """Start and follow; whatever happens, nothing of it is left.

        Raises:
            StartError: something is missing, wrong or dead.
            Told: somebody said to stop.
        """
        self._folders.make()
        with state.hold(self._folders):
            leftovers.end(self._folders.var)
            problem = bind_problem(self._port)
            if problem:
                raise StartError(f"port {self._port}: {problem} (PORT= takes another)")
            self._plan()
            try:
                self._start()
                self._follow()
            finally:
                self._end()

    def _plan(self) -> None:
        """Know every program and setting before the first process starts."""
        self._servers = self._embedded()
        urls = {server.name: server.url for server in self._servers}
        self._env = environment.complete(
            self._given, folders=self._folders, port=self._port, urls=urls
        )
        settings = environment.check(self._env)
        procfile = programs.load(self._root)
        self._release = programs.shell(procfile.processes[programs.RELEASE])
        self._play = programs.play(
            self._root, procfile, web=self._web, drain_s=settings.drain_s
        )
        self._instances = [one for one in self._play if one.name.startswith("web.")]
        self._edge = programs.edge(
            self._root, procfile, port=self._port, web=self._instances
        )
        self._supervisor = Supervisor(self._root, self._folders)

    def _embedded(self) -> list[Server]:
        var, made = self._folders.var, []
        if "DATABASE_URL" not in self._given:
            sockets = self._folders.sockets / "postgres"
            made.append(postgres.server(var / "postgres", sockets))
        if "REDIS_STATE_URL" not in self._given:
            made.append(valkey.server(var / "valkey", free_ports(1)[0]))
        return made

    def _start(self) -> None:
        mark = {environment.MARK: str(self._folders.var)}
        servers = [program_of(server) for server in self._servers]
        self._supervisor.start([*servers, *self._play, self._edge], self._env | mark)
        self._run([server.name for server in self._servers])
        for server in self._servers:
            self._wait(server.answers, server.name)
        self._migrate(self._env | mark)
        self._run([one.name for one in [*self._play, self._edge]])
        for one in [*self._instances, self._edge]:
            port = int(one.env["PORT"])
            self._wait(partial(_is_ready, port), one.name, port)
        self._record()
        print(f"Galactic Dominion runs at {self._url} (Ctrl-C ends it)", flush=True)

    def _run(self, names: list[str]) -> None:
        for name in names:
            self._supervisor.run(name)
        self._pids = self._supervisor.pids()
        self._require_alive(names)

    def _wait(self, answers: Callable[[], bool], name: str, port: int = 0) -> None:
        deadline = time.monotonic() + START_S
        while not answers():
            self._require_alive(list(self._pids))
            if time.monotonic() > deadline:
                said = ask(port).text if port else last_words(self._log(name))
                raise StartError(f"{name} is not ready after {START_S:.0f} s: {said}")
            time.sleep(POLL_S)

    def _require_alive(self, names: list[str]) -> None:
        now = self._supervisor.pids()
        for name in names:
            if name not in now or now[name] != self._pids.get(name):
                log = self._log(name)
                raise StartError(
                    f"{name} ended while starting: {last_words(log)} (see {log})"
                )

    def _migrate(self, env: dict[str, str]) -> None:
        log = self._log(programs.RELEASE)
        with log.open("wb") as file:
            try:
                code = subprocess.run(  # noqa: S603 - the Procfile's own line
                    shlex.split(self._release),
                    check=False,
                    cwd=self._root,
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=file,
                    stderr=file,
                    timeout=RELEASE_S,
                    preexec_fn=with_parent(signal.SIGTERM),
                ).returncode
            except subprocess.TimeoutExpired:
                code = -1
        if code != 0:
            raise StartError(f"migration: {last_words(log)} (see {log})")

    def _follow(self) -> NoReturn:
        while True:
            time.sleep(FOLLOW_S)
            if not self._supervisor.is_alive:
                raise StartError("supervisor ended, and so does the cluster")
            now = self._supervisor.pids()
            for name in now:
                if now[name] != self._pids[name]:
                    print(f"{name} ended and was started again", flush=True)
            if now != self._pids:
                self._pids |= now
                self._record()

    def _record(self) -> None:
        parts = {
            name: state.Part(pid, 0, 0, str(self._log(name)))
            for name, pid in self._pids.items()
        }
        for one in [*self._play, self._edge]:
            parts[one.name].port = int(one.env.get("PORT", 0))
            parts[one.name].metrics_port = int(one.env.get("METRICS_PORT", 0))
        found = state.State(
            url=self._url,
            runner_pid=os.getpid(),
            supervisor_socket=str(self._supervisor.socket),
            env=environment.own(self._env),
            parts=parts,
        )
        state.write(self._folders, found)

    def _log(self, name: str) -> Path:
        return self._folders.log / f"{name}.log"

    def _end(self) -> None:
        """Stop nginx, then the game, then its servers. A second signal cuts in."""
        tiers = ([self._edge], self._play, self._servers)
        try:
            for tier in tiers:
                self._supervisor.stop(one.name for one in tier)
        except (Told, *SILENT):
            pass
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            self._supervisor.end()
            leftovers.end(self._folders.var)
            self._folders.clear()


def _is_ready(port: int) -> bool:
    return ask(port).is_ready
