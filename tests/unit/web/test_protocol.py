"""Check that the written reference is that of the code."""

import orjson
import pytest

from app.game import registry
from deploy import protocol

FOLDER = "docs/protocol"


@pytest.fixture(scope="module")
def documents():
    """Give the documents as the code makes them now."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in protocol.NOWHERE.items():
            patch.setenv(name, value)
        return protocol.documents()


@pytest.mark.parametrize(
    "name",
    [
        "docs/protocol/openapi.json",
        "docs/protocol/asyncapi.json",
        "docs/protocol/README.md",
        "client/src/wire/types.ts",
    ],
)
def test_is_written_anew_after_a_change(documents, name):
    written = (protocol.ROOT / name).read_bytes()
    assert written == documents[name], "run `make protocol`"


def test_describes_every_command_on_both_ways(documents):
    http = orjson.loads(documents[f"{FOLDER}/openapi.json"])["paths"]
    socket = orjson.loads(documents[f"{FOLDER}/asyncapi.json"])["operations"]
    for name in registry.WIRE:
        assert f"/api/v1/commands/{name}" in http
        assert socket[name]["reply"]


def test_names_both_types_of_what_may_be_null(documents):
    page = documents[f"{FOLDER}/README.md"].decode()
    assert "| `order` | object or null |" in page
    assert "['" not in page


def test_points_nowhere_in_vain(documents):
    for name in ("openapi.json", "asyncapi.json"):
        document = orjson.loads(documents[f"{FOLDER}/{name}"])
        for ref in refs(document):
            found = document
            for step in ref.removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/")]


def test_knows_no_times_but_unix_ms(documents):
    for name in ("openapi.json", "asyncapi.json"):
        assert b"date-time" not in documents[f"{FOLDER}/{name}"]


def refs(part):
    """Find every reference in a document."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for child in part.values():
            yield from refs(child)
    elif isinstance(part, list):
        for child in part:
            yield from refs(child)
