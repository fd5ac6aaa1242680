"""Check that nginx' own errors are what the app's are."""

import json
import re
from http import HTTPStatus
from pathlib import Path

import pytest

from app.web.problems import STATUS, Problem

TEXT = (Path(__file__).parents[3] / "nginx/errors.conf").read_text()
BODIES = {
    int(status): json.loads(body)
    for status, body in re.findall(r"return (\d+) '(.*)';", TEXT)
}
OTHERS = {400: "invalid", 502: "unavailable", 504: "unavailable"}
"""Where one code has more than one status."""


def test_nginx_answers_every_error_that_it_makes_as_a_problem():
    pages = re.findall(r"^error_page .*[@/](\d+)", TEXT, re.MULTILINE)
    assert sorted(map(int, pages)) == sorted(BODIES)


@pytest.mark.parametrize("status", BODIES)
def test_a_problem_of_nginx_is_whole_and_has_a_code_that_is_known(status):
    body = BODIES[status]
    assert Problem().validate(body) == {}
    assert body["status"] == status
    assert body["title"] == HTTPStatus(status).phrase
    assert body["detail"] == body["message"]
    assert OTHERS.get(status) == body["code"] or STATUS[body["code"]] == status
