"""What a run showed becomes a table, a page and a verdict."""

from typing import Any, cast

import pytest
from rich.console import Console

from tests.load.crowd import limits
from tests.load.crowd.crowd import Crowd
from tests.load.crowd.dialect import User
from tests.load.crowd.measure import Figures
from tests.load.crowd.ours import Ours
from tests.load.crowd.outcome import Run
from tests.load.crowd.page import page
from tests.load.crowd.plot import plot
from tests.load.crowd.processes import Processes
from tests.load.crowd.search import Bounds
from tests.load.crowd.table import show

ASKED = {"users": 2, "seconds": 2, "mix": "play", "seed": 1}


def figures_of(ack_ms: float) -> Figures:
    figures = Figures()
    figures.sent["colonies.build"] = 100
    for _ in range(100):
        figures.acked("colonies.build", ack_ms / 1_000)
    figures.deliveries = 200
    figures.tick(1.0)
    return figures


def plain_of(figures: Figures, **asked: float) -> dict[str, Any]:
    users = [User(number, f"u{number}", "1") for number in range(2)]
    crowd = Crowd(cast("Ours", None), figures, users)
    crowd.ran_s, crowd.cpu_s = 2.0, 0.2
    run = Run(ASKED, {"cores": 2}, crowd, Processes(dict), limits.read(asked))
    run.entering = {"registered": 2, "reused": 0, "took_s": 0.1}
    run.empty = {"web.1": 100 * 1024}
    run.full = {"web.1": 180 * 1024}
    return run.plain()


def test_what_keeps_to_its_limits_misses_nothing() -> None:
    plain = plain_of(figures_of(10), ack_p95_ms=50, broadcast_p95_ms=100)
    assert plain["missed"] == []
    [limit] = plain["limits"]  # no broadcast was measured, so none is judged
    assert (limit["what"], limit["met"]) == ("ack p95", True)
    assert plain["memory"]["web_kib_per_connection"] == 40.0
    assert plain["generator"]["us_per_user_s"] == 50_000.0


def test_what_is_too_slow_is_named_with_its_limit() -> None:
    plain = plain_of(figures_of(80), ack_p95_ms=50)
    assert plain["missed"] == ["ack p95: 80.0 ms, at most 50 ms"]


def test_errors_and_gaps_are_missed_whatever_the_limits() -> None:
    figures = figures_of(1)
    figures.errors["rate_limited"] = 3
    figures.refused["not_enough_resources"] = 9
    figures.numbers.gaps_seen = 2
    figures.numbers.gaps_healed = 1
    figures.http[502] = 1
    missed = ["gaps not healed: 1", "rate_limited: 3", "HTTP 502: 1"]
    assert plain_of(figures)["missed"] == missed


def test_a_generator_that_is_late_or_busy_says_so() -> None:
    figures = figures_of(1)
    figures.late.add(0.02)
    [late] = limits.bottleneck(limits.read({"ack_p95_ms": 50.0}), figures, 0.5)
    assert "late" in late
    [busy] = limits.bottleneck([], figures_of(1), 0.9)
    assert "90%" in busy


def test_the_page_needs_nothing_else_and_escapes_what_it_shows() -> None:
    figures = figures_of(10)
    figures.errors["<script>alert(1)</script>"] = 1
    html = page(plain_of(figures))
    assert "<script" not in html
    assert "<polyline" in html
    assert "src=" not in html
    assert "href=" not in html


def test_the_table_says_the_verdict() -> None:
    console = Console(width=200)
    with console.capture() as captured:
        show(plain_of(figures_of(80), ack_p95_ms=50), console)
    assert "missed: ack p95: 80.0 ms" in captured.get()
    assert "colonies.build" in captured.get()


def test_lines_reach_from_zero_to_a_round_number() -> None:
    svg = plot({"p50": [(0.0, 0.0), (10.0, 7.0)]}, "ms")
    assert ">10</text>" in svg
    assert "10 s" in svg
    assert plot({"p50": []}, "ms") == "<p>Nothing was measured.</p>"


@pytest.mark.parametrize("most", [100, 470, 999, 3_000])
def test_a_search_doubles_then_bisects_to_the_most_users(most: int) -> None:
    bounds = Bounds(250)
    while not bounds.is_found:
        users = bounds.next
        bounds.steps.append({"users": users})
        bounds.learn(users, is_good=users <= most)
    assert bounds.good <= most
    assert bounds.good >= most * 0.94 - 10
    assert len(bounds.steps) <= 12
