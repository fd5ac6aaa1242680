"""Which Python `make` builds its environment with."""

import os
import subprocess

import pytest

from deploy.local.folders import ROOT

SCRIPT = ROOT / "deploy" / "local" / "fastest-python"
ANSWER_S = 30


@pytest.fixture
def pythons(tmp_path):
    """Put Pythons before the real ones, each in a folder of its own."""

    def put(*scripts):
        for number, script in enumerate(scripts):
            python = tmp_path / str(number) / "python3.11"
            python.parent.mkdir()
            python.write_text(f"#!/bin/sh\n{script}\n")
            python.chmod(0o755)
        return [str(tmp_path / str(number)) for number in range(len(scripts))]

    return put


def chosen(*folders):
    path = os.pathsep.join(folders)
    done = subprocess.run(
        ["/bin/bash", SCRIPT],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=ANSWER_S,
    )
    return done.stdout.strip()


def test_the_fastest_is_chosen_and_not_the_first(pythons):
    folders = pythons("echo 900 /slow", "exit 1", "echo 30 /fast", "echo 400 /slower")
    assert chosen(*folders) == "/fast"


def test_one_that_will_not_do_is_named_where_there_is_no_other(pythons):
    (folder,) = pythons("exit 1")
    assert chosen(folder) == f"{folder}/python3.11"


def test_nothing_is_named_where_there_is_nothing(tmp_path):
    assert chosen(str(tmp_path)) == ""


def test_a_real_one_will_do():
    named = chosen(*os.environ["PATH"].split(os.pathsep))
    asked = "import sys, venv; print(sys.version_info[:2])"
    said = subprocess.run(
        [named, "-c", asked], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "(3, 11)"
