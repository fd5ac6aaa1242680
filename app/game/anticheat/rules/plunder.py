"""Gather from battles what was plundered, by whom from whom, and at what stakes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from app.core.units import to_milli
from app.game.anticheat.model.happened import Happened
from app.game.anticheat.model.traces import Gift
from app.game.colonies.model.units import cost
from app.game.combat.model.events import PlunderTaken
from app.game.combat.model.state import Battle, tally


def gifts_of(
    history: Iterable[Happened], battles: Mapping[str, Battle]
) -> Iterator[Gift]:
    """Give what each account plundered in a battle, from the besieged one."""
    for one in history:
        battle = battles.get(one.subject)
        if isinstance(one.event, PlunderTaken) and battle is not None:
            yield from _gifts(one, one.event, battle)


def _gifts(one: Happened, event: PlunderTaken, battle: Battle) -> Iterator[Gift]:
    taken: Counter[str] = Counter()
    for fleet, loot in event.loot.items():
        taken[battle.parties[fleet].player] += sum(loot.values())
    sender, stakes_milli = battle.parties[battle.colony].player, _stakes_milli(battle)
    for receiver, value_milli in taken.items():
        if receiver != sender:
            yield Gift(
                sender=sender,
                receiver=receiver,
                at_ms=one.at_ms,
                source=battle.id,
                value_milli=value_milli,
                stakes_milli=stakes_milli,
            )


def _stakes_milli(battle: Battle) -> int:
    """Value what the besieged side lost in ships, and the damage that it did.

    A point of damage counts as a unit: ships cost about as much as they have hp.
    """
    [side] = [force.side for force in battle.forces if force.id == battle.colony]
    tallies = [tally(battle, force) for force in battle.forces if force.side == side]
    return sum(_value_milli(one.lost) + to_milli(one.dealt) for one in tallies)


def _value_milli(lost: Mapping[str, int]) -> int:
    return sum(sum(cost(unit, count).values()) for unit, count in lost.items())
