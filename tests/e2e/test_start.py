"""The local run starts whole or not at all, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys

import psutil
import pytest

from deploy.local.folders import ROOT
from deploy.local.ports import LOOPBACK
from deploy.local.ready import ask
from tests.support.cluster import Cluster, wait_until

pytestmark = pytest.mark.long

GONE_S = 30.0


@pytest.fixture
def own():
    """Give a cluster that hasn't started yet."""
    made = []

    def make(**env):
        made.append(Cluster(web=1, env=env))
        return made[-1]

    yield make
    for each in made:
        each.remove()


@pytest.fixture(scope="module")
def house():
    """Give a cluster that tests start again and again with its data, and end."""
    cluster = Cluster(web=1)
    yield cluster
    cluster.remove()


@pytest.fixture
def running(house):
    """Give a cluster that runs."""
    if not house.runs:
        house.start()
    return house


def left(cluster):
    """Find processes that still belong to a cluster, by any trace of its folder."""
    found = []
    for process in psutil.process_iter():
        try:
            traces = [*process.cmdline(), process.cwd(), *process.environ().values()]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(
            str(cluster.var) in each for each in traces
        ):
            found.append(process)
    return found


def refusal(cluster):
    """Start what can't start; give its one line."""
    with pytest.raises(RuntimeError) as refused:
        cluster.start()
    line = str(refused.value).strip()
    assert line.startswith("error: ")
    assert "\n" not in line
    assert cluster.exit_code == 1
    assert left(cluster) == []
    return line


def within(cluster, module):
    return subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=dict(os.environ) | cluster.given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_port_in_use_is_named(own):
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port}: Address already in use" in refusal(own(PORT=port))


def test_a_wrong_setting_is_named(own):
    assert "PLANETS" in refusal(own(PLANETS="many"))


def test_a_server_that_does_not_answer_is_named(own):
    line = refusal(own(DATABASE_URL="postgresql://nobody@127.0.0.1:1/none"))
    assert line.startswith("error: migration: ")
    assert "refused" in line


def test_a_process_that_dies_at_start_is_named(own):
    line = refusal(own(GUNICORN_CMD_ARGS="--no-such-option"))
    assert re.search(r"web\.\d ended while starting", line)
    assert "no-such-option" in line


def test_named_servers_are_used_instead_of_ours(own, servers, database_url, redis_url):
    cluster = own(DATABASE_URL=database_url, REDIS_STATE_URL=redis_url)
    cluster.start()
    assert not {"postgres", "valkey"} & set(cluster.pids)
    assert cluster.env["DATABASE_URL"] == database_url
    assert not (cluster.var / "postgres").exists()


def test_whoever_is_woken_interrupts_nobody(running):
    asked = {os.sched_getscheduler(pid) for pid in running.pids.values()}
    assert asked == {os.SCHED_BATCH}


def test_a_run_ends_and_starts_again_with_its_data(running):
    secret = running.env["SECRET_KEY"]

    second = within(running, "deploy.local.run")
    assert second.returncode == 1
    assert "runs already" in second.stderr

    shown = within(running, "deploy.local.status")
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    for name, pid in running.pids.items():
        assert any({name, str(pid)} <= set(line.split()) for line in lines)

    assert within(running, "deploy.local.stop").stdout == "stopped\n"
    wait_until(lambda: left(running) == [], GONE_S)
    assert within(running, "deploy.local.stop").stdout == "nothing runs here\n"

    running.start()
    assert running.env["SECRET_KEY"] == secret


def test_every_killed_process_is_started_again(running):
    port = running.state.parts["nginx"].port
    for name in running.state.parts:
        running.wait_until_back(name, running.kill(name))
    wait_until(lambda: ask(port).is_ready, GONE_S)


def test_an_interrupt_at_the_keyboard_ends_everything(running):
    os.killpg(running.state.runner_pid, signal.SIGINT)
    wait_until(lambda: left(running) == [], GONE_S)
    running.stop()
    assert running.exit_code == 0


@pytest.mark.parametrize("killed", ["runner", "supervisor", "both"])
def test_nothing_outlives_a_killed_runner(running, killed):
    supervisor = int((running.var / "run" / "supervisord.pid").read_text())
    runner = running.state.runner_pid
    for pid in {"runner": [runner], "supervisor": [supervisor]}.get(
        killed, [runner, supervisor]
    ):
        os.kill(pid, signal.SIGKILL)
    if killed == "both":
        within(running, "deploy.local.stop")
    wait_until(lambda: left(running) == [], GONE_S)
