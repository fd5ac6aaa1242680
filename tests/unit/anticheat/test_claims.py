"""Impossible claims: what is flagged, and what old news explains."""

from collections.abc import Sequence

import pytest

from app.core.units import HOUR_MS, MINUTE_MS, SECOND_MS
from app.game.anticheat.model.flag import CONFIDENCE_MAX, Flag
from app.game.anticheat.model.traces import Claim
from app.game.anticheat.rules.claims import CLAIMS, UNSURE_MAX, add, impossible_claims

CAPACITY = {"minerals": 10_000_000}


def claim(at_ms: int, claimed: int, held: int = 1_000_000) -> Claim:
    return Claim(
        at_ms=at_ms,
        colony="c",
        claimed={"minerals": claimed},
        held={"minerals": held},
        capacity=CAPACITY,
    )


def flags(claims: Sequence[Claim]) -> list[Flag]:
    found = (impossible_claims("p", boast) for boast in add(None, claims))
    return [flag for flag in found if flag]


def flag(*claims: Claim) -> Flag:
    [found] = flags(claims)
    return found


def test_flags_a_claim_beyond_what_there_is_room_for() -> None:
    found = flag(claim(5, 900_000_000))
    assert found.detector == CLAIMS
    assert found.at_ms == 5
    assert found.confidence_percent >= 50
    assert found.evidence["examples"][0]["claimed_milli"] == {"minerals": 900_000_000}


def test_flags_claims_that_go_on_after_the_truth_was_told() -> None:
    found = flag(*(claim(i * 30 * SECOND_MS, 2_000_000) for i in range(4)))
    assert found.evidence["claims"] == 4


def test_flags_claims_that_never_end() -> None:
    assert flag(*(claim(i * 6 * MINUTE_MS, 2_000_000) for i in range(8)))


def test_more_claims_are_surer() -> None:
    few = flag(*(claim(i * MINUTE_MS, 2_000_000) for i in range(3)))
    many = flag(*(claim(i * MINUTE_MS, 2_000_000) for i in range(8)))
    assert few.confidence_percent < many.confidence_percent


def test_only_claims_beyond_all_room_are_as_sure_as_can_be() -> None:
    possible = flag(*(claim(i * MINUTE_MS, 2_000_000) for i in range(30)))
    impossible = flag(*(claim(i * MINUTE_MS, 900_000_000) for i in range(30)))
    assert possible.confidence_percent == UNSURE_MAX
    assert impossible.confidence_percent == CONFIDENCE_MAX


def test_evidence_shows_the_worst() -> None:
    claims = [claim(i * MINUTE_MS, 2_000_000) for i in range(5)]
    found = flag(*claims, claim(6 * MINUTE_MS, 900_000_000))
    assert found.evidence["examples"][0]["claimed_milli"] == {"minerals": 900_000_000}
    assert len(found.evidence["examples"]) == 3


def test_what_is_apart_by_hours_is_another_episode() -> None:
    claims = [claim(i * HOUR_MS, 900_000_000) for i in range(3)]
    assert [one.at_ms for one in flags(claims)] == [0, HOUR_MS, 2 * HOUR_MS]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param([claim(0, 9_000_000)], id="another tab spent it"),
        pytest.param(
            [claim(0, 9_000_000), claim(MINUTE_MS, 2_000_000)], id="twice in an hour"
        ),
        pytest.param(
            [claim(i * 200, 9_000_000) for i in range(20)], id="a burst when back"
        ),
        pytest.param([claim(0, 15_100_000, held=15_000_000)], id="a refund"),
        pytest.param(
            [claim(i * 9 * MINUTE_MS, 2_000_000) for i in range(5)], id="now and then"
        ),
    ],
)
def test_lets_pass(claims: list[Claim]) -> None:
    assert flags(claims) == []
