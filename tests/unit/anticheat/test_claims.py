"""Impossible claims: what is flagged, and what old news explains."""

from app.core.units import MINUTE_MS, SECOND_MS
from app.game.anticheat.model import Claim
from app.game.anticheat.rules import CLAIMS, claims

CAPACITY = {"minerals": 10_000_000}


def claim(at_ms: int, claimed: int, held: int = 1_000_000) -> Claim:
    return Claim(
        at_ms=at_ms,
        colony="c",
        claimed={"minerals": claimed},
        held={"minerals": held},
        capacity=CAPACITY,
    )


def test_flags_a_claim_beyond_what_there_is_room_for() -> None:
    flag = claims("p", [claim(5, 900_000_000)])
    assert flag is not None
    assert flag.detector == CLAIMS
    assert flag.confidence_percent >= 50
    assert flag.evidence["examples"][0]["claimed_milli"] == {"minerals": 900_000_000}


def test_flags_claims_that_go_on_after_the_truth_was_told() -> None:
    story = [claim(i * 30 * SECOND_MS, 2_000_000) for i in range(4)]
    flag = claims("p", story)
    assert flag is not None
    assert flag.evidence["claims"] == 4


def test_more_claims_are_surer() -> None:
    few = claims("p", [claim(i * MINUTE_MS, 2_000_000) for i in range(3)])
    many = claims("p", [claim(i * MINUTE_MS, 2_000_000) for i in range(8)])
    assert few is not None
    assert many is not None
    assert few.confidence_percent < many.confidence_percent


def test_lets_old_news_pass() -> None:
    """Another tab spent what this one still shows; a stale one twice in an hour."""
    assert claims("p", [claim(0, 9_000_000)]) is None
    assert claims("p", [claim(0, 9_000_000), claim(60_000, 2_000_000)]) is None


def test_lets_a_burst_after_a_reconnect_pass() -> None:
    assert claims("p", [claim(i * 200, 9_000_000) for i in range(20)]) is None


def test_lets_a_refund_above_capacity_pass() -> None:
    assert claims("p", [claim(0, 15_100_000, held=15_000_000)]) is None
