"""One-way transfers: who feeds another account, and who only looks like it."""

from collections.abc import Sequence
from random import Random

import pytest
from msgspec.structs import replace

from app.core.units import DAY_MS, MINUTE_MS, to_milli
from app.game.anticheat.model.traces import Effort, Gift, Pair
from app.game.anticheat.rules.pairs import pairs
from app.game.anticheat.rules.transfers import (
    CONFIDENCE_MIN,
    SHARERS_MAX,
    TRANSFERS,
    one_way_transfers,
)
from tests.unit.anticheat.dataset import flows
from tests.unit.anticheat.dataset.judge import flags_of

VALUE_MILLI = to_milli(1_000)
HOUSEHOLDS = 300


def gift(day: float, stakes_percent: int = 0, **more: str) -> Gift:
    both = {"sender": "farm", "receiver": "main"} | more
    return Gift(
        at_ms=int(day * DAY_MS),
        source=f"b{day}",
        value_milli=VALUE_MILLI,
        stakes_milli=VALUE_MILLI * stakes_percent // 100,
        **both,
    )


def pair(gifts: Sequence[Gift], **more) -> Pair:
    fed = {
        "sender": "farm",
        "receiver": "main",
        "given": tuple(gifts),
        "out_milli": VALUE_MILLI * len(gifts),
        "sender_did": Effort(40, 2),
        "receiver_did": Effort(2_000, 900),
        "sharers": 2,
    }
    return Pair(**fed | more)


DAILY = [gift(day) for day in range(6)]
LONG = [gift(day) for day in range(12)]


def test_flags_both_accounts_of_one_house_where_one_feeds_the_other() -> None:
    sender, receiver = one_way_transfers(pair(DAILY))
    assert (sender.player, receiver.player) == ("farm", "main")
    assert sender.evidence["role"] == "sender"
    assert {sender.detector, receiver.detector} == {TRANSFERS}
    assert sender.at_ms == DAILY[0].at_ms
    assert sender.evidence["gifts"] == 6
    assert sender.evidence["accounts_at_address"] == 2
    assert sender.confidence_percent >= 70


def test_flags_a_long_flow_without_an_address() -> None:
    assert one_way_transfers(pair(LONG, sharers=0, sender_did=Effort(40, 0)))


def test_more_gifts_and_an_address_are_surer() -> None:
    [few, _], [many, _] = one_way_transfers(pair(DAILY)), one_way_transfers(pair(LONG))
    away = pair(LONG, sharers=0, sender_did=Effort(40, 0))
    [distant, _] = one_way_transfers(away)
    assert few.confidence_percent < many.confidence_percent
    assert CONFIDENCE_MIN <= distant.confidence_percent < many.confidence_percent


@pytest.mark.parametrize(
    "honest",
    [
        pytest.param(pair(DAILY[:2]), id="two gifts"),
        pytest.param(
            pair([gift(i * 2 * MINUTE_MS / DAY_MS) for i in range(9)]), id="one raid"
        ),
        pytest.param(pair([gift(i / 12) for i in range(9)]), id="all on one bad day"),
        pytest.param(pair(DAILY, out_milli=VALUE_MILLI * 9), id="raided by many"),
        pytest.param(pair(DAILY, back_milli=VALUE_MILLI), id="raids back"),
        pytest.param(
            pair([gift(day, day % 2 * 30) for day in range(6)]), id="fights for it"
        ),
        pytest.param(pair(DAILY, sender_did=Effort(40, 12)), id="arms"),
        pytest.param(pair(LONG, sender_did=Effort()), id="left the game"),
        pytest.param(pair(DAILY, sharers=0), id="few, and no address"),
        pytest.param(pair(LONG, sharers=0), id="no address, but trains"),
        pytest.param(pair(LONG, sharers=SHARERS_MAX + 1), id="half a town"),
    ],
)
def test_lets_pass(honest: Pair) -> None:
    assert one_way_transfers(honest) == []


def test_a_household_without_transfers_is_never_flagged() -> None:
    for seed in range(HOUSEHOLDS):
        chance = Random(f"household/{seed}")
        assert flags_of(flows.household(chance), chance) == []


def test_pairs_count_what_went_to_others_and_came_back() -> None:
    gifts = [
        gift(1),
        gift(2),
        gift(2.5, receiver="other"),
        gift(3, sender="main", receiver="farm"),
        gift(4, sender="stranger", receiver="main"),
    ]
    did = {"farm": Effort(5, 1)}
    homes = {frozenset(("farm", "main")): 3}
    fed, other = pairs({"farm"}, gifts, did, homes)
    assert (fed.receiver, other.receiver) == ("main", "other")
    assert fed.given == tuple(gifts[:2])
    assert (fed.out_milli, fed.back_milli) == (3 * VALUE_MILLI, VALUE_MILLI)
    assert (fed.sender_did, fed.receiver_did) == (Effort(5, 1), Effort())
    assert (fed.sharers, other.sharers) == (3, 0)


def test_pairs_stand_in_the_order_of_time() -> None:
    late, early = gift(5), gift(1)
    [found] = pairs({"farm"}, [late, replace(early, source="x")], {}, {})
    assert [one.at_ms for one in found.given] == [early.at_ms, late.at_ms]
