"""Read what processes tell of themselves: their metrics, twice a second apart."""

import http.client
import math
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic, sleep

from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from deploy.local.ports import LOOPBACK

SPAN_S = 1.0
PATIENCE_S = 2.0
PAGE_BYTES_MAX = 4_000_000
ASKED_AT_ONCE_MAX = 16

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one reading of /metrics: name and labels of a sample -> its value."""

    at_s: float = 0.0
    samples: Mapping[str, Mapping[Labels, float]] = field(default_factory=dict)

    def sum(self, name: str) -> float:
        """Add up a metric over its labels."""
        return sum(self.samples.get(name, {}).values())

    def worst(self, name: str) -> float:
        """Give the highest value of a metric over its labels."""
        return max(self.samples.get(name, {}).values(), default=0.0)

    def label(self, name: str, label: str) -> str:
        """Give what a metric's label says."""
        for labels in self.samples.get(name, {}):
            return dict(labels).get(label, "")
        return ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold two pages of one process, so that rates can be told."""

    before: Page
    after: Page

    @property
    def answers(self) -> bool:
        """Tell whether the process told anything at the end."""
        return bool(self.after.samples)

    def rate(self, name: str) -> float:
        """Give how much a counter grew in a second."""
        span_s = self.after.at_s - self.before.at_s
        grown = self.after.sum(name) - self.before.sum(name)
        return max(0.0, grown) / span_s if self.before.samples and span_s else 0.0


def read(ports: Mapping[str, int]) -> dict[str, Reading]:
    """Read the pages of some processes by name: all at once, then all again."""
    names = list(ports)
    with ThreadPoolExecutor(ASKED_AT_ONCE_MAX) as pool:
        before = list(pool.map(_page, ports.values()))
        sleep(SPAN_S)
        after = list(pool.map(_page, ports.values()))
    return {
        name: Reading(first, last)
        for name, first, last in zip(names, before, after, strict=True)
    }


def quantile(readings: Iterable[Reading], name: str, share: float) -> float | None:
    """Give a quantile of what a histogram saw between the pages; None of nothing.

    It is the upper bound of the bucket in which it lies: it may be less, not more.
    """
    counts: dict[float, float] = {}
    for reading in readings:
        if not reading.before.samples:
            continue
        bucket = f"{name}_bucket"
        for labels, value in reading.after.samples.get(bucket, {}).items():
            bound = float(dict(labels)["le"])
            grown = value - reading.before.samples.get(bucket, {}).get(labels, 0.0)
            counts[bound] = counts.get(bound, 0.0) + grown
    total = counts.get(math.inf, 0.0)
    if total <= 0:
        return None
    return next(b for b in sorted(counts) if counts[b] >= share * total)


def parse(text: str, at_s: float) -> Page:
    """Read a page of Prometheus' text format."""
    samples: dict[str, dict[Labels, float]] = {}
    family: Metric
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = tuple(sorted(sample.labels.items()))
            samples.setdefault(sample.name, {})[labels] = sample.value
    return Page(at_s, samples)


def _page(port: int) -> Page:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read(PAGE_BYTES_MAX).decode()
        return parse(text, monotonic())
    except (OSError, http.client.HTTPException, ValueError):
        return Page()
    finally:
        connection.close()
