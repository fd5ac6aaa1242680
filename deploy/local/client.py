"""Build, check and test the client: `python -m deploy.local.client build|check|test`.

Packages are installed when the lock changed, and the client is built when anything that
goes into it changed: both leave a stamp with a digest of what they were made from.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.local import builds
from deploy.local.environment import here
from deploy.local.folders import ROOT
from deploy.local.node import node, npm
from deploy.local.problem import StartError
from deploy.local.ready import last_words

CLIENT = ROOT / "client"
MODULES = CLIENT / "node_modules"
DIST = CLIENT / "dist"
"""What nginx serves: a folder for each encoding, each with the whole client, and one
with the parts of the build before (see `builds`)."""

_LOCK = "package-lock.json"
_SOURCES = ("src", "public", "index.html", "pack.mjs", _LOCK)
_SETTINGS = ("vite.config.ts", "tsconfig.json", "postcss.config.mjs")
_TESTED = (".test.ts", ".test.tsx")
_NPM_FLAGS = (
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--loglevel=error",
    "--fetch-retry-mintimeout=2000",
    "--fetch-retry-maxtimeout=10000",
)
_INSTALL_S = 600
_BUILD_S = 300
_SILENT = ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET")
_BIOME = "@biomejs/biome/bin/biome"


def install() -> None:
    """Install the client's packages, as the lock names them.

    Raises:
        StartError: there is no Node, or the registry gives no packages.
    """
    stamp = MODULES / ".stamp"
    wanted = _digest([CLIENT / _LOCK])
    if _read(stamp) == wanted:
        return
    print("installing client/package-lock.json", flush=True)
    _run([*npm(), "ci", *_NPM_FLAGS], "npm", _INSTALL_S)
    stamp.write_text(wanted)


def build() -> None:
    """Build the client into `DIST`, where anything of it changed.

    Raises:
        StartError: packages are missing, or the sources are wrong.
    """
    wanted = _digest(_inputs())
    if _read(DIST / ".stamp") == wanted:
        return
    install()
    print("building the client", flush=True)
    made = DIST.with_name("dist.new")
    shutil.rmtree(made, ignore_errors=True)
    plain = str(made / "plain")
    _run([node(), *_module("vite/bin/vite.js"), "build", "--outDir", plain], "vite")
    _run([node(), "pack.mjs", str(made)], "pack")
    (made / ".stamp").write_text(wanted)
    builds.keep(DIST, made)
    _let_read(made)
    builds.swap(made, DIST)


def _let_read(folder: Path) -> None:
    """Let nginx's workers, which run as nobody, read what was made."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def check() -> None:
    """Check format, lint and types.

    Raises:
        StartError: something is wrong, as was printed.
    """
    install()
    colours = "--colors=force" if sys.stdout.isatty() else "--colors=off"
    _show([*_module(_BIOME), "ci", "--error-on-warnings", colours, "."])
    _show([*_module("typescript/bin/tsc"), "--noEmit"])


def test() -> None:
    """Run the unit tests.

    Raises:
        StartError: some failed, as was printed.
    """
    install()
    _show([*_module("vitest/vitest.mjs"), "run"])


def _show(command: list[str]) -> None:
    done = subprocess.run([node(), *command], cwd=CLIENT, check=False)  # noqa: S603
    if done.returncode != 0:
        raise StartError(f"client: {Path(command[0]).stem} found something wrong")


def _module(path: str) -> list[str]:
    return [str(MODULES / path)]


def _inputs() -> Iterator[Path]:
    for name in (*_SOURCES, *_SETTINGS):
        path = CLIENT / name
        found = path.rglob("*") if path.is_dir() else [path]
        yield from (
            one for one in found if one.is_file() and not one.name.endswith(_TESTED)
        )


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(CLIENT)} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _read(stamp: Path) -> str:
    try:
        return stamp.read_text()
    except OSError:
        return ""


def _run(command: list[str], name: str, bound_s: int = _BUILD_S) -> None:
    folders = here()
    folders.make()
    log = folders.log / f"{name}.log"
    with log.open("wb") as out:
        try:
            code = subprocess.run(  # noqa: S603 - our own commands
                command,
                cwd=CLIENT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                check=False,
                timeout=bound_s,
            ).returncode
        except (OSError, subprocess.TimeoutExpired) as error:
            raise StartError(f"client_broken: {name}: {error}") from error
    if code != 0:
        raise StartError(_reason(name, log))


def _reason(name: str, log: Path) -> str:
    said = log.read_text(errors="replace")
    if name == "npm" and any(word in said for word in _SILENT):
        return (
            "no_registry: npm's registry can't be reached: check the network, or name "
            f"another by `npm config set registry`, and try again (see {log})"
        )
    return f"client_broken: {name}: {last_words(log)} (see {log})"


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until nobody else installs or builds in this checkout."""
    with (CLIENT / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


_DOES: Mapping[str, Callable[[], None]] = {
    "install": install,
    "build": build,
    "check": check,
    "test": test,
}


def main() -> int:
    """Do what the command line names; say in one line why it can't be done."""
    try:
        with _alone():
            _DOES[sys.argv[1]]()
    except StartError as error:
        print(f"error: {error}", file=sys.stderr, flush=True)
        return 1
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
