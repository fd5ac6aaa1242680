"""Run alerts over invented samples, from files that `promtool test rules` runs, too."""

import math
import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import promql_parser
import yaml

from tests.support.promql import NAME, Database, Labels, nameless

_SERIES = re.compile(r"^(\w+)(?:\{(.*)\})?$")
_LABEL = re.compile(r'(\w+)="([^"]*)"')
_RUN = re.compile(r"^(-?[\d.e]+)(?:([+-])([\d.e]+))?(?:x(\d+))?$")
_TEMPLATE = re.compile(r"\{\{ \$(\w+)(?:\.(\w+))?(?: \| (\w+))? \}\}")

Fired = list[tuple[dict[str, str], dict[str, str]]]
"""Labels and annotations of each alert that fires."""


class Rules:
    """Hold the rules of a test file, as its `rule_files` name them."""

    def __init__(self, file: Path) -> None:
        content = yaml.safe_load(file.read_text())
        self.tests: list[dict[str, Any]] = content["tests"]
        self._step_s = seconds(content["evaluation_interval"])
        order = content["group_eval_order"]
        groups = [
            group
            for name in content["rule_files"]
            for group in yaml.safe_load((file.parent / name).read_text())["groups"]
        ]
        groups.sort(key=lambda group: order.index(group["name"]))
        self.rules = [rule for group in groups for rule in group["rules"]]

    def firing(self, test: dict[str, Any], alert: str, at_s: float) -> Fired:
        """Evaluate all rules up to a time, and tell what fires then by one name."""
        database = Database()
        _load(database, test["input_series"], seconds(test["interval"]))
        since_s: dict[tuple[str, Labels], float] = {}
        fired: Fired = []
        now_s = 0.0
        while now_s <= at_s:
            fired = []
            for rule in self.rules:
                found = database.ask(rule["expr"], now_s)
                if "record" in rule:
                    for labels, value in found.items():
                        named = nameless(labels) | {(NAME, rule["record"])}
                        database.add(named, now_s, value)
                elif rule["alert"] == alert:
                    fired += _pending(rule, found, since_s, now_s)
            now_s += self._step_s
        return fired


def seconds(text: str) -> float:
    """Read a duration, as Prometheus writes it."""
    found: timedelta = promql_parser.parse_duration(text)
    return found.total_seconds()


def _load(
    database: Database, inputs: Iterable[dict[str, str]], interval_s: float
) -> None:
    for one in inputs:
        found = _SERIES.match(one["series"])
        assert found, one["series"]
        labels = frozenset({(NAME, found[1]), *_LABEL.findall(found[2] or "")})
        for i, value in enumerate(_values(one["values"])):
            if value is not None:
                database.add(labels, i * interval_s, value)


def _values(text: str) -> Iterable[float | None]:
    """Spell out `1 0x3 5+2x10 _x4`."""
    for item in text.split():
        if item.startswith("_"):
            yield from [None] * int(item.removeprefix("_x") if "x" in item else 1)
            continue
        found = _RUN.match(item)
        assert found, item
        step = float(found[3] or 0) * (-1 if found[2] == "-" else 1)
        for i in range(int(found[4] or 0) + 1):
            yield float(found[1]) + i * step


def _pending(
    rule: dict[str, Any],
    found: dict[Labels, float],
    since_s: dict[tuple[str, Labels], float],
    now_s: float,
) -> Fired:
    """Tell what was so for long enough."""
    name = rule["alert"]
    for key in [key for key in since_s if key[0] == name and key[1] not in found]:
        del since_s[key]
    fired = []
    for labels, value in found.items():
        began_s = since_s.setdefault((name, labels), now_s)
        if "for" not in rule or now_s - began_s >= seconds(rule["for"]):
            own = dict(nameless(labels))
            said = {
                key: rendered(text, own, value)
                for key, text in rule["annotations"].items()
            }
            fired.append((own | rule["labels"], said))
    return fired


def rendered(text: str, labels: dict[str, str], value: float) -> str:
    """Fill in an annotation's template."""

    def fill(found: re.Match[str]) -> str:
        what, label, form = found.groups()
        if what == "labels":
            return labels[label]
        return _FORMS[form](value)

    return _TEMPLATE.sub(fill, text)


def _number(value: float) -> str:
    return f"{value:.4g}"


def _duration(value: float) -> str:
    if value < 1:
        return f"{_number(value * 1_000)}ms"
    minutes, rest = divmod(value, 60)
    if not minutes:
        return f"{_number(value)}s"
    return f"{int(minutes)}m {int(rest)}s"


def _bytes(value: float) -> str:
    prefixes = ("", "ki", "Mi", "Gi")
    power = min(len(prefixes) - 1, int(math.log(max(value, 1), 1_024)))
    return f"{_number(value / 1_024**power)}{prefixes[power]}"


_FORMS = {
    None: lambda value: str(int(value) if value == int(value) else value),
    "humanize": _number,
    "humanizeDuration": _duration,
    "humanizePercentage": lambda value: f"{_number(value * 100)}%",
    "humanize1024": _bytes,
}
