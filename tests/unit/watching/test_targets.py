"""Prometheus finds every process that tells metrics, and nginx is none."""

import json
from pathlib import Path

import yaml

from deploy.local import state
from deploy.local.folders import ROOT, Folders
from deploy.local.state import Part, State

PARTS = {
    "postgres": Part(1, 0, 0, ""),
    "web.1": Part(2, 5_000, 0, ""),
    "worker.1": Part(3, 0, 9_100, ""),
    "nginx": Part(4, 8_080, 0, ""),
}


def test_the_runner_names_each_process_by_kind_and_name(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()

    state.write(folders, State("", 1, "", {}, PARTS))

    assert json.loads((folders.run / "targets.json").read_text()) == [
        {
            "targets": ["127.0.0.1:5000"],
            "labels": {"job": "web", "instance": "web.1"},
        },
        {
            "targets": ["127.0.0.1:9100"],
            "labels": {"job": "worker", "instance": "worker.1"},
        },
    ]


def test_the_configuration_reads_what_the_runner_writes() -> None:
    folder = ROOT / "deploy" / "prometheus"
    config = yaml.safe_load((folder / "prometheus.yml").read_text())

    [scrape] = config["scrape_configs"]
    [found] = scrape["file_sd_configs"]
    [path] = found["files"]
    assert (folder / path).resolve() == ROOT / "var" / "run" / "targets.json"
    assert all((folder / name).exists() for name in config["rule_files"])
