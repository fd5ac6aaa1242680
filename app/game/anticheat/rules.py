"""Detect what honest play doesn't look like. Pure: traces in, flags out.

Times are the server's, of what it accepted. A lag spike or a reconnect hands over in
one burst what was sent over seconds, so bursts count as one arrival and say nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean, pstdev
from typing import TypeVar

from app.core.units import MINUTE_MS, SECOND_MS
from app.game.anticheat.model import Action, Claim, Flag, Watch

TIMING = "machine_timing"
CLAIMS = "impossible_claims"

ACTIONS_MIN = 10
DEVIATION_MAX_MS = 50
MEAN_MAX_MS = SECOND_MS
BURST_MS = 100
"""What follows sooner came in the same burst; limits let nobody play that fast."""

CLAIMS_MIN = 3
CLAIM_GAP_MS = 10 * SECOND_MS
"""Claims that follow sooner are one: every answer tells an honest client the truth."""
OVER_CAPACITY_PERCENT = 110
"""A claim past this part of what there is room for is not explained by old news."""

ACTIONS_KEPT_MS = MINUTE_MS
CLAIMS_KEPT_MS = 10 * MINUTE_MS
KEPT_MAX = 64
"""Of one player, from one scan to the next."""
EVIDENCE_MAX = 20
CONFIDENCE_MAX = 95

Seen = TypeVar("Seen", Action, Claim)


def timing(player: str, actions: Sequence[Action]) -> Flag | None:
    """Flag a long run of actions as regular as no hand is.

    At least `ACTIONS_MIN` arrivals whose intervals deviate by less than
    `DEVIATION_MAX_MS` at a mean below `MEAN_MAX_MS`. Longer and more regular is surer:
    a hand that clicks fast may come near the bound for ten clicks, not for thirty.
    """
    run = _longest_run(_arrivals(actions, BURST_MS))
    if not run:
        return None
    gaps = [after.at_ms - before.at_ms for before, after in pairwise(run)]
    deviation_ms = round(pstdev(gaps))
    regular_percent = 100 - 100 * deviation_ms // DEVIATION_MAX_MS
    confidence = 15 + 2 * (len(run) - ACTIONS_MIN) + regular_percent * 3 // 10
    return Flag(
        player=player,
        detector=TIMING,
        at_ms=run[0].at_ms,
        confidence_percent=min(confidence, CONFIDENCE_MAX),
        evidence={
            "actions": len(run),
            "mean_ms": round(fmean(gaps)),
            "deviation_ms": deviation_ms,
            "intervals_ms": gaps[:EVIDENCE_MAX],
            "commands": sorted({action.name for action in run}),
        },
    )


def claims(player: str, claimed: Sequence[Claim]) -> Flag | None:
    """Flag claims of resources that can't be there.

    One claim beyond what there is room for, or `CLAIMS_MIN` beyond the truth one after
    the other: a client that was answered once knows better.
    """
    arrivals = _arrivals(claimed, CLAIM_GAP_MS)
    impossible = [claim for claim in claimed if _beyond_capacity(claim)]
    if not impossible and len(arrivals) < CLAIMS_MIN:
        return None
    confidence = 10 * len(arrivals) + (50 if impossible else 10)
    return Flag(
        player=player,
        detector=CLAIMS,
        at_ms=claimed[0].at_ms,
        confidence_percent=min(confidence, CONFIDENCE_MAX),
        evidence={
            "claims": len(claimed),
            "beyond_capacity": len(impossible),
            "examples": [_example(one) for one in (impossible or claimed)[:3]],
        },
    )


def watch(
    before: Watch,
    actions: Mapping[str, Sequence[Action]],
    claimed: Mapping[str, Sequence[Claim]],
) -> tuple[Watch, list[Flag]]:
    """Look at what is new together with what was kept; keep what may still matter.

    What led to a flag is not kept: an episode is flagged once.
    """
    flags: list[Flag] = []
    kept_actions: dict[str, tuple[Action, ...]] = {}
    kept_claims: dict[str, tuple[Claim, ...]] = {}
    now_ms = _latest([*actions.values(), *claimed.values()])
    for player in before.actions.keys() | actions.keys():
        trace = (*before.actions.get(player, ()), *actions.get(player, ()))
        flag = timing(player, trace)
        kept_actions[player] = () if flag else _kept(trace, now_ms - ACTIONS_KEPT_MS)
        flags += [flag] if flag else []
    for player in before.claims.keys() | claimed.keys():
        story = (*before.claims.get(player, ()), *claimed.get(player, ()))
        flag = claims(player, story)
        kept_claims[player] = () if flag else _kept(story, now_ms - CLAIMS_KEPT_MS)
        flags += [flag] if flag else []
    return Watch(actions=_filled(kept_actions), claims=_filled(kept_claims)), flags


def _arrivals(seen: Sequence[Seen], burst_ms: int) -> list[Seen]:
    """Keep the first of every burst."""
    kept: list[Seen] = []
    last_ms = -burst_ms
    for one in seen:
        if one.at_ms - last_ms >= burst_ms:
            kept.append(one)
        last_ms = one.at_ms
    return kept


def _longest_run(arrivals: Sequence[Action]) -> Sequence[Action]:
    """Find the longest stretch all of whose windows are regular."""
    best: Sequence[Action] = ()
    start = 0
    for end in range(ACTIONS_MIN, len(arrivals) + 1):
        if not _is_regular(arrivals[end - ACTIONS_MIN : end]):
            start = end - ACTIONS_MIN + 1
        elif end - start > len(best):
            best = arrivals[start:end]
    return best


def _is_regular(window: Sequence[Action]) -> bool:
    gaps = [after.at_ms - before.at_ms for before, after in pairwise(window)]
    return fmean(gaps) < MEAN_MAX_MS and pstdev(gaps) < DEVIATION_MAX_MS


def _beyond_capacity(claim: Claim) -> bool:
    return any(
        amount * 100
        > max(claim.capacity.get(name, 0), claim.held.get(name, 0))
        * OVER_CAPACITY_PERCENT
        for name, amount in claim.claimed.items()
    )


def _example(claim: Claim) -> dict[str, object]:
    return {
        "at_ms": claim.at_ms,
        "colony": claim.colony,
        "claimed_milli": claim.claimed,
        "held_milli": claim.held,
    }


def _kept(seen: Sequence[Seen], since_ms: int) -> tuple[Seen, ...]:
    return tuple(one for one in seen[-KEPT_MAX:] if one.at_ms >= since_ms)


def _filled(kept: Mapping[str, tuple[Seen, ...]]) -> dict[str, tuple[Seen, ...]]:
    return {player: seen for player, seen in kept.items() if seen}


def _latest(traces: Iterable[Sequence[Action] | Sequence[Claim]]) -> int:
    return max((trace[-1].at_ms for trace in traces if trace), default=0)
