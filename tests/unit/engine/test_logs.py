"""Check that logs are one JSON object a line and give no secret away."""

import io
import json
import logging

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import logs

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLXdpdGgtbGVuZ3Ro"


@pytest.fixture
def lines():
    stream = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.configure("test", "INFO", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logs.start()
    root.handlers[:], level = before
    root.setLevel(level)
    logging.captureWarnings(False)


def test_writes_one_object_a_line_with_the_context(lines):
    logs.start(request_id="r1")
    with logs.bound(command_id="c1"):
        structlog.get_logger("here").info("done", player_id="p1")
    (line,) = lines()
    assert line["event"] == "done"
    assert line["process"] == "test"
    assert [line[name] for name in ("request_id", "command_id", "player_id")] == [
        "r1",
        "c1",
        "p1",
    ]


def test_forgets_the_context_of_the_work_before(lines):
    logs.start(request_id="r1", player_id="p1")
    logs.start(request_id="r2")
    structlog.get_logger("here").info("done")
    (line,) = lines()
    assert line["request_id"] == "r2"
    assert "player_id" not in line


def test_takes_the_lines_of_libraries_too(lines):
    logging.getLogger("library").warning("slow: %s", "query")
    (line,) = lines()
    assert line["event"] == "slow: query"
    assert line["level"] == "warning"


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "hunter22"},
        {"headers": {"Authorization": "Bearer hunter22"}},
        {"deep": [{"refresh_token": "hunter22"}]},
        {"url": "postgresql://me:hunter22@host/db"},
    ],
)
def test_hides_secrets_by_their_names_and_looks(lines, fields):
    structlog.get_logger("here").info("x", **fields)
    assert "hunter22" not in json.dumps(lines())


def test_hides_tokens_wherever_they_stand(lines):
    log = structlog.get_logger("here")
    log.info(f"bad {TOKEN}", path=f"/me?token={TOKEN}", args=(TOKEN,))  # noqa: G004
    try:
        raise ValueError(TOKEN)
    except ValueError:
        log.exception("failed")
    text = json.dumps(lines())
    assert "c2lnbmF0dXJl" not in text
    assert "ValueError" in text


def test_keeps_line_breaks_of_the_input_out(lines):
    forged = 'x\r\n{"event":"forged"}\u2028\u0085\x1b[31m'
    structlog.get_logger("here").info("x", path=forged, **{"a\nb": 1})
    (line,) = lines()
    assert not set("\r\n\u2028\u0085\x1b") & set(line["path"])
    assert "a\nb" not in line


@settings(max_examples=50)
@given(
    st.dictionaries(
        st.text(max_size=9),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        ),
    )
)
def test_can_write_any_value(fields):
    line = logs.scrub(None, "info", dict(fields))
    assert isinstance(logs._render(None, "info", line), str)


def test_cuts_what_is_too_long_or_too_deep():
    deep: list = []
    for _ in range(100):
        deep = [deep]
    line = logs.scrub(None, "info", {"long": "x" * 99_999, "deep": deep})
    assert len(line["long"]) < logs.TEXT_MAX + 9
    assert len(logs._render(None, "info", line)) < 2 * logs.TEXT_MAX
