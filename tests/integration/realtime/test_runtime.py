"""Nothing holds up the other green threads: Postgres, native work, unread sockets."""

import os
import subprocess
import sys
from threading import Thread
from time import monotonic

import pytest

from tests.integration.realtime.counters_app import SLOW_S
from tests.integration.realtime.instances import ROOT


@pytest.fixture(scope="module", params=["", "gevent"])
def instance(request, start, database_url):
    return start(ASYNC_MODE=request.param, DATABASE_URL=database_url)


@pytest.mark.parametrize(
    ("path", "answer"), [("/postgres", "asked"), ("/native", "done")]
)
def test_others_run_meanwhile(instance, path, answer):
    answers = []
    slow = Thread(target=lambda: answers.append(instance.get(path)))
    slow.start()
    started_s = monotonic()
    asked = 0
    while slow.is_alive():
        instance.get("/mode")
        asked += 1
    slow.join()
    assert answers == [answer]
    assert monotonic() - started_s > SLOW_S * 0.9
    assert asked > 5


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


@pytest.mark.parametrize("mode", ["", "gevent"])
def test_importing_patches_nothing(mode):
    code = """
import socket, threading
before = socket.socket, threading.Lock
import app.realtime.attach
from app.realtime import runtime
assert (socket.socket, threading.Lock) == before
assert runtime.mode() == "threading"
assert runtime.offload(lambda number: number + 1, 1) == 2
"""
    assert run(code, ASYNC_MODE=mode).stderr == ""


def test_names_the_setting_that_is_wrong():
    ended = run("from app.realtime.runtime import Worker", ASYNC_MODE="twisted")
    assert ended.returncode != 0
    assert ended.stderr.startswith("ASYNC_MODE: 'twisted' is none of ")


def test_what_is_sent_at_once_never_waits():
    """Also on a socket that was kept."""
    code = """
from app.realtime import runtime
runtime.Worker
import socket
server = socket.create_server(("127.0.0.1", 0))
reader = socket.create_connection(server.getsockname())
accepted, _ = server.accept()
kept = runtime.kept(accepted)
raw = runtime.raw(kept)
accepted.close()
sent = 0
while part := runtime.send_now(raw, bytes(65_536)):
    sent += part
assert sent
assert reader.recv(10)
for each in (server, reader, kept):
    each.close()
"""
    ended = run(code)
    assert (ended.returncode, ended.stderr) == (0, "")
