"""Tell nginx which instances it leads players to, without losing a request."""

import os
import signal
import subprocess
import time
from collections.abc import Collection
from contextlib import suppress

import psutil

from deploy.local import nginx, programs
from deploy.local.crew import Crew
from deploy.local.folders import Folders
from deploy.local.problem import StartError
from deploy.local.supervisor import Program

TRIAL = "nginx.trial"
"""Where new files are tried; nginx itself only ever sees files that passed."""
TRIAL_S = 10.0
CHANGE_S = 20.0
POLL_S = 0.02
OLD = "is shutting down"
"""What nginx adds to the name of a worker that takes nothing new."""


class Door:
    """Hold the way from nginx to the instances."""

    def __init__(self, folders: Folders, port: int, crew: Crew) -> None:
        self._folders, self._port, self._crew = folders, port, crew
        self._told = ""
        self._written: tuple[str, dict[str, str]] | None = None
        """What nginx's files say, which it may not have followed yet."""

    def write(self, instances: Collection[Program], env: dict[str, str]) -> None:
        """Write nginx's files, also for its next start, once they passed its trial.

        Raises:
            StartError: nginx refuses them.
        """
        told = _told(instances)
        try:
            nginx.write(self._folders, str(self._port), told, env, at=TRIAL)
            self._try()
            nginx.write(self._folders, str(self._port), told, env)
        except ValueError as error:
            raise StartError(f"nginx_refused: {error}") from error
        self._told, self._written = told, (told, env)

    def lead_to(self, instances: Collection[Program], env: dict[str, str]) -> None:
        """Lead whoever comes from now on to these instances, and no others.

        Workers of before take nothing new, and keep the sockets that they have.

        Raises:
            StartError: nginx refuses, or doesn't change over in time. Then its files
                name those of before again, also for when it changes over too late.
        """
        if _told(instances) == self._told:
            return
        written = self._written
        before = {pid for pid, is_old in self._workers().items() if not is_old}
        self.write(instances, env)
        try:
            self._reload()
            self._await_change(before)
        except Exception:
            self._go_back(written)
            raise

    def _reload(self) -> None:
        pid = self._crew.pid(programs.EDGE)
        if pid is not None:  # else it starts with the new files
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGHUP)

    def _await_change(self, before: set[int]) -> None:
        deadline = time.monotonic() + CHANGE_S
        while not self._has_changed(before):
            self._crew.pulse()
            if time.monotonic() > deadline:
                raise StartError(
                    f"nginx_refused: it goes on as before: {self._crew.log('nginx')}"
                )
            time.sleep(POLL_S)

    def _go_back(self, written: tuple[str, dict[str, str]] | None) -> None:
        """Write what stood there before; what nginx follows now, nobody knows."""
        self._told, self._written = "", written
        if written is not None:
            told, env = written
            nginx.write(self._folders, str(self._port), told, env)
            self._reload()

    def _has_changed(self, before: set[int]) -> bool:
        now = self._workers()
        fresh = {pid for pid, is_old in now.items() if not is_old}
        return bool(fresh) and not fresh & before

    def _workers(self) -> dict[int, bool]:
        """Tell of each worker whether it takes nothing new any more."""
        pid = self._crew.pid(programs.EDGE)
        found: dict[int, bool] = {}
        with suppress(psutil.Error):
            for child in psutil.Process(pid).children() if pid else ():
                with suppress(psutil.Error):
                    found[child.pid] = OLD in " ".join(child.cmdline())
        return found

    def _try(self) -> None:
        line = nginx.command(nginx.find_binary(), self._folders.run / TRIAL)
        tried = subprocess.run(  # noqa: S603 - our own words
            [*line, "-t"],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=TRIAL_S,
        )
        if tried.returncode != 0:
            said = [one for one in tried.stderr.splitlines() if "[emerg]" in one]
            raise StartError(f"nginx_refused: {' '.join(said)[:300]}")


def _told(instances: Collection[Program]) -> str:
    return ",".join(programs.address(one) for one in instances)
