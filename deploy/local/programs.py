"""Turn the Procfile into the programs of one cluster, each with its own settings."""

import shlex
from pathlib import Path

from honcho.environ import Procfile, expand_processes, parse_procfile

from deploy.local.ports import LOOPBACK, free_ports
from deploy.local.problem import StartError
from deploy.local.supervisor import Program

RELEASE = "release"
EDGE = "nginx"
WEB = "web"
METRICS_FREE = {WEB, EDGE}
"""A web instance answers /metrics itself, nginx has none."""
MARGIN_S = 5


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


def play(root: Path, procfile: Procfile, *, web: int, drain_s: int) -> list[Program]:
    """Make the programs between the servers and nginx."""
    lines = dict(procfile.processes)
    for apart in (RELEASE, EDGE):
        del lines[apart]
    expanded = expand_processes(lines, concurrency={WEB: web})
    ports = free_ports(len(expanded))
    return [
        Program(
            name=one.name,
            command=shell(one.cmd),
            directory=root,
            env=_env(one.name, port),
            stop_s=drain_s + MARGIN_S,
        )
        for one, port in zip(expanded, ports, strict=True)
    ]


def edge(root: Path, procfile: Procfile, *, port: int, web: list[Program]) -> Program:
    """Make nginx's program: the public port, and the instances behind it."""
    instances = ",".join(f"{one.name}={LOOPBACK}:{one.env['PORT']}" for one in web)
    return Program(
        name=EDGE,
        command=shell(procfile.processes[EDGE]),
        directory=root,
        env={"PORT": str(port), "WEB_SERVERS": instances},
    )


def shell(command: str) -> str:
    """Let a shell put in variables, then give way to the program."""
    return shlex.join(["/bin/sh", "-c", f"exec {command}"])


def _env(name: str, port: int) -> dict[str, str]:
    kind = name.partition(".")[0]
    metrics = 0 if kind in METRICS_FREE else port
    return {
        "INSTANCE": name,
        "PORT": str(port if kind == WEB else 0),
        "METRICS_PORT": str(metrics),
    }
