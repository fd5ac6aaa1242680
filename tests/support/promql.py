"""Evaluate the part of PromQL that our rules use, over samples held in memory.

Parsed by Prometheus' grammar (promql-parser); what isn't known here fails loudly. Rates
are extrapolated to the ends of their range, as Prometheus does it.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import promql_parser as ast

NAME = "__name__"
LOOKBACK_S = 300.0

Labels = frozenset[tuple[str, str]]
Vector = dict[Labels, float]
Samples = list[tuple[float, float]]
"""(seconds, value), oldest first."""

_MATCHES: dict[str, Callable[[str, str], bool]] = {
    "MatchOp.Equal": lambda found, asked: found == asked,
    "MatchOp.NotEqual": lambda found, asked: found != asked,
    "MatchOp.Re": lambda found, asked: re.fullmatch(asked, found) is not None,
    "MatchOp.NotRe": lambda found, asked: re.fullmatch(asked, found) is None,
}
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b if b else float("nan"),
}
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
_AGGREGATIONS: dict[str, Callable[[list[float]], float]] = {
    "sum": sum,
    "max": max,
    "min": min,
    "count": lambda values: float(len(values)),
}


class Range(NamedTuple):
    """Hold the samples of each series in a stretch of time."""

    start_s: float
    end_s: float
    series: dict[Labels, Samples]


class Database:
    """Hold samples, and answer queries at an instant."""

    def __init__(self) -> None:
        self._series: dict[Labels, Samples] = {}

    def add(self, labels: Labels, at_s: float, value: float) -> None:
        """Add a sample; each series comes in the order of time."""
        self._series.setdefault(labels, []).append((at_s, value))

    def ask(self, query: str, at_s: float) -> Vector:
        """Give what a query answers at an instant; a number has no labels."""
        found = self._value(_parsed(query), at_s)
        return {frozenset(): found} if isinstance(found, float) else found

    def _value(self, node: Any, at_s: float) -> Any:
        found: Any
        match type(node).__name__:
            case "NumberLiteral":
                found = float(node.val)
            case "ParenExpr":
                found = self._value(node.expr, at_s)
            case "VectorSelector":
                found = self._instant(node, at_s)
            case "MatrixSelector":
                found = self._range(node, at_s)
            case "AggregateExpr":
                found = _aggregated(node, self._value(node.expr, at_s))
            case "Call":
                found = _called(node, [self._value(one, at_s) for one in node.args])
            case "BinaryExpr":
                both = (self._value(one, at_s) for one in (node.lhs, node.rhs))
                found = _combined(node, *both)
            case other:
                raise NotImplementedError(other)
        return found

    def _selected(self, node: Any) -> Iterable[tuple[Labels, Samples]]:
        if node.offset or node.at or node.matchers.or_matchers:
            raise NotImplementedError("offset, @, or")
        for labels, samples in self._series.items():
            of = dict(labels)
            if of[NAME] == node.name and all(
                _MATCHES[str(one.op)](of.get(one.name, ""), one.value)
                for one in node.matchers.matchers
            ):
                yield labels, samples

    def _instant(self, node: Any, at_s: float) -> Vector:
        found = {}
        for labels, samples in self._selected(node):
            seen = [one for one in samples if at_s - LOOKBACK_S < one[0] <= at_s]
            if seen:
                found[labels] = seen[-1][1]
        return found

    def _range(self, node: Any, at_s: float) -> Range:
        start_s = at_s - node.range.total_seconds()
        inside = {
            labels: [one for one in samples if start_s < one[0] <= at_s]
            for labels, samples in self._selected(node.vector_selector)
        }
        return Range(start_s, at_s, inside)


@cache
def _parsed(query: str) -> Any:
    return ast.parse(query)


def nameless(labels: Labels) -> Labels:
    """Leave the metric's name out."""
    return frozenset(one for one in labels if one[0] != NAME)


def _aggregated(node: Any, vector: Vector) -> Vector:
    by: list[str] = []
    if node.modifier is not None:
        if not str(node.modifier).startswith("by"):
            raise NotImplementedError("without")
        by = node.modifier.labels
    groups: dict[Labels, list[float]] = {}
    for labels, value in vector.items():
        kept = frozenset(one for one in labels if one[0] in by)
        groups.setdefault(kept, []).append(value)
    reduce = _AGGREGATIONS[str(node.op)]
    return {labels: float(reduce(values)) for labels, values in groups.items()}


