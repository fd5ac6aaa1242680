"""Name what Prometheus scrapes, for its file-based discovery.

The runner writes the file anew whenever a process joins or leaves, so that scaling
needs no change of Prometheus' configuration.
"""

import json
from collections.abc import Mapping
from pathlib import Path

FILE = "targets.json"
HOST = "127.0.0.1"


def write(folder: Path, ports: Mapping[str, int]) -> None:
    """Replace the file whole; `ports` say where each process tells its metrics."""
    new = folder / f"{FILE}.new"
    new.write_text(json.dumps(of(ports), indent=2))
    new.rename(folder / FILE)


def of(ports: Mapping[str, int]) -> list[dict[str, object]]:
    """Give one target a process: its kind is the job, its name the instance."""
    return [
        {
            "targets": [f"{HOST}:{port}"],
            "labels": {"job": name.partition(".")[0], "instance": name},
        }
        for name, port in ports.items()
        if port
    ]
