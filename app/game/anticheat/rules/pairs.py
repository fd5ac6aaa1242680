"""Gather from gifts, efforts and addresses what two accounts have with each other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from app.game.anticheat.model.traces import Effort, Gift, Pair

Accounts = frozenset[str]


def pairs(
    senders: Collection[str],
    gifts: Iterable[Gift],
    efforts: Mapping[str, Effort],
    sharers: Mapping[Accounts, int],
) -> list[Pair]:
    """Pair some senders with all their receivers.

    `gifts` are all that went from or to the senders and that no flag counts yet.
    `sharers` counts the accounts behind the address that two accounts share.
    """
    given: dict[tuple[str, str], list[Gift]] = defaultdict(list)
    out_milli: dict[str, int] = defaultdict(int)
    for gift in sorted(gifts, key=lambda one: one.at_ms):
        given[gift.sender, gift.receiver].append(gift)
        out_milli[gift.sender] += gift.value_milli
    nothing = Effort()
    return [
        Pair(
            sender=sender,
            receiver=receiver,
            given=tuple(many),
            out_milli=out_milli[sender],
            back_milli=_value(given.get((receiver, sender), ())),
            sender_did=efforts.get(sender, nothing),
            receiver_did=efforts.get(receiver, nothing),
            sharers=sharers.get(frozenset((sender, receiver)), 0),
        )
        for (sender, receiver), many in given.items()
        if sender in senders
    ]


def _value(gifts: Sequence[Gift]) -> int:
    return sum(gift.value_milli for gift in gifts)
