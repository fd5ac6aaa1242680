"""Percentiles of the crowd's series, of what comes second by second."""

from random import Random

import pytest

from tests.load.crowd.series import KEPT_MAX, Series


def test_nothing_measured_is_zero() -> None:
    assert Series().summary() == {"count": 0, "p50": 0, "p95": 0, "p99": 0, "max": 0}


@pytest.mark.parametrize(("percent", "ms"), [(50, 50), (95, 95), (99, 99), (100, 100)])
def test_percentiles_are_of_the_nearest_rank(percent: float, ms: float) -> None:
    series = Series()
    for number in range(100, 0, -1):
        series.add(number / 1_000)
    assert series.percentile(percent) == pytest.approx(ms, abs=0.11)


def test_percentiles_agree_with_a_sorted_list() -> None:
    draws, series = Random(1), Series()
    seconds = [draws.expovariate(20) for _ in range(5_000)]
    for number, one in enumerate(seconds):
        series.add(one)
        if number % 700 == 0:
            series.tick(number)
    seconds.sort()
    for percent in (50, 95, 99):
        exact_ms = seconds[-(-len(seconds) * percent // 100) - 1] * 1_000
        assert series.percentile(percent) == pytest.approx(exact_ms, abs=0.11)
    assert series.summary()["max"] == round(seconds[-1] * 1_000, 2)


def test_each_second_has_figures_of_its_own() -> None:
    series = Series()
    series.add(0.010)
    series.tick(1.0)
    series.tick(2.0)
    series.add(0.030)
    series.tick(3.0)
    assert [(one.at_s, one.count, one.p95) for one in series.seconds] == [
        (1.0, 1, 10.0),
        (3.0, 1, 30.0),
    ]
    assert series.count == 2


def test_more_than_is_kept_in_a_second_is_counted_all_the_same() -> None:
    series = Series()
    for _ in range(KEPT_MAX + 5):
        series.add(0.001)
    assert series.count == KEPT_MAX + 5


def test_what_is_longer_than_the_longest_still_counts() -> None:
    series = Series()
    series.add(-0.001)
    series.add(1_000.0)
    assert series.count == 2
    assert series.summary()["max"] == 1_000_000.0
