"""The public door: what it lets through, what it adds, and how it refuses."""

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.local import nginx
from deploy.local.folders import Folders
from deploy.local.ports import LOOPBACK, free_ports
from tests.support.door import ask, assert_problem, door

NO_NAMES_TO_RESOLVE = "missing_resolver"
"""A check for host names behind a variable; ours holds names of upstreams only."""
PRIVATE = [
    "/metrics",
    "/metrics/",
    "//metrics",
    "/%6detrics",
    "/api/../metrics",
    "/api/..%2fmetrics",
    "/admin",
    "/admin/x",
    "/flower/api",
    "/api",
    "/assets/nothing.js",
    "/nothing.js",
]


class Echo(BaseHTTPRequestHandler):
    """Answer what arrived, as an instance would see it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        size = int(self.headers.get("Content-Length", 0))
        seen = {name.lower(): value for name, value in self.headers.items()}
        answer = {
            "path": self.path,
            "headers": seen,
            "bytes": len(self.rfile.read(size)),
        }
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Instance", str(self.server.server_port))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_):
        """Stay silent."""


@contextmanager
def instance():
    server = ThreadingHTTPServer((LOOPBACK, 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with instance() as one, door(tmp_path_factory.mktemp("door"), [one]) as opened:
        yield opened


@pytest.mark.parametrize("path", PRIVATE)
def test_what_is_no_players_business_is_not_found(port, path):
    assert_problem(ask(port, path), 404, "not_found")


def test_a_forged_address_is_overwritten(port):
    forged = {
        "X-Forwarded-For": "1.2.3.4",
        "X-Real-IP": "1.2.3.4",
        "Forwarded": "for=1",
    }
    _, body = ask(port, "/api/v1/me", headers=forged | {"X-Forwarded-Host": "evil"})
    seen = json.loads(body)["headers"]
    assert seen["x-forwarded-for"] == LOOPBACK
    assert not {"x-real-ip", "forwarded", "x-forwarded-host"} & set(seen)


def test_a_request_id_is_passed_on_and_answered(port):
    response, body = ask(port, "/api/v1/me", headers={"X-Request-ID": "mine-1234"})
    assert response.headers.get_all("X-Request-ID") == ["mine-1234"]
    assert json.loads(body)["headers"]["x-request-id"] == "mine-1234"


@pytest.mark.parametrize(
    "forged", ["short", "x" * 65, 'quote"-1234567', "line\tbreak1"]
)
def test_an_odd_request_id_is_replaced(port, forged):
    response, body = ask(port, "/api/v1/me", headers={"X-Request-ID": forged})
    made = json.loads(body)["headers"]["x-request-id"]
    assert response.headers["X-Request-ID"] == made != forged


def test_compression_of_sockets_is_not_negotiated(port):
    wish = {"Connection": "Upgrade", "Upgrade": "websocket"}
    offer = {"Sec-WebSocket-Extensions": "permessage-deflate"}
    _, body = ask(port, "/socket.io/?EIO=4", headers=wish | offer)
    seen = json.loads(body)["headers"]
    assert seen["upgrade"] == "websocket"
    assert "sec-websocket-extensions" not in seen


def test_a_large_body_is_refused(port):
    assert ask(port, "/api/v1/me", "POST", b"x" * 65_536)[0].status == 200
    answer = ask(port, "/api/v1/me", "POST", b"x" * 65_537)
    assert_problem(answer, 413, "too_large")


def test_a_broken_request_is_refused(port):
    with socket.create_connection((LOOPBACK, port), timeout=10) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
        answer = raw.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400")
    assert b'"code":"invalid"' in answer


def test_an_address_that_is_too_long_is_refused(port):
    answer = ask(port, f"/api/v1/{'x' * 9_000}")
    assert_problem(answer, 414, "uri_too_long")


def test_pages_may_run_only_our_scripts(port):
    policy = ask(port, "/")[0].headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_client_stays_with_its_instance(tmp_path):
    with instance() as one, instance() as two, door(tmp_path, [one, two]) as opened:
        first, _ = ask(opened, "/api/v1/me")
        cookie = first.headers["Set-Cookie"]
        assert "httponly" in cookie.lower()
        sticky = {"Cookie": cookie.partition(";")[0]}
        asked = [ask(opened, "/api/v1/me", headers=sticky)[0] for _ in range(10)]
    assert {each.headers["X-Instance"] for each in asked} == {
        first.headers["X-Instance"]
    }


def test_a_dead_instance_costs_no_request(tmp_path):
    dead = free_ports(1)[0]
    with instance() as alive, door(tmp_path, [dead, alive]) as opened:
        asked = [ask(opened, "/api/v1/x", method) for method in ("GET", "POST") * 10]
    assert {response.status for response, _ in asked} == {200}


def test_without_an_instance_the_answer_says_unavailable(tmp_path):
    with door(tmp_path, free_ports(2)) as opened:
        for path in ("/api/v1/me", "/socket.io/?EIO=4", "/readyz"):
            answer = ask(opened, path)
            assert_problem(answer, 502, "unavailable")
            assert answer[0].headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("path", "method"),
    [("/api/v1/auth/login", "POST"), ("/healthz", "GET"), ("/readyz", "GET")],
)
def test_guesses_and_checks_are_limited_for_each_address(
    tmp_path, slowly, path, method
):
    with instance() as one, door(tmp_path, [one], free="10.0.0.0/8") as opened:
        asked = [ask(opened, path, method) for _ in range(120)]
    refused = [answer for answer in asked if answer[0].status == 429]
    assert 80 < len(refused) < 90
    assert_problem(refused[0], 429, "rate_limited")


@pytest.mark.parametrize(
    ("devices", "other"),
    [
        (["2001:db8:1:2::{}", "2001:db8:1:2:3:4:5:{}"], "2001:db8:1:3::1"),
        (["2001:db8:1::{}", "2001:db8:1:0:{}::"], "2001:db8:1:1::1"),
        (["2001:db8::{}", "2001:db8:0:0:{}::", "2001:db8::3:4:5:{}"], "2001:db8:1::1"),
        (["2600::{}", "2600:0:0:0:{}::", "2600::3:4:5:{}"], "2600:0:0:1::1"),
        (["2600::1:2:3:4:{}", "2600:0:0:1:{}::"], "2600::1"),
    ],
)
def test_guessing_is_limited_for_each_home(tmp_path, elsewhere, devices, other):
    with instance() as one, door(tmp_path, [one], free="10.0.0.0/8") as opened:
        for number in range(1, 61):
            device = devices[number % len(devices)].format(f"{number:x}")
            guessed_from(opened, device)
        found = [guessed_from(opened, each) for each in (device, other)]
    assert found == [429, 200]


@pytest.fixture
def slowly(tmp_path, monkeypatch):
    """Let nginx forget what was asked so slowly that no pace of a test's matters.

    Gives the limits, which a test may add to.
    """
    source = tmp_path / "source"
    shutil.copytree(nginx.SOURCE, source)
    limits = source / "limits.conf"
    given = limits.read_text()
    assert "rate=10r/s" in given
    limits.write_text(given.replace("rate=10r/s", "rate=6r/m"))
    monkeypatch.setattr(nginx, "SOURCE", source)
    return limits


@pytest.fixture
def elsewhere(slowly):
    """Let nginx believe what a test says of where it is."""
    with slowly.open("a") as limits:
        limits.write(f"set_real_ip_from {LOOPBACK};\nreal_ip_header X-Address;\n")


def guessed_from(port, address):
    headers = {"X-Address": address}
    answer, _ = ask(port, "/api/v1/auth/login", "POST", headers=headers)
    return answer.status


def test_a_free_address_is_not_limited(port):
    for path in ("/api/v1/auth/login", "/readyz"):
        asked = [ask(port, path, "POST")[0].status for _ in range(60)]
        assert set(asked) == {200}


def test_whatever_asks_an_instance_is_limited():
    text = (nginx.SOURCE / "nginx.conf").read_text()
    asking = [
        (path, inside)
        for path, inside in re.findall(r"location (.*?) \{\n(.*?)\n {8}\}", text, re.S)
        if "include proxy.conf;" in inside
    ]
    assert len(asking) == text.count("include proxy.conf;") > 0
    for path, inside in asking:
        for limit in ("limit_conn ", "limit_req "):
            assert limit in inside, path


def test_dripping_sockets_leave_room_for_others(port):
    dripping = [socket.create_connection((LOOPBACK, port)) for _ in range(200)]
    try:
        for each in dripping:
            each.sendall(b"GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        assert ask(port, "/api/v1/me")[0].status == 200
    finally:
        for each in dripping:
            each.close()


def test_no_query_reaches_the_log(tmp_path):
    with instance() as one, door(tmp_path, [one]) as opened:
        ask(opened, "/api/v1/me?token=hidden-word")
    lines = (tmp_path / "nginx.log").read_text().splitlines()
    seen = [json.loads(line) for line in lines if line.startswith("{")]
    assert [line["path"] for line in seen] == ["/api/v1/me"]
    assert "hidden-word" not in "".join(lines)


def test_a_linter_of_nginx_finds_nothing(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    config = nginx.write(folders, "8080", "web.1=127.0.0.1:1,web.2=127.0.0.1:2", {})
    done = subprocess.run(
        [
            Path(sys.executable).with_name("gixy"),
            "--skips",
            NO_NAMES_TO_RESOLVE,
            config,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "No issues found" in done.stdout


def test_a_client_without_cookies_is_known_by_its_session(tmp_path):
    with instance() as one, instance() as two, door(tmp_path, [one, two]) as port:
        for each in (one, two) * 5:
            path = f"/socket.io/?EIO=4&transport=polling&sid=at.{each}~abc"
            response, _body = ask(port, path)
            assert response.headers["X-Instance"] == str(each)


def test_a_session_of_an_instance_that_is_gone_goes_to_another(tmp_path):
    with instance() as one, door(tmp_path, [one]) as port:
        path = "/socket.io/?EIO=4&transport=polling&sid=web.99~abc"
        response, _body = ask(port, path)
        assert response.status == 200
