"""Check what passes as a body."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest

from app.web import strict_json


@pytest.mark.parametrize(
    "data",
    [
        b"NaN",
        b"Infinity",
        b"[1,]",
        b"{",
        b"\xff\xfe",
        b'"\\ud800"',
        b"1e999",
        b"",
        b"'x'",
        b"[" * 1000 + b"]" * 1000,
        b"[" * 100000,
        b'{"a":' * 17 + b"1" + b"}" * 17,
    ],
)
def test_refuses_what_is_no_plain_json(data):
    with pytest.raises(BadRequest):
        strict_json.loads(data)


def test_reads_json_up_to_the_depth_it_allows():
    assert strict_json.loads(b"[" * 16 + b"]" * 16)


@given(st.binary(max_size=200))
def test_answers_any_bytes_with_json_or_a_refusal(data):
    with suppress(BadRequest):
        assert strict_json.loads(data) == json.loads(data)
