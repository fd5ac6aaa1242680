"""CPU and memory of processes are read from /proc, with their children."""

import os
import subprocess
import sys
from collections.abc import Iterator
from time import perf_counter, process_time

import pytest

from tests.load.crowd.processes import GENERATOR, Processes

CHILD = """
import subprocess, sys, time
done = time.process_time() + 0.3
while time.process_time() < done: pass
spend = "import time\\nwhile time.process_time() < 0.3: pass"
subprocess.run([sys.executable, "-c", spend])
print("spent", flush=True)
input()
"""
BOUND_S = 20.0


@pytest.fixture
def child() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_a_part_uses_what_its_ended_children_used(
    child: subprocess.Popen[str],
) -> None:
    processes = Processes(lambda: {"web.1": child.pid})
    processes.begin()
    assert child.stdout is not None
    assert child.stdout.readline() == "spent\n"
    processes.look()
    assert 0.5 < processes.used_s["web.1"] < 3.0
    assert processes.memory()["web.1"] > 1_000_000


def test_the_generator_is_this_process() -> None:
    processes = Processes(dict)
    processes.begin()
    ends, began_s = process_time() + 0.2, perf_counter()
    while process_time() < ends:
        assert perf_counter() - began_s < BOUND_S
    processes.look()
    [(_at_s, percents)] = processes.looks
    assert set(percents) == {GENERATOR}
    assert processes.used_s[GENERATOR] == pytest.approx(0.2, abs=0.1)


def test_a_part_that_was_started_again_goes_on_counting() -> None:
    pids = {"web.1": os.getpid()}
    processes = Processes(lambda: pids)
    processes.begin()
    pids["web.1"] = os.getppid()
    for _ in range(5):  # until the pids are asked for again
        processes.look()
    assert processes.used_s["web.1"] >= 0.0
    assert len(processes.looks) == 5
