"""Read the Procfile, and turn its lines into what supervisor runs."""

import shlex
from pathlib import Path

from honcho.environ import Procfile, parse_procfile

from deploy.local.ports import LOOPBACK
from deploy.local.problem import StartError
from deploy.local.supervisor import Program

RELEASE = "release"
EDGE = "nginx"
WEB = "web"
APART = {RELEASE, EDGE}
"""Lines that no process of the game comes from."""


def load(root: Path) -> Procfile:
    """Read the Procfile.

    Raises:
        StartError: it is not there, or lacks what every cluster has.
    """
    try:
        procfile = parse_procfile((root / "Procfile").read_text())
    except OSError as error:
        raise StartError(f"Procfile: {error.strerror}") from error
    missing = {WEB, EDGE, RELEASE} - set(procfile.processes)
    if missing:
        raise StartError(f"Procfile: no line for {', '.join(sorted(missing))}")
    return procfile


def edge(root: Path, procfile: Procfile, port: int) -> Program:
    """Make nginx's program; its files are written by whoever leads it (`door`)."""
    command = shell(procfile.processes[EDGE])
    return Program(name=EDGE, command=command, directory=root, port=port)


def shell(command: str, settings: Path | None = None) -> str:
    """Let a shell read settings and put in variables, then give way to the program."""
    line = f"exec {command}"
    if settings is not None:
        line = f". {shlex.quote(str(settings))} && {line}"
    return shlex.join(["/bin/sh", "-c", line])


def address(instance: Program) -> str:
    """Name a web instance as nginx is told of it: by its socket file, if it has one."""
    path = instance.env.get("SOCKET")
    place = f"unix:{path}" if path else f"{LOOPBACK}:{instance.port}"
    return f"{instance.name}={place}"
