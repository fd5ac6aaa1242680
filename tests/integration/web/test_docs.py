"""Check that the reference is served from our own files."""

import gzip
import re

import pytest

from app.game import registry
from app.web import asyncapi, docs, openapi

DOCUMENTS = ["/api/openapi.json", "/api/asyncapi.json"]


def test_shows_swagger_ui_without_any_other_host(app):
    client = app.test_client()
    with client.get("/api/docs") as page:
        text = page.get_data(as_text=True)
    assert "://" not in text
    assert not re.search(r"<script(?![^>]*src=)", text)
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    for path in re.findall(r'(?:src|href)="([^"]+)"', text):
        with client.get(path) as answer:
            assert answer.status_code == 200, path


@pytest.mark.parametrize("name", ["../docs.py", "swagger-ui.js", "..%2fdocs.py", "x"])
def test_serves_no_other_file(app, name):
    assert app.test_client().get(f"/api/docs/{name}").status_code == 404


def test_serves_both_documents(app):
    client = app.test_client()
    assert client.get("/api/openapi.json").get_json()["openapi"] == "3.1.0"
    socket = client.get("/api/asyncapi.json").get_json()
    assert set(registry.WIRE) < set(socket["operations"])


@pytest.mark.parametrize("path", DOCUMENTS)
def test_who_has_a_document_gets_no_body(app, path):
    client = app.test_client()
    first = client.get(path)
    assert first.cache_control.private
    assert first.cache_control.max_age == docs.CACHE_S
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == first.data


@pytest.mark.parametrize("path", DOCUMENTS)
def test_makes_no_document_for_who_asks(app, monkeypatch, path):
    monkeypatch.delattr(openapi, "document")
    monkeypatch.delattr(asyncapi, "document")
    assert app.test_client().get(path).status_code == 200
