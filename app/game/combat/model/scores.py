"""Say what a battle was worth to each player: the points of the rankings."""

from collections.abc import Mapping
from typing import NamedTuple

from app.game.colonies.model.units import cost
from app.game.combat.model.state import NPC, Battle, tally

MILLI_PER_POINT = 10_000
"""Milli-units of destroyed ships' costs that are one point (tune)."""
VICTORY_PERCENT = 150
"""What points are worth to who won (tune)."""


class Score(NamedTuple):
    """Hold one player's part: what was destroyed and lost, by its cost in milli-units.

    `won` is known only once the battle is over.
    """

    player: str
    username: str
    points: int
    won: bool
    destroyed_milli: int
    lost_milli: int


def scores(battle: Battle) -> list[Score]:
    """Rank the players of a battle, best first; of equals, the smaller id."""
    parties = battle.parties.values()
    names = {one.player: one.username for one in parties if one.kind != NPC}
    found = [_score(battle, player, name) for player, name in names.items()]
    return sorted(found, key=lambda one: (-one.points, one.player))


def _score(battle: Battle, player: str, username: str) -> Score:
    own = [one for one in battle.forces if battle.parties[one.id].player == player]
    sums = [tally(battle, one) for one in own]
    destroyed_milli = sum(one.destroyed_milli for one in sums)
    won = battle.is_over and any(one.side == battle.winner for one in own)
    points = destroyed_milli // MILLI_PER_POINT
    return Score(
        player=player,
        username=username,
        points=points * VICTORY_PERCENT // 100 if won else points,
        won=won,
        destroyed_milli=destroyed_milli,
        lost_milli=sum(_worth_milli(one.lost) for one in sums),
    )


def _worth_milli(ships: Mapping[str, int]) -> int:
    return sum(sum(cost(unit, count).values()) for unit, count in ships.items())
