"""The local run starts whole or not at all, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest
import redis

from app.realtime import hugepages
from deploy.local.folders import ROOT
from deploy.local.ports import LOOPBACK
from deploy.local.ready import ask
from tests.support.cluster import Cluster, wait_until

pytestmark = pytest.mark.long

GONE_S = 30.0
SEEN_S = 20.0
A_KEY_US = 1_000_000
HUGE_KIB = 10 * 1024


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


def huge_kib(pid):
    """Read how much of a process's memory is in huge pages."""
    said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"AnonHugePages:\s+(\d+)", said)[1])


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


def test_redis_writes_its_file_anew_when_nobody_works(running):
    server = psutil.Process(running.pids["valkey"])
    with closing(redis.Redis.from_url(running.env["REDIS_STATE_URL"])) as client:
        client.config_set("rdb-key-save-delay", A_KEY_US)
        client.bgrewriteaof()
        wait_until(server.children, SEEN_S)
        client.config_set("rdb-key-save-delay", 0)
    (writer,) = server.children()
    wait_until(lambda: os.sched_getscheduler(writer.pid) == os.SCHED_IDLE, SEEN_S)
    assert os.sched_getscheduler(server.pid) == os.SCHED_BATCH
    writer.send_signal(signal.SIGUSR1)  # as Redis itself stops it
    wait_until(lambda: not server.children(), SEEN_S)


def test_instances_and_workers_hold_their_memory_in_huge_pages(running):
    if not hugepages.are_possible():
        pytest.skip("no huge pages for us")
    (instance,) = psutil.Process(running.pids["web.1"]).children()
    for pid in (instance.pid, running.pids["worker.1"]):
        wait_until(lambda pid=pid: huge_kib(pid) > HUGE_KIB, SEEN_S)


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
