"""The client at the public door: names, types, encodings, caches, and no more."""

import gzip
import subprocess

import pytest

from deploy.local import nginx
from deploy.local.folders import ROOT
from deploy.local.node import node
from tests.support.door import ask, assert_problem, door

SCRIPT = b"export const one = 1;\n" * 100
PAGE = b"<!doctype html><title>Galactic Dominion</title>" + b" " * 600
FILES = {
    "index.html": PAGE,
    "favicon.svg": b"<svg/>" * 100,
    "favicon.ico": b"\0\0\1\0",
    "app.webmanifest": b"{}",
    "assets/index-1a2b.js": SCRIPT,
    "assets/way-1a2b.wasm": b"\0asm" * 200,
    "assets/deep-1a2b.mjs": SCRIPT,
    "assets/index-1a2b.css": b"body { color: red }" * 100,
}
TYPES = {
    "/favicon.svg": "image/svg+xml",
    "/favicon.ico": "image/x-icon",
    "/app.webmanifest": "application/manifest+json",
    "/assets/index-1a2b.js": "application/javascript; charset=utf-8",
    "/assets/deep-1a2b.mjs": "application/javascript; charset=utf-8",
    "/assets/way-1a2b.wasm": "application/wasm",
    "/assets/index-1a2b.css": "text/css",
}
PAGES = [
    "/",
    "/map",
    "/map?x=1&y=2",
    "/colonies/abc",
    "/replays/1.abcdef0123456.0123456789abcdef0123456789abcdef",
    "/br/assets/index-1a2b",
]
BEFORE = "/assets/index-9z8y.js"
"""Of the build before, which only a page that is open asks for."""
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """Run nginx before a client that was packed as the real one is."""
    made = tmp_path_factory.mktemp("client")
    for name, data in FILES.items():
        path = made / "plain" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (made / ".stamp").write_text("not a file of the client")
    before = made / "previous/plain" / BEFORE.lstrip("/")
    before.parent.mkdir(parents=True)
    before.write_bytes(SCRIPT)
    for folder in (made, made / "previous"):
        pack = [node(), ROOT / "client/pack.mjs", folder]
        subprocess.run(pack, check=True, timeout=60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nginx, "CLIENT", made)
        with door(tmp_path_factory.mktemp("door"), [1]) as opened:
            yield opened


@pytest.mark.parametrize("path", PAGES)
def test_every_address_of_a_page_gives_the_client(port, path):
    response, body = ask(port, path)
    assert (response.status, body) == (200, PAGE)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", TYPES)
def test_files_have_their_types_however_they_are_encoded(port, path):
    for encodings in ("", "gzip", "gzip, br"):
        response, _body = ask(port, path, headers={"Accept-Encoding": encodings})
        assert response.status == 200
        assert response.headers["Content-Type"] == TYPES[path]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("GZIP", "gzip"),
    ],
)
def test_files_come_in_an_encoding_that_is_taken(port, accepted, encoding):
    for path in ("/assets/index-1a2b.js", "/map"):
        response, body = ask(port, path, headers={"Accept-Encoding": accepted})
        assert response.headers["Content-Encoding"] == encoding
        assert response.headers.get_all("Vary") == ["Accept-Encoding"]
        assert response.headers["Content-Length"] == str(len(body))
        if encoding == "gzip":
            assert gzip.decompress(body) in (SCRIPT, PAGE)


def test_what_is_not_worth_compressing_is_served_plain(port):
    wish = {"Accept-Encoding": "gzip, br"}
    response, body = ask(port, "/app.webmanifest", headers=wish)
    assert response.headers["Content-Encoding"] is None
    assert body == b"{}"


def test_hashed_names_are_kept_and_others_asked_for_anew(port):
    kept = ask(port, "/assets/index-1a2b.js")[0]
    assert kept.headers.get_all("Cache-Control") == [FOREVER]
    page = ask(port, "/")[0]
    again = ask(port, "/", headers={"If-None-Match": page.headers["ETag"]})[0]
    assert again.status == 304


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone-1a2b.js",
        "/assets/",
        "/assets",
        "/nothing.png",
        "/.env",
        "/.stamp",
        "/assets/../.stamp",
        "/api",
        "/socket.io",
        "/metrics",
    ],
)
def test_what_is_no_file_is_a_problem_and_no_page(port, path):
    assert_problem(ask(port, path), 404, "not_found")


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2f.stamp",
        "/assets/..%2f..%2f..%2f..%2fetc/hosts.conf",
    ],
)
def test_nothing_above_the_client_is_served(port, path):
    assert_problem(ask(port, path), 400, "invalid")


@pytest.mark.parametrize("path", ["/", "/assets/index-1a2b.js", "/favicon.svg"])
def test_files_have_every_header_that_protects(port, path):
    headers = ask(port, path)[0].headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == policy["worker-src"] == "'self'"
    assert policy["default-src"] == policy["connect-src"] == "'self'"


def test_pages_are_only_read(port):
    assert_problem(ask(port, "/map", "POST"), 405, "method_not_allowed")


def test_without_a_built_client_there_are_no_pages(tmp_path, monkeypatch):
    monkeypatch.setattr(nginx, "CLIENT", tmp_path / "none")
    with door(tmp_path, [1]) as opened:
        assert_problem(ask(opened, "/map"), 404, "not_found")


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_an_open_page_still_gets_the_parts_of_its_build(port, accepted):
    response, body = ask(port, BEFORE, headers={"Accept-Encoding": accepted})
    assert response.status == 200
    assert response.headers["Content-Type"] == TYPES["/assets/index-1a2b.js"]
    assert response.headers["Cache-Control"] == FOREVER
    assert (response.headers["Content-Encoding"] or "") == accepted
    assert (body == SCRIPT) == (not accepted)
    assert ask(port, "/previous/plain" + BEFORE)[0].status == 404
