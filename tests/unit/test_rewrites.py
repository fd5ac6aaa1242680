"""Whoever writes Redis' file anew stands back, and nobody else does."""

import os
import subprocess

import psutil
import pytest

from deploy.local import rewrites
from deploy.local.valkey import PID_FILE

PARENT = "sleep 60 & echo $!; wait"


@pytest.fixture
def parent_at():
    """Start a process in a folder, with one child; gives both pids."""
    started = []

    def start(folder):
        shell = subprocess.Popen(
            ["/bin/sh", "-c", PARENT],
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(shell)
        return shell.pid, int(shell.stdout.readline())

    yield start
    for shell in started:
        for child in psutil.Process(shell.pid).children():
            child.kill()
        shell.communicate(timeout=10)


def test_the_servers_child_stands_back(tmp_path, parent_at):
    server, child = parent_at(tmp_path)
    (tmp_path / PID_FILE).write_text(f"{server}\n")
    rewrites.look(tmp_path)
    assert os.sched_getscheduler(child) == os.SCHED_IDLE
    assert os.sched_getscheduler(server) != os.SCHED_IDLE


def test_who_has_a_dead_servers_number_is_left_alone(tmp_path, parent_at):
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    data.mkdir()
    elsewhere.mkdir()
    stranger, child = parent_at(elsewhere)
    (data / PID_FILE).write_text(f"{stranger}\n")
    rewrites.look(data)
    assert os.sched_getscheduler(child) != os.SCHED_IDLE


@pytest.mark.parametrize("written", [None, "", "none\n", "99999999\n"])
def test_without_a_server_there_is_nothing_to_do(tmp_path, written):
    if written is not None:
        (tmp_path / PID_FILE).write_text(written)
    rewrites.look(tmp_path)
