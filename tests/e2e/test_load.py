"""`make load` against a cluster: play and a storm, with nothing missed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from deploy.local.folders import ROOT
from tests.support.cluster import Cluster

USERS, SECONDS = 30, 6
BOUND_S = 90.0
PROCESSES = {"web.1", "web.2", "valkey", "postgres", "nginx", "generator"}
SHAPE: dict[str, Any] = {
    "version": int,
    "asked": {"users": int, "seconds": (int, float), "mix": str, "seed": int},
    "machine": {"cpu": str, "cores": int},
    "entering": {"registered": int, "reused": int, "took_s": float},
    "ran_s": float,
    "crowd": {
        "times_ms": {"ack": {"count": int, "p50": float, "p95": float, "p99": float}},
        "errors": {},
        "refused": {},
        "deliveries": int,
        "numbers": {"gaps_seen": int, "unhealed": int, "duplicates": int},
    },
    "rates": {"commands_per_s": float, "deliveries_per_s": float},
    "cpu": {"percent": {}, "us_per_command": {"server": float, "web": float}},
    "memory": {"parts": {}, "web_kib_per_connection": float},
    "generator": {"cpu_percent": float, "late_ms": {}, "was_bottleneck": list},
    "limits": list,
    "missed": list,
    "seconds": {"ack": list, "broadcast": list},
    "rate_seconds": list,
    "cpu_seconds": list,
}


def load(cluster: Cluster, folder: Path, *words: str) -> dict[str, Any]:
    """Run it as `make load` does, beside a cluster; gives its JSON."""
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "tests.load.load", "--seed", "7", *words),
            *("--users", str(USERS), "--seconds", str(SECONDS)),
            *("--json", str(folder / "load.json")),
            *("--html", str(folder / "load.html")),
        ],
        env=dict(os.environ) | {"VAR": str(cluster.var)},
        capture_output=True,
        text=True,
        timeout=BOUND_S,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "nothing was missed" in ended.stdout
    found: dict[str, Any] = orjson.loads((folder / "load.json").read_bytes())
    return found


@pytest.fixture(scope="module")
def written(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("load")
    found = load(cluster, folder, "--mix", "play,storm")
    assert (cluster.var / "crowd.json").stat().st_mode & 0o077 == 0
    assert "<polyline" in (folder / "load.html").read_text()
    return found


def test_everybody_plays_and_nothing_is_lost_or_doubled(
    written: dict[str, Any],
) -> None:
    crowd, numbers = written["crowd"], written["crowd"]["numbers"]
    assert crowd["done"] > USERS * SECONDS * 0.5 * 0.5
    assert crowd["deliveries"] > 0
    assert (numbers["unhealed"], numbers["duplicates"]) == (0, 0)
    assert crowd["errors"] == {}
    assert written["missed"] == []


def test_everybody_came_back_from_the_storm(written: dict[str, Any]) -> None:
    crowd = written["crowd"]
    assert crowd["drops"] == {"cut": USERS}
    assert crowd["reconnects"] == crowd["times_ms"]["back"]["count"] == USERS


def test_the_json_has_its_shape(written: dict[str, Any]) -> None:
    _has_shape(written, SHAPE, "")
    assert set(written["cpu"]["percent"]) >= PROCESSES


def test_who_was_on_a_killed_instance_comes_back(
    cluster: Cluster, tmp_path: Path
) -> None:
    before = cluster.pids["web.1"]
    crowd = load(cluster, tmp_path, "--mix", "idle", "--kill", "web.1")["crowd"]
    assert 0 < crowd["reconnects"] == sum(crowd["drops"].values()) <= USERS
    cluster.wait_until_back("web.1", before)


def test_locust_plays_by_the_file_for_it(cluster: Cluster) -> None:
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "locust", "-f", "tests/load/locustfile.py"),
            *("--host", cluster.url, "--headless", "--json", "--skip-log-setup"),
            *("--users", "10", "--spawn-rate", "10", "--run-time", "6s"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=BOUND_S,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = {(one["method"], one["name"]): one for one in json.loads(ended.stdout)}
    called = [one for (kind, _name), one in found.items() if kind == "WSC"]
    assert sum(one["num_requests"] for one in called) > 5
    assert all(one["total_response_time"] > 0 for one in called)
    assert not [one for one in found.values() if one["num_failures"]]


def _has_shape(found: Any, shape: Any, path: str) -> None:
    if not isinstance(shape, dict):
        assert isinstance(found, shape), f"{path}: {found!r}"
        return
    assert isinstance(found, dict), path
    for name, part in shape.items():
        assert name in found, f"{path}.{name}"
        _has_shape(found[name], part, f"{path}.{name}")
