"""Throw at every route what its description allows and forbids: nothing may break."""

from pathlib import Path

import orjson
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from tests.support.web import register

EXAMPLES_MAX = 25
AS_DESCRIBED = [
    checks.response_schema_conformance,
    checks.content_type_conformance,
    checks.status_code_conformance,
]
DOCUMENT = Path(__file__).parents[3] / "docs/protocol/openapi.json"
OPERATIONS = [
    (path, method)
    for path, operations in orjson.loads(DOCUMENT.read_bytes())["paths"].items()
    for method in operations
    if method != "parameters"
]


@pytest.fixture
def free(app, open_app):
    """Give an app that limits nobody."""
    return open_app(rate_limits_factor=100_000)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_never_fails(free, path, method):
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", free)
    asker = register(free)
    asker.joined()
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    cases = [schema[path][method].as_strategy(generation_mode=mode) for mode in modes]

    @given(st.one_of(cases))
    @settings(
        max_examples=EXAMPLES_MAX,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case):
        answer = case.call(headers={"Authorization": f"Bearer {asker.access}"})
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"]
            assert orjson.loads(answer.content)["code"]
        case.validate_response(answer, checks=AS_DESCRIBED)

    check()
