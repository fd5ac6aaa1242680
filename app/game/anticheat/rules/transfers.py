"""Detect accounts that feed another: several of them are one person's.

Such an account gives again and again to mostly one other and gets nothing back. It
doesn't fight for what it loses, and hardly plays but for that. Some honest accounts
look alike at first: who is raided by many, who fights and loses, who raids back, who
left the game. An address that both accounts share makes it surer, unless half a town is
behind it; alone it says nothing, since households share one.
"""

from app.core.units import DAY_MS, MINUTE_MS
from app.game.anticheat.model.flag import CONFIDENCE_MAX, Flag
from app.game.anticheat.model.traces import Gift, Pair

TRANSFERS = "one_way_transfers"

ARMS = frozenset({"Train", "Launch", "Attack", "Defend", "Patrol", "Blockade"})
"""Commands that are for war, or against it."""
WINDOW_MS = 21 * DAY_MS
"""How long gifts and efforts count."""
GIFT_GAP_MS = 20 * MINUTE_MS
"""Gifts that follow sooner are one: a raid with several fleets is one raid."""
GIFTS_MIN = 3
GIFTS_UNSHARED_MIN = 8
"""Gifts between accounts that share no address."""
DAYS_MIN = 2
DAYS_UNSHARED_MIN = 3
SHARE_PERCENT_MIN = 75
"""The part of all that leaves the sender which goes to this one receiver."""
SHARE_UNSHARED_PERCENT_MIN = 90
BACK_PERCENT_MAX = 10
"""The part of it that comes back."""
STAKES_PERCENT = 8
"""A loss is fought for where ships of this part of its value fell."""
FOUGHT_PERCENT_MAX = 25
"""The part of the gifts that were fought for."""
ARMS_PERCENT_MAX = 20
"""The part of what the sender does that is for war."""
SHARERS_MAX = 6
"""More accounts than that behind one address are a school, or a provider."""
CONFIDENCE_MIN = 50
EXAMPLES_MAX = 5


def one_way_transfers(pair: Pair) -> list[Flag]:
    """Flag both accounts of a pair where one feeds the other."""
    gifts = _arrivals(pair.given)
    if not _is_one_way(pair, gifts) or not _is_undefended(pair, gifts):
        return []
    is_shared = 2 <= pair.sharers <= SHARERS_MAX
    if not is_shared and not _stands_alone(pair, gifts):
        return []
    confidence = _confidence(pair, gifts, is_shared=is_shared)
    if confidence < CONFIDENCE_MIN:
        return []
    evidence = _evidence(pair, gifts)
    return [
        Flag(
            player=player,
            detector=TRANSFERS,
            at_ms=pair.given[0].at_ms,
            confidence_percent=confidence,
            evidence={"role": role, **evidence},
        )
        for role, player in (("sender", pair.sender), ("receiver", pair.receiver))
    ]


def _arrivals(given: tuple[Gift, ...]) -> list[Gift]:
    kept: list[Gift] = []
    for gift in given:
        if not kept or gift.at_ms - kept[-1].at_ms >= GIFT_GAP_MS:
            kept.append(gift)
    return kept


def _is_one_way(pair: Pair, gifts: list[Gift]) -> bool:
    given = _value(pair)
    return (
        len(gifts) >= GIFTS_MIN
        and len(_days(gifts)) >= DAYS_MIN
        and given * 100 >= pair.out_milli * SHARE_PERCENT_MIN
        and pair.back_milli * 100 <= given * BACK_PERCENT_MAX
    )


def _is_undefended(pair: Pair, gifts: list[Gift]) -> bool:
    """Tell whether the sender lets it happen: plays, but not against it.

    Who doesn't play at all has left the game, and is an honest raider's victim.
    """
    fought = sum(_is_fought(gift) for gift in gifts)
    did = pair.sender_did
    return (
        did.actions > 0
        and fought * 100 <= len(gifts) * FOUGHT_PERCENT_MAX
        and did.arms * 100 <= did.actions * ARMS_PERCENT_MAX
    )


def _stands_alone(pair: Pair, gifts: list[Gift]) -> bool:
    """Tell whether the flow speaks for itself, without an address."""
    return (
        len(gifts) >= GIFTS_UNSHARED_MIN
        and len(_days(gifts)) >= DAYS_UNSHARED_MIN
        and _value(pair) * 100 >= pair.out_milli * SHARE_UNSHARED_PERCENT_MIN
        and pair.back_milli == 0
        and not any(map(_is_fought, gifts))
        and pair.sender_did.arms == 0
        and pair.sender_did.actions >= len(gifts)
    )


def _confidence(pair: Pair, gifts: list[Gift], *, is_shared: bool) -> int:
    share_percent = 100 * _value(pair) // max(1, pair.out_milli)
    sender, receiver = pair.sender_did, pair.receiver_did
    confidence = 30 + min(25, 3 * (len(gifts) - GIFTS_MIN))
    confidence += (share_percent - SHARE_PERCENT_MIN) // 3
    confidence += 30 if is_shared else 0
    confidence += 5 if sender.actions * 4 < receiver.actions else 0
    confidence += 5 if not any(map(_is_fought, gifts)) else 0
    return min(confidence, CONFIDENCE_MAX)


def _evidence(pair: Pair, gifts: list[Gift]) -> dict[str, object]:
    return {
        "sender": pair.sender,
        "receiver": pair.receiver,
        "gifts": len(gifts),
        "days": len(_days(gifts)),
        "value_milli": _value(pair),
        "share_percent": 100 * _value(pair) // max(1, pair.out_milli),
        "back_milli": pair.back_milli,
        "fought_for": sum(map(_is_fought, gifts)),
        "sender_actions": pair.sender_did.actions,
        "sender_arms": pair.sender_did.arms,
        "receiver_actions": pair.receiver_did.actions,
        "accounts_at_address": pair.sharers,
        "examples": [
            {
                "at_ms": gift.at_ms,
                "source": gift.source,
                "value_milli": gift.value_milli,
            }
            for gift in gifts[:EXAMPLES_MAX]
        ],
    }


def _value(pair: Pair) -> int:
    return sum(gift.value_milli for gift in pair.given)


def _days(gifts: list[Gift]) -> set[int]:
    return {gift.at_ms // DAY_MS for gift in gifts}


def _is_fought(gift: Gift) -> bool:
    return gift.stakes_milli * 100 >= gift.value_milli * STAKES_PERCENT
