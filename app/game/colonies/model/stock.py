"""Hold resources that grow by themselves: exact, capped and never negative.

Amounts are milli-units. What is produced between two looks is not a whole number of
milli-units, so the remainder is carried in 1/`HOUR_MS` of one: growing in any number of
steps gives what growing at once gives, to the last digit.
"""

from collections.abc import Mapping
from typing import Annotated, TypedDict

from msgspec import Struct
from msgspec.structs import replace

from app.core.shapes import each_of, one_of
from app.core.units import HOUR_MS, Decimal, decimal

RESOURCES = ("energy", "minerals", "rare_elements", "population")

Amounts = Mapping[str, int]
"""Resource -> milli-units."""

Resource = Annotated[str, one_of("Resource", RESOURCES)]
Goods = dict[Resource, Decimal]
"""Some resources, in units, as the wire shows them."""
AllGoods = Annotated[Goods, each_of(RESOURCES)]


class ShownStock(TypedDict):
    """A stock as of `at_ms`; it runs on at `rates_per_hour` up to `capacity`.

    Nothing grows after `until_ms`. What is above its capacity stays.
    """

    amounts: AllGoods
    rates_per_hour: AllGoods
    capacity: AllGoods
    at_ms: int
    until_ms: int


class Production(Struct, frozen=True, kw_only=True):
    """Say how fast a stock grows, in milli-units an hour, and up to what amount."""

    rates: dict[str, int]
    capacities_milli: dict[str, int]


class Accrual(Struct, frozen=True, kw_only=True):
    """Record what a stock produced up to `at_ms`, and what is carried over."""

    at_ms: int
    produced: dict[str, int]
    carries: dict[str, int]


class Stock(Struct, frozen=True, kw_only=True):
    """Hold the amounts as they were at `since_ms`, and how they grow up to `until_ms`.

    Rates are never negative. An amount above its capacity (a refund) neither grows nor
    shrinks.
    """

    amounts_milli: dict[str, int]
    carries: dict[str, int]
    production: Production
    since_ms: int
    until_ms: int


def accrue(stock: Stock, at_ms: int) -> Accrual:
    """Compute what a stock produces until `at_ms`; nothing before its `since_ms`."""
    passed_ms = max(0, min(at_ms, stock.until_ms) - stock.since_ms)
    produced, carries = {}, {}
    for resource, amount in stock.amounts_milli.items():
        total = stock.production.rates[resource] * passed_ms + stock.carries[resource]
        room = max(0, stock.production.capacities_milli[resource] - amount)
        grown, carry = divmod(total, HOUR_MS)
        full = grown >= room
        produced[resource] = room if full else grown
        carries[resource] = 0 if full else carry
    return Accrual(at_ms=max(at_ms, stock.since_ms), produced=produced, carries=carries)


def settle(stock: Stock, accrual: Accrual) -> Stock:
    """Add what was produced, and grow on from the time of the accrual."""
    return replace(
        stock,
        amounts_milli=added(stock.amounts_milli, accrual.produced),
        carries=accrual.carries,
        since_ms=accrual.at_ms,
    )


def at(stock: Stock, at_ms: int) -> Stock:
    """Give the stock as it is at `at_ms`."""
    return settle(stock, accrue(stock, at_ms))


def added(amounts: Amounts, more: Amounts) -> dict[str, int]:
    """Add amounts to amounts; what is absent counts as 0."""
    return {**amounts, **{name: amounts.get(name, 0) + more[name] for name in more}}


def negative(amounts: Amounts) -> dict[str, int]:
    """Turn what comes in into what goes out."""
    return {resource: -amount for resource, amount in amounts.items()}


def shortfall(amounts: Amounts, cost: Amounts) -> dict[str, int]:
    """Give what is missing of a cost, by resource; empty where it can be paid."""
    missing = {name: cost[name] - amounts.get(name, 0) for name in cost}
    return {name: milli for name, milli in missing.items() if milli > 0}


def in_units(amounts: Amounts) -> Goods:
    """Show milli-units as numbers with at most three decimals, for the wire."""
    return {resource: decimal(milli) for resource, milli in amounts.items()}


def shown(stock: Stock) -> ShownStock:
    """Show a stock in units, as of its `since_ms`, for the wire."""
    return {
        "amounts": in_units(stock.amounts_milli),
        "rates_per_hour": in_units(stock.production.rates),
        "capacity": in_units(stock.production.capacities_milli),
        "at_ms": stock.since_ms,
        "until_ms": stock.until_ms,
    }
