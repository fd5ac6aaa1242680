"""Hold what a process that starts now would run: Procfile, settings, code on disk."""

import hashlib
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from honcho.environ import Procfile

from app import config
from deploy.death import with_parent
from deploy.local import environment, plan, programs, version
from deploy.local.folders import Folders
from deploy.local.problem import StartError
from deploy.local.ready import last_words
from deploy.local.supervisor import Program

RELEASE_S = 300.0
POLL_S = 0.1
MARGIN_S = 5
"""What a process has beyond the time in which it should have left."""
AGREED = (
    "DATABASE_URL",
    "REDIS_STATE_URL",
    "REDIS_BUS_URL",
    "CELERY_BROKER_URL",
    "SECRET_KEY",
    "GALAXY_SEED",
    "PLANETS",
    "SOCKETIO_SERIALIZER",
)
"""Settings that all processes share, so none can have another than the rest."""
SETTINGS = "settings-{}.sh"
OWN = ("INSTANCE", "METRICS_PORT", "RELEASE")
"""Settings that each process has for itself."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Hold one reading of the disk."""

    root: Path
    procfile: Procfile
    env: dict[str, str] = field(repr=False)
    settings: Path
    """What a shell reads to have these settings, and no others."""
    sockets: Path
    """Folder of the socket files at which nginx finds web instances."""
    drain_s: int
    version: str

    def renewed(self) -> "Edition":
        """Give these settings with the code that is on disk now."""
        return replace(self, version=_version(self.root, self.env))

    def kinds(self) -> list[str]:
        """Name the lines that processes of the game come from."""
        return [one for one in self.procfile.processes if one not in programs.APART]

    def programs(self, names: Iterable[str], ports: Iterable[int]) -> list[Program]:
        """Make the programs of some names, each with a port for itself.

        Raises:
            StartError: the Procfile has no line for one of them.
        """
        return [self._program(*one) for one in zip(names, ports, strict=True)]

    def _program(self, name: str, port: int) -> Program:
        kind = plan.kind_of(name)
        line = self.procfile.processes.get(kind)
        if line is None:
            raise StartError(f"unknown_kind: {kind}: the Procfile has no line for it")
        is_web = kind == programs.WEB
        return Program(
            name=name,
            command=programs.shell(line, self.settings),
            directory=self.root,
            env={
                "INSTANCE": name,
                "PORT": str(port if is_web else 0),
                "SOCKET": str(self.sockets / f"{name}.sock") if is_web else "",
                "METRICS_PORT": str(0 if is_web else port),
                "RELEASE": self.version,
            },
            stop_s=self.drain_s + MARGIN_S,
            port=port if is_web else 0,
            metrics_port=0 if is_web else port,
            version=self.version,
        )

    def migrate(self, log: Path, tick: Callable[[], None]) -> None:
        """Run the Procfile's release; `tick` is called meanwhile.

        Raises:
            StartError: it failed.
        """
        line = self.procfile.processes[programs.RELEASE]
        with log.open("wb") as file:
            process = subprocess.Popen(  # noqa: S603 - the Procfile's own line
                shlex.split(programs.shell(line, self.settings)),
                cwd=self.root,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                preexec_fn=with_parent(signal.SIGTERM),
            )
        deadline = time.monotonic() + RELEASE_S
        try:
            while process.poll() is None and time.monotonic() < deadline:
                tick()
                time.sleep(POLL_S)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        if process.returncode != 0:
            raise StartError(f"migration: {last_words(log)} (see {log})")


def read(root: Path, folders: Folders, env: dict[str, str]) -> Edition:
    """Read the disk; `env` are the complete settings.

    Raises:
        StartError: the Procfile or a setting is wrong.
    """
    return Edition(
        root=root,
        procfile=programs.load(root),
        env=env,
        settings=_write(folders, env),
        sockets=folders.sockets,
        drain_s=environment.check(env).drain_s,
        version=_version(root, env),
    )


def require_agreement(running: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Refuse settings that all processes must have at once.

    Raises:
        StartError: one of them is another than that of the running cluster.
    """
    for name in AGREED:
        if running.get(name) != wanted.get(name):
            raise StartError(
                f"not_live: {name} is shared by all processes: make stop, make run"
            )


def forget_others(kept: Edition) -> None:
    """Remove what shells read for settings that nobody has any more."""
    for path in kept.settings.parent.glob(SETTINGS.format("*")):
        if path != kept.settings:
            path.unlink()


def _write(folders: Folders, env: Mapping[str, str]) -> Path:
    """Write settings for a shell, to the owner only; the same ones to the same file.

    Not into supervisor's own file: that can't hold every character.
    """
    lines = [_line(name, env.get(name)) for name in config.NAMES if name not in OWN]
    text = "".join(lines)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    path = folders.run / SETTINGS.format(digest)
    path.touch(mode=0o600)
    path.write_text(text)
    return path


def _version(root: Path, env: Mapping[str, str]) -> str:
    return env.get("RELEASE") or version.of(root)


def _line(name: str, value: str | None) -> str:
    if value is None:
        return f"unset {name}\n"
    return f"export {name}={shlex.quote(value)}\n"
