"""Rules and dashboard ask what can be asked, and show it in its own unit."""

from collections import Counter

import pytest

from tests.support.queries import Query, asked, panels, queries, recorded, rules

GRID_COLUMNS = 24
UNITS = {"_seconds": "s", "_bytes": "bytes", ":share": "percentunit"}
"""How a metric's name ends -> what a panel shows it in."""


@pytest.mark.parametrize("query", list(queries()), ids=lambda query: query.where)
def test_every_query_is_promql(query: Query) -> None:
    assert asked(query.text).series


def test_what_a_rule_makes_is_used() -> None:
    used = {one.name for query in queries() for one in asked(query.text).series}

    assert {rule["record"] for rule in rules() if "record" in rule} <= used


def shown_in(panel: dict) -> str | None:
    return panel["fieldConfig"]["defaults"].get("unit")


@pytest.mark.parametrize(
    "panel",
    [panel for panel in panels() if panel["type"] in ("timeseries", "stat")],
    ids=lambda panel: panel["title"],
)
def test_a_panel_shows_a_metric_in_its_own_unit(panel: dict) -> None:
    for target in panel["targets"]:
        for one in asked(target["expr"]).series:
            name = one.name.removesuffix("_bucket").partition(":p")[0]
            for ending, unit in UNITS.items():
                if name.endswith(ending):
                    assert shown_in(panel) == unit, target["expr"]


def test_thresholds_of_the_dashboard_are_those_of_alerts() -> None:
    """A line that is drawn where nobody is woken, or the other way, confuses."""
    said = " ".join(rule["expr"] for rule in rules() if "alert" in rule)
    for panel in panels():
        if panel["type"] != "timeseries":
            continue
        steps = panel["fieldConfig"]["defaults"].get("thresholds", {}).get("steps", [])
        for step in steps[1:]:
            bound = 0 if panel["title"] == "Problems in the world" else step["value"]
            assert f" {bound}" in said, panel["title"]


def test_panels_have_a_place_and_an_id_each() -> None:
    found = panels()
    taken: Counter = Counter()
    for panel in found:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= GRID_COLUMNS
        taken.update(
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        )

    assert set(taken.values()) == {1}
    assert len({panel["id"] for panel in found}) == len(found)


def test_recorded_series_have_the_labels_they_are_summed_by() -> None:
    made = recorded()

    assert made["queue:gd_timer_lateness_seconds:p99"] == {"queue"}
    assert made["cluster:gd_ack_seconds:p95"] == set()
