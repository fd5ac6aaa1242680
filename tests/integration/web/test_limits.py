"""Check that whatever takes an access token counts, and once."""

import re
from pathlib import Path

import orjson
import pytest

from app.realtime.limits import EVERYTHING, PER_PLAYER, READING
from tests.support.web import assert_problem, register

DOCUMENT = Path(__file__).parents[3] / "docs/protocol/openapi.json"
FEW = 5
UNCOUNTED = {"/auth/refresh", "/auth/logout"}
"""What ends the token that it takes."""
COUNTED = [
    (method.upper(), path.removeprefix("/api/v1"))
    for path, operations in orjson.loads(DOCUMENT.read_bytes())["paths"].items()
    for method, operation in operations.items()
    if method != "parameters" and operation.get("security")
    if path.removeprefix("/api/v1") not in UNCOUNTED
]


@pytest.fixture
def strict(monkeypatch):
    """Allow only a few requests a minute."""
    monkeypatch.setitem(PER_PLAYER, EVERYTHING, FEW)
    monkeypatch.setitem(PER_PLAYER, READING, FEW)


def test_refuses_whatever_takes_an_access_token_after_too_much(app, ann, strict):
    for _ in range(FEW):
        assert ann.get("/galaxies").status_code == 200
        assert_problem(ann.get("/nearby"), 422, "invalid")
    for method, path in COUNTED:
        answer = ann.ask(method, re.sub("{.*?}", "x", path))
        problem = assert_problem(answer, 429, "rate_limited")
        assert 0 < problem["retry_after_ms"] <= 60_000
        assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert register(app).get("/me").status_code == 200


def test_counts_each_request_once(ann, strict):
    colony = ann.joined()
    sent = {"colony": colony, "building": "mine"}
    assert ann.post("/commands/colonies.build", json=sent).status_code == 200
    assert_problem(ann.post("/commands/colonies.fly"), 404, "unknown_command")
    for _ in range(FEW - 3):  # to join was the first
        assert_problem(ann.get("/nearby"), 422, "invalid")
    assert_problem(ann.get("/nearby"), 429, "rate_limited")
    for _ in range(FEW):
        assert ann.get(f"/colonies/{colony}").status_code == 200
    assert_problem(ann.get("/fleets"), 429, "rate_limited")


def test_counts_nothing_that_another_limit_refuses(ann, monkeypatch, strict):
    monkeypatch.setitem(PER_PLAYER, "build", 1)
    codes = [ann.post("/commands/colonies.build").status_code for _ in range(FEW)]
    assert codes[1:] == [429] * (FEW - 1)
    assert {ann.get("/nearby").status_code for _ in range(FEW - 1)} == {422}
    assert_problem(ann.get("/nearby"), 429, "rate_limited")


def test_lets_whoever_asked_too_much_go_on_and_leave(ann, strict):
    for _ in range(FEW + 1):
        ann.get("/galaxies")
    refreshed = ann.post("/auth/refresh", token=ann.refresh)
    assert refreshed.status_code == 200
    assert ann.post("/auth/logout").status_code == 204


def test_an_export_has_a_limit_of_its_own(ann):
    codes = [ann.get("/me/export").status_code for _ in range(PER_PLAYER["export"] + 1)]
    assert codes == [200] * PER_PLAYER["export"] + [429]
    assert ann.get("/me").status_code == 200
