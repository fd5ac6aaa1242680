"""Detect claims of resources that can't be there.

One claim beyond what there is room for, or `CLAIMS_MIN` beyond the truth soon one after
the other, or many that don't end: a client that was answered once knows better.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from app.core.units import MINUTE_MS, SECOND_MS
from app.game.anticheat.model.flag import CONFIDENCE_MAX, Flag, is_over
from app.game.anticheat.model.traces import Claim
from app.game.anticheat.model.watch import Boast

CLAIMS = "impossible_claims"

CLAIMS_MIN = 3
CLAIM_GAP_MS = 10 * SECOND_MS
"""Claims that follow sooner are one: every answer tells an honest client the truth."""
CLAIMS_MS = 5 * MINUTE_MS
"""How soon `CLAIMS_MIN` must follow one another."""
OVER_CAPACITY_PERCENT = 110
"""A claim past this part of what there is room for is not explained by old news."""
CLAIMS_LONG_MIN = 7
"""So many in one episode are too many however far apart they are."""
UNSURE_MAX = 90
"""Confidence of claims that there would be room for: they may be very old news."""
TIMES_KEPT = 16
EXAMPLES_MAX = 3


def add(before: Boast | None, claims: Iterable[Claim]) -> list[Boast]:
    """Add a player's next claims; give the episodes that they began or prolonged.

    The last one may go on with the next claims.
    """
    episodes: list[Boast] = []
    for claim in claims:
        last = episodes[-1] if episodes else before
        if last is None or is_over(last.began_ms, last.last_ms, claim.at_ms):
            last = Boast(began_ms=claim.at_ms, last_ms=claim.at_ms - CLAIM_GAP_MS)
            episodes.append(last)
        elif not episodes:
            episodes.append(last)
        episodes[-1] = _added(last, claim)
    return episodes


def impossible_claims(player: str, boast: Boast) -> Flag | None:
    """Flag an episode. More claims are surer, and claims beyond what there is room."""
    goes_on = boast.peak >= CLAIMS_MIN or boast.arrivals >= CLAIMS_LONG_MIN
    if not boast.beyond and not goes_on:
        return None
    confidence = 10 * boast.arrivals + (50 if boast.beyond else 10)
    most = CONFIDENCE_MAX if boast.beyond else UNSURE_MAX
    return Flag(
        player=player,
        detector=CLAIMS,
        at_ms=boast.began_ms,
        confidence_percent=min(confidence, most),
        evidence={
            "claims": boast.claims,
            "arrivals": boast.arrivals,
            "beyond_capacity": boast.beyond,
            "examples": list(boast.examples),
        },
    )


def _added(boast: Boast, claim: Claim) -> Boast:
    is_arrival = claim.at_ms - boast.last_ms >= CLAIM_GAP_MS
    times = (*boast.times, claim.at_ms)[-TIMES_KEPT:] if is_arrival else boast.times
    recent = [at_ms for at_ms in times if claim.at_ms - at_ms <= CLAIMS_MS]
    is_beyond = _is_beyond_capacity(claim)
    return replace(
        boast,
        last_ms=claim.at_ms,
        claims=boast.claims + 1,
        arrivals=boast.arrivals + is_arrival,
        times=times,
        peak=max(boast.peak, len(recent)),
        beyond=boast.beyond + is_beyond,
        examples=_examples(boast, claim, is_beyond=is_beyond),
    )


def _examples(
    boast: Boast, claim: Claim, *, is_beyond: bool
) -> tuple[dict[str, object], ...]:
    """Keep the first examples, those beyond what there is room for before others."""
    example = {
        "at_ms": claim.at_ms,
        "colony": claim.colony,
        "claimed_milli": claim.claimed,
        "held_milli": claim.held,
        "beyond_capacity": is_beyond,
    }
    found = sorted(
        (*boast.examples, example), key=lambda one: not one["beyond_capacity"]
    )
    return tuple(found[:EXAMPLES_MAX])


def _is_beyond_capacity(claim: Claim) -> bool:
    return any(
        amount * 100
        > max(claim.capacity.get(name, 0), claim.held.get(name, 0))
        * OVER_CAPACITY_PERCENT
        for name, amount in claim.claimed.items()
    )
