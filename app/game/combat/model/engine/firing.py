"""Fire, and let the struck lose their hp.

Sizes: a shot is per ship at most 1,200 * 11 (a grid) or 160 * 11 units of attack, times
1.2 of chance, 1.7 of a counter and 1.21 of formations: below 3.3e7 milli-units. The
product of all percents before the division is below 4e15. All ships of a battle, 3.2e10
at most, deal less than 1.1e18 in a tick: no sum leaves 64 bits.
"""

import numpy as np

from app.core.units import MILLI
from app.game.combat.model.engine.aiming import Shots
from app.game.combat.model.engine.arrays import Ints
from app.game.combat.model.engine.dice import below
from app.game.combat.model.engine.field import ships
from app.game.combat.model.engine.fight import Fight

LEAST_PERCENT = 80
MOST_PERCENT = 120
DAMAGE_MIN_MILLI = MILLI
"""What a ship's shot does at least."""

_PERCENTS = 100**4


def fire(fight: Fight, shots: Shots) -> bool:
    """Let shots strike all at once; answer whether anyone was destroyed.

    Who strikes first doesn't matter to the struck. Damage and destroyed ships are
    credited in the order of the entities, so that they add up to what was lost.
    """
    order = np.lexsort((shots.shooters, shots.targets))
    shooters, targets = shots.shooters[order], shots.targets[order]
    field, roster = fight.field, fight.roster
    damage = _damage(fight, shooters, targets)
    before = np.maximum(field.hp[targets] - _earlier(damage, targets), 0)
    dealt = np.minimum(damage, before)
    each, force = roster.hp_each[targets], roster.force[shooters]
    killed = ships(before, each) - ships(before - dealt, each)
    np.add.at(fight.field.dealt, force, dealt)
    np.add.at(field.destroyed, force, killed * roster.value_milli[targets])
    np.subtract.at(field.hp, targets, dealt)
    field.ready[shooters] = fight.tick + roster.fire_rate[shooters]
    field.look[shooters] = field.ready[shooters]
    fight.weigh()
    return bool((field.hp[targets] == 0).any())


def _damage(fight: Fight, shooters: Ints, targets: Ints) -> Ints:
    """Give the damage of all ships of each shooter, in milli-units of hp."""
    roster, standing = fight.roster, fight.standing
    base = roster.attack[shooters] - roster.defense[targets] // 2
    spread = MOST_PERCENT - LEAST_PERCENT + 1
    roll = LEAST_PERCENT + below(spread, fight.seed, fight.tick, shooters)
    counter = roster.counters[roster.kind[shooters], roster.kind[targets]]
    dealt = standing.dealt[roster.force[shooters]]
    taken = standing.taken[roster.force[targets]]
    each = base * roll * counter * dealt * taken // _PERCENTS
    alive = ships(fight.field.hp[shooters], roster.hp_each[shooters])
    damage: Ints = np.maximum(each, DAMAGE_MIN_MILLI) * alive
    return damage


def _earlier(damage: Ints, targets: Ints) -> Ints:
    """Sum, for each shot, those before it at the same target; targets are sorted."""
    before = np.cumsum(damage) - damage
    first = np.searchsorted(targets, targets, side="left")
    earlier: Ints = before - before[first]
    return earlier
