"""Read every query of rules and dashboard, and what each asks of the metrics."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import promql_parser as ast
import yaml

from deploy.local.folders import ROOT

PROMETHEUS = ROOT / "deploy" / "prometheus"
DASHBOARD = ROOT / "deploy" / "grafana" / "dashboards" / "cluster.json"
BUILT_IN = {"ALERTS": {"alertname", "alertstate"}}


class Query(NamedTuple):
    """Hold one query and where it stands."""

    where: str
    text: str


class Asked(NamedTuple):
    """Hold what a query needs: its series, and the labels that it groups by."""

    series: tuple[Any, ...]
    """Vector selectors, with `name` and `matchers`."""
    grouped: frozenset[str]


def rules() -> list[dict[str, Any]]:
    """Give all rules, recording ones first."""
    return [
        rule
        for name in ("recording.yml", "alerts.yml")
        for group in yaml.safe_load((PROMETHEUS / name).read_text())["groups"]
        for rule in group["rules"]
    ]


def panels() -> list[dict[str, Any]]:
    """Give the dashboard's panels."""
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return found


def queries() -> Iterator[Query]:
    """Give every query that an operator's tools will ask."""
    for rule in rules():
        yield Query(rule.get("record") or rule["alert"], rule["expr"])
    for panel in panels():
        for target in panel.get("targets", ()):
            yield Query(panel["title"], target["expr"])


def asked(query: str) -> Asked:
    """Take a query apart.

    Raises:
        ValueError: it is no PromQL.
    """
    series: list[Any] = []
    grouped: set[str] = set()

    def visit(node: Any) -> None:
        if isinstance(node, ast.VectorSelector):
            series.append(node)
        if isinstance(node, ast.MatrixSelector):
            series.append(node.vector_selector)
        if isinstance(node, ast.AggregateExpr) and node.modifier is not None:
            grouped.update(node.modifier.labels)

    ast.walk(ast.parse(query), pre_visit=visit)
    unique = {(one.name, str(one)): one for one in series}
    return Asked(tuple(unique.values()), frozenset(grouped))


def recorded() -> dict[str, set[str]]:
    """Give the series that rules make, and the labels of each."""
    made = {
        rule["record"]: set(asked(rule["expr"]).grouped) - {"le"}
        for rule in rules()
        if "record" in rule
    }
    return made | BUILT_IN
