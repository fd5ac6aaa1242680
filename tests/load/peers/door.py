"""Fill in the peers' nginx.conf, and say how to run it."""

import grp
import os
import pwd
import re
import resource
from collections.abc import Sequence
from pathlib import Path

from deploy.local.nginx import find_binary
from deploy.local.ports import LOOPBACK

SOURCE = Path(__file__).with_name("nginx.conf")
NAME = re.compile(r"\$\{([A-Z_]+)\}")


def command(folder: Path, port: int, instances: Sequence[int]) -> list[str]:
    """Write the configuration into a folder; give the command that runs it."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    servers = (
        f"server {LOOPBACK}:{instance} route=web.{number};"
        for number, instance in enumerate(instances, 1)
    )
    values = {
        "USER": _user_line(),
        "PID": str(folder / "nginx.pid"),
        "SCRATCH": str(folder),
        "OPEN_FILES": str(files),
        "CONNECTIONS": str(files // 2),
        "LISTEN": f"{LOOPBACK}:{port}",
        "SERVERS": "\n".join(servers),
        "PORTS": "|".join(map(str, instances)),
    }
    target = folder / "nginx.conf"
    target.write_text(NAME.sub(lambda found: values[found[1]], SOURCE.read_text()))
    program = str(find_binary())
    return [program, "-c", str(target), "-p", str(folder), "-g", "daemon off;"]


def _user_line() -> str:
    """Keep the workers who we are: the folder is ours, and holds nothing else."""
    if os.geteuid() != 0:
        return ""
    return f"user {pwd.getpwuid(0).pw_name} {grp.getgrgid(os.getegid()).gr_name};"
