"""A bot folds what it hears as the client does."""

from typing import Any

import pytest

from tests.load.folding import Views, apply


def test_follows_new_values_of_fields() -> None:
    view: dict[str, Any] = {
        "player": {"id": "p", "technologies": {}},
        "colonies": {"c": {"id": "c", "buildings": {"mine": 1}}},
        "research": {"projects": []},
    }
    for event in (
        {"type": "colonies.demolished", "colony": "c", "changes": {"buildings": {}}},
        {"type": "players.x", "changes": {"technologies": {"a": 1}}},
        {"type": "research.started", "changes": {"projects": [1]}},
        {"type": "fleets.launched", "fleet": "f", "changes": {"id": "f"}},
        {"type": "battles.started", "battle": "b", "changes": {"tick": 1}},
    ):
        apply(view, event)
    assert view == {
        "player": {"id": "p", "technologies": {"a": 1}},
        "colonies": {"c": {"id": "c", "buildings": {}}},
        "research": {"projects": [1]},
        "fleets": {"f": {"id": "f"}},
        "battles": {"b": {"tick": 1}},
    }


def test_what_is_gone_leaves_the_view() -> None:
    view = {"fleets": {"f": {"id": "f"}, "g": {"id": "g"}}}
    apply(view, {"type": "fleets.left", "fleet": "f", "changes": None})
    apply(view, {"type": "fleets.left", "fleet": "unknown", "changes": None})
    assert view == {"fleets": {"g": {"id": "g"}}}


@pytest.mark.parametrize(
    "event",
    [
        {"type": "fleets.departed", "fleet": "f"},
        {"type": "weather.turned", "changes": {"name": "calm"}},
    ],
)
def test_what_it_does_not_know_changes_nothing(event: dict[str, Any]) -> None:
    view = {"fleets": {"f": {"id": "f"}}}
    apply(view, event)
    assert view == {"fleets": {"f": {"id": "f"}}}


def test_rooms_are_kept_apart_and_left() -> None:
    views, entered = Views(), {"type": "fleets.entered", "fleet": "f", "changes": {}}
    views.show("sector:1:1:full", {"fleets": {}})
    views.apply("sector:1:1:full", entered)
    views.apply("sector:2:2:full", entered)
    assert views.get("sector:1:1:full") == {"fleets": {"f": {}}}
    assert views.get("sector:2:2:full") is None
    views.leave("sector:1:1:full")
    assert list(views.sectors()) == []
