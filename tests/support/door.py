"""Run nginx alone, before instances that a test makes, and ask it."""

import http.client
import json
import signal
import subprocess
from contextlib import contextmanager

from deploy.death import with_parent
from deploy.local import nginx
from deploy.local.folders import Folders
from deploy.local.ports import LOOPBACK, bind_problem, free_ports
from tests.support.cluster import wait_until

STOP_S = 10.0


@contextmanager
def door(folder, instances, free="127.0.0.0/8"):
    """Run nginx before some instances; give its port."""
    folders = Folders(folder)
    folders.make()
    port = free_ports(1)[0]
    servers = ",".join(f"at.{each}={LOOPBACK}:{each}" for each in instances)
    config = nginx.write(folders, str(port), servers, {"ADDRESS_LIMITS_FREE": free})
    log = folder / "nginx.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                nginx.find_binary(),
                "-c",
                config,
                "-p",
                config.parent,
                "-g",
                "daemon off;",
            ],
            stdout=out,
            stderr=out,
            preexec_fn=with_parent(signal.SIGTERM),
        )
    try:
        wait_until(lambda: bind_problem(port) is not None, STOP_S)
        yield port
    finally:
        process.terminate()
        process.wait(STOP_S)


def ask(port, path, method="GET", body=None, headers=None):
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def assert_problem(answer, status, code):
    response, body = answer
    problem = json.loads(body)
    assert response.status == problem["status"] == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["code"] == code
    assert problem["detail"] == problem["message"] != ""
    assert problem["request_id"] == response.headers["X-Request-ID"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
