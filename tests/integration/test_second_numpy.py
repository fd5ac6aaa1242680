"""Battles come out the same under NumPy of another generation.

Types of mixed expressions changed with NumPy 2: an engine that leaned on them would
give other bytes, or none, under NumPy 1. The lock names the one that is installed here,
into a folder of its own that is kept between runs.
"""

import json
import subprocess
import sys
from hashlib import sha256
from os import environ, pathsep
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from tests.support.fights import ends

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "deploy/requirements/numpy-second.txt"
CACHE = ROOT / "var/cache"
INSTALL_S = 180
FIGHT_S = 120


def installed() -> Path:
    """Give the folder of the second NumPy, installed from its lock if it isn't there.

    It gets its name at the end: a cut installation leaves nothing behind that counts.
    """
    folder = CACHE / f"numpy-second-{sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    if folder.exists():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as made:
        fresh = Path(made) / "packages"
        options = ["--quiet", "--disable-pip-version-check", "--no-deps"]
        options += ["--require-hashes", "--only-binary", ":all:", "--target", fresh]
        subprocess.run(
            [sys.executable, "-m", "pip", "install", *options, "-r", LOCK],
            check=True,
            timeout=INSTALL_S,
        )
        fresh.rename(folder)
    return folder


def fought(folder: Path) -> dict[str, Any]:
    """Fight in a process of its own that finds `folder` before all else."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.support.fights"],
        cwd=ROOT,
        env={**environ, "PYTHONPATH": pathsep.join((str(folder), str(ROOT)))},
        check=True,
        stdout=subprocess.PIPE,
        timeout=FIGHT_S,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_battles_end_with_the_same_hashes_under_another_numpy() -> None:
    other = fought(installed())
    assert other["numpy"].split(".")[0] != np.__version__.split(".")[0]
    assert other["ends"] == ends()
