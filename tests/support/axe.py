"""Look for barriers on a page, by the rules of WCAG 2.2 AA that a program can check."""

from collections import Counter
from functools import cache
from typing import Any, NamedTuple

from playwright.sync_api import Page

from deploy.local.client import MODULES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}
NODES_MAX = 5


class Findings(NamedTuple):
    """Hold what axe found on one page."""

    passed: int
    by_impact: Counter[str]
    grave: list[str]
    """What nobody should meet, in words."""


@cache
def _source() -> str:
    return (MODULES / "axe-core" / "axe.min.js").read_text()


def examine(page: Page) -> Findings:
    """Run axe on what a page shows now; animations are ended first."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    page.evaluate(
        "document.getAnimations().forEach(one => {"
        " if (one.effect.getComputedTiming().endTime !== Infinity) one.finish() })"
    )
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => window.axe.run(document, options)", options)
    violations = found["violations"]
    return Findings(
        passed=len(found["passes"]),
        by_impact=Counter(one["impact"] for one in violations),
        grave=[_said(one) for one in violations if one["impact"] in GRAVE],
    )


def _said(violation: dict[str, Any]) -> str:
    nodes = [node["html"][:200] for node in violation["nodes"][:NODES_MAX]]
    return f"{violation['id']}: {violation['help']}: {nodes}"
