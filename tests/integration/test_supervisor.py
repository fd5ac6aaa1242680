"""A supervisor that is ending says so in one line, to whoever asks."""

import os
import signal

import pytest

from deploy.local import environment, state, status
from deploy.local.folders import ROOT
from deploy.local.problem import StartError
from deploy.local.runner import Runner
from deploy.local.supervisor import Program, Supervisor
from tests.support.waiting import wait_for

DEAF = "sh -c 'trap \"\" TERM; touch deaf; exec sleep 60'"
"""It keeps supervisor from ending for `stop_s`."""


@pytest.fixture
def folders(tmp_path):
    made = environment.folders_of(ROOT, {"VAR": str(tmp_path / "var")})
    made.make()
    yield made
    made.clear()


@pytest.fixture
def deaf(tmp_path):
    return Program(name="deaf", command=DEAF, directory=tmp_path, stop_s=2)


def end_soon(folders, tmp_path):
    """Ask the supervisor to end, once it will take its time."""
    wait_for((tmp_path / "deaf").exists, "a program that hears no TERM")
    pid = int((folders.run / "supervisord.pid").read_text())
    os.kill(pid, signal.SIGTERM)


def is_ending(supervisor):
    try:
        supervisor.pids()
    except StartError:
        return True
    return False


@pytest.fixture
def ending(folders, tmp_path, deaf):
    """Give a supervisor that is ending."""
    supervisor = Supervisor(ROOT, folders)
    supervisor.start([deaf], dict(os.environ))
    try:
        supervisor.run(deaf.name)
        end_soon(folders, tmp_path)
        wait_for(lambda: is_ending(supervisor), "a supervisor that is ending")
        yield supervisor
    finally:
        supervisor.end()


def test_status_says_it_in_one_line(folders, ending, monkeypatch, capsys):
    found = state.State(
        url="http://127.0.0.1:1",
        runner_pid=os.getpid(),
        supervisor_socket=str(ending.socket),
        env={},
        parts={},
    )
    monkeypatch.setattr(environment, "here", lambda: folders)
    with state.hold(folders):
        state.write(folders, found)
        assert status.main() == 1
    assert capsys.readouterr().err == "error: supervisor: SHUTDOWN_STATE\n"


def test_who_would_start_a_program_hears_it(ending, deaf):
    with pytest.raises(StartError, match="deaf can't be started: supervisor"):
        ending.run(deaf.name)


@pytest.fixture
def signals():
    """Hear signals again, which a runner that ends hears no more."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_the_runner_ends_as_ever(folders, tmp_path, deaf, signals):
    runner = Runner(ROOT, {"VAR": str(folders.var), "PORT": "0"})
    runner._servers = []
    runner._crew.open([deaf], dict(os.environ))
    runner._crew.run([deaf.name])
    end_soon(folders, tmp_path)
    supervisor = runner._crew._supervisor
    wait_for(lambda: is_ending(supervisor), "a supervisor that is ending")
    runner._end()
    assert not supervisor.is_alive