def _called(node: Any, arguments: list[Any]) -> Any:
    match node.func.name:
        case "rate" | "increase" as name:
            range_ = arguments[0]
            span_s = range_.end_s - range_.start_s if name == "rate" else 1.0
            grown = {key: _grown(range_, one) for key, one in range_.series.items()}
            return {
                nameless(key): value / span_s
                for key, value in grown.items()
                if value is not None
            }
        case "histogram_quantile":
            return _quantiles(*arguments)
        case "absent":
            return {} if arguments[0] else {frozenset(_equalities(node.args[0])): 1.0}
        case "vector":
            return {frozenset(): arguments[0]}
    raise NotImplementedError(node.func.name)


def _equalities(node: Any) -> Iterable[tuple[str, str]]:
    """Give the labels that `absent` tells; none where it is asked more than a name."""
    if type(node).__name__ == "VectorSelector":
        for one in node.matchers.matchers:
            if str(one.op) == "MatchOp.Equal":
                yield one.name, one.value


def _grown(range_: Range, samples: Samples) -> float | None:
    """Extrapolate a counter's growth to the whole range, as Prometheus does."""
    if len(samples) < 2:
        return None
    grown = samples[-1][1] - samples[0][1]
    for before, after in pairwise(samples):
        grown += before[1] if after[1] < before[1] else 0.0
    seen_s = samples[-1][0] - samples[0][0]
    gap_s = seen_s / (len(samples) - 1) * 1.1
    before_s, after_s = samples[0][0] - range_.start_s, range_.end_s - samples[-1][0]
    before_s = before_s if before_s < gap_s else gap_s / 2.2
    after_s = after_s if after_s < gap_s else gap_s / 2.2
    if grown > 0:
        before_s = min(before_s, seen_s * samples[0][1] / grown)
    return grown * (seen_s + before_s + after_s) / seen_s


def _quantiles(share: float, buckets: Vector) -> Vector:
    histograms: dict[Labels, list[tuple[float, float]]] = {}
    for labels, count in buckets.items():
        rest = frozenset(one for one in labels if one[0] not in ("le", NAME))
        bound = float(dict(labels)["le"])
        histograms.setdefault(rest, []).append((bound, count))
    return {key: _quantile(share, sorted(one)) for key, one in histograms.items()}


def _quantile(share: float, buckets: list[tuple[float, float]]) -> float:
    rank = share * buckets[-1][1]
    if not buckets[-1][1]:
        return float("nan")
    below, lower = 0.0, 0.0
    for bound, count in buckets:
        if count >= rank:
            if bound == float("inf"):
                return lower
            return lower + (bound - lower) * (rank - below) / (count - below)
        below, lower = count, bound
    raise ValueError("a histogram without +Inf")


def _combined(node: Any, left: Any, right: Any) -> Any:
    operator = str(node.op)
    if node.modifier is not None and (
        node.modifier.return_bool or node.modifier.matching
    ):
        raise NotImplementedError(str(node.modifier))
    if operator == "or":
        taken = {nameless(labels) for labels in left}
        return left | {
            key: one for key, one in right.items() if nameless(key) not in taken
        }
    if operator in _COMPARISONS:
        holds = _COMPARISONS[operator]
        return {
            labels: value
            for labels, value, other in _pairs(left, right)
            if holds(value, other)
        }
    compute = _ARITHMETIC[operator]
    if isinstance(left, float) and isinstance(right, float):
        return compute(left, right)
    return {
        nameless(labels): compute(value, other)
        for labels, value, other in _pairs(left, right)
    }


def _pairs(left: Any, right: Any) -> Iterable[tuple[Labels, float, float]]:
    """Match one to one by all labels but the name."""
    if isinstance(right, float):
        yield from ((labels, value, right) for labels, value in left.items())
    elif isinstance(left, float):
        yield from ((labels, left, value) for labels, value in right.items())
    else:
        others = {nameless(labels): value for labels, value in right.items()}
        for labels, value in left.items():
            if nameless(labels) in others:
                yield labels, value, others[nameless(labels)]
