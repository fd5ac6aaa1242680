"""A stock grows exactly: in steps, at once, or tick by tick."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.core.units import HOUR_MS
from app.game.colonies.model.stock import (
    RESOURCES,
    Production,
    Stock,
    accrue,
    added,
    at,
    settle,
    shortfall,
)

AMOUNTS = st.integers(0, 10**13)
CARRIES = st.integers(0, HOUR_MS - 1)
RATES = st.integers(0, 10**11)
CAPACITIES = st.integers(0, 10**12)
TIMES = st.lists(st.integers(0, 10**9), min_size=1, max_size=8).map(sorted)


def stock_of(
    amount: int, carry: int, rate: int, capacity: int, until_ms: int = 10**10
) -> Stock:
    production = Production(rates={"ore": rate}, capacities_milli={"ore": capacity})
    return Stock(
        amounts_milli={"ore": amount},
        carries={"ore": carry},
        production=production,
        since_ms=0,
        until_ms=until_ms,
    )


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    numbers = (draw(AMOUNTS), draw(CARRIES), draw(RATES), draw(CAPACITIES))
    return at(stock_of(*numbers, until_ms=draw(st.integers(0, 2 * 10**9))), 0)


@given(stocks(), TIMES)
def test_growing_in_steps_equals_growing_at_once(
    stock: Stock, times_ms: list[int]
) -> None:
    stepped = stock
    for time_ms in times_ms:
        stepped = at(stepped, time_ms)
    assert stepped == at(stock, times_ms[-1])


@given(
    AMOUNTS,
    st.integers(0, 10**9),
    CAPACITIES,
    st.integers(1, 300),
    st.integers(0, 400),
)
def test_growing_equals_a_tick_every_second(
    amount: int, rate: int, capacity: int, seconds: int, awake_seconds: int
) -> None:
    """The ticked game counts in 1/HOUR_MS of a milli-unit, so it never rounds."""
    fine, full = amount * HOUR_MS, capacity * HOUR_MS
    for second in range(seconds):
        if fine < full and second < awake_seconds:
            fine = min(full, fine + rate * 1_000)
    stock = stock_of(amount, 0, rate, capacity, until_ms=awake_seconds * 1_000)
    grown = at(stock, seconds * 1_000)
    assert divmod(fine, HOUR_MS) == (grown.amounts_milli["ore"], grown.carries["ore"])


@given(stocks(), TIMES)
def test_amounts_never_shrink_nor_pass_their_capacity(
    stock: Stock, times_ms: list[int]
) -> None:
    seen = [at(stock, time_ms).amounts_milli["ore"] for time_ms in times_ms]
    capacity = stock.production.capacities_milli["ore"]
    assert all(first <= second for first, second in pairwise(seen))
    assert all(amount <= max(capacity, stock.amounts_milli["ore"]) for amount in seen)


@given(stocks(), st.integers(0, 10**9))
def test_what_was_produced_is_the_whole_difference(stock: Stock, at_ms: int) -> None:
    accrual = accrue(stock, at_ms)
    grown = settle(stock, accrual)
    assert added(stock.amounts_milli, accrual.produced) == grown.amounts_milli
    assert accrual.produced["ore"] >= 0


def test_an_amount_above_its_capacity_stands_still() -> None:
    stock = stock_of(amount=500, carry=0, rate=HOUR_MS, capacity=100)
    assert at(stock, HOUR_MS).amounts_milli == {"ore": 500}


def test_nothing_grows_after_its_time() -> None:
    stock = stock_of(amount=0, carry=0, rate=HOUR_MS, capacity=10**6, until_ms=50)
    assert at(stock, 80).amounts_milli == {"ore": 50}
    assert at(stock, 80).since_ms == 80
    assert at(at(stock, 80), 90).amounts_milli == {"ore": 50}


def test_a_remainder_is_carried_until_it_makes_a_milli_unit() -> None:
    stock = stock_of(amount=0, carry=0, rate=HOUR_MS // 2, capacity=10)
    assert at(stock, 1).amounts_milli == {"ore": 0}
    assert at(at(stock, 1), 2).amounts_milli == {"ore": 1}


def test_a_look_into_the_past_changes_nothing() -> None:
    stock = at(stock_of(amount=5, carry=7, rate=HOUR_MS, capacity=100), 50)
    assert at(stock, 10) == stock


def test_a_shortfall_names_what_is_missing_and_only_that() -> None:
    assert shortfall({"ore": 5, "gas": 9}, {"ore": 7, "gas": 9, "ice": 1}) == {
        "ore": 2,
        "ice": 1,
    }


def test_there_are_four_resources() -> None:
    assert RESOURCES == ("energy", "minerals", "rare_elements", "population")
