"""Go through one tick of 100 ms."""

import numpy as np

from app.game.combat.model.engine.aiming import aim
from app.game.combat.model.engine.fight import Fight
from app.game.combat.model.engine.firing import fire
from app.game.combat.model.engine.joining import join
from app.game.combat.model.engine.moving import move
from app.game.combat.model.engine.roster import roster


def step(fight: Fight) -> None:
    """Let forces join, move, choose targets, fire; then the dead and the fled go."""
    if fight.tick in fight.joins:
        _join(fight)
    elif fight.tick in fight.ordered:
        fight.obey()
    fight.tick += 1
    move(fight)
    shots = aim(fight)
    died = len(shots.shooters) > 0 and fire(fight, shots)
    if _flee(fight) or died:
        fight.muster()


def _join(fight: Fight) -> None:
    """Let those join whose time has come; new places, new orders."""
    present = [force for force in fight.forces if force.tick <= fight.tick]
    fight.roster = roster(present)
    fight.field = join(fight.field, fight.roster, fight.seed, fight.tick)
    fight.units = fight.field.units()
    fight.obey()


def _flee(fight: Fight) -> bool:
    """Let retreating forces go whose time has come, as far as they live."""
    escapes = fight.standing.escape[: len(fight.field.fled)] == fight.tick
    if not escapes.any():
        return False
    living = np.zeros(len(escapes), dtype=np.bool_)
    living[fight.roster.force[fight.field.hp > 0]] = True
    fight.field.fled[escapes & living] = 1
    return True
