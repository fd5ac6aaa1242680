"""Say what views look like beyond what Python's types tell: names out of a set.

Views are TypedDicts, which mypy checks where they are made. `make protocol` turns them
into JSON schemas and into the client's types; the notes made here stand in both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """Hold what a type's JSON schema says beside what the type says."""

    schema: dict[str, Any]


def one_of(title: str, names: Iterable[str]) -> Note:
    """Note that a text is one of `names`, which clients know as type `title`."""
    return Note({"title": title, "enum": list(names)})


def called(title: str) -> Note:
    """Note that a text is one of the names that another slice lists as `title`."""
    return Note({"title": title})


def each_of(names: Iterable[str]) -> Note:
    """Note that a map holds every one of `names`; without it, it holds some."""
    return Note({"required": list(names)})


def some_of(view: type) -> Note:
    """Note that a map holds some fields of a view, with their new values."""
    return Note({"x-some": view})
