"""Fight finished battles again, and compare every step with the journal's.

The same version, seed, forces and orders give the same chain of hashes on any machine.
A chain that differs means that the record or the state was tampered with, or that the
engine changed without a new version: in any case operators must know.
"""

from msgspec.structs import replace

from app.game.anticheat.model.flag import Flag
from app.game.anticheat.model.fought import Again, Fought
from app.game.combat.model.engine.run import advance, begin
from app.game.combat.model.engine.spec import VERSION, Frame

REPLAY = "replay_mismatch"

CONFIDENCE_PERCENT = 50
"""Something is wrong for sure; which of those who fought did it, if any, is not."""


def can_fight_again(fought: Fought) -> bool:
    """Tell whether this engine is the one that fought the battle."""
    return fought.engine == VERSION


def fight_on(fought: Fought, again: Again) -> Again:
    """Fight one more step, and compare.

    Raises:
        IndexError: all steps were fought again.
    """
    step = fought.steps[again.steps]
    try:
        frame = _frame(fought, again)
        frame = advance(fought.seed, fought.forces, fought.orders, frame, step.tick)
    except ValueError as error:
        return replace(again, reason=f"the engine refuses it: {error}")
    if frame.chain != step.chain:
        return replace(again, frame=frame, reason="another chain")
    again = replace(again, frame=frame, steps=again.steps + 1)
    is_last = again.steps == len(fought.steps)
    if is_last and (frame.tick, frame.winner) != (fought.tick, fought.winner):
        return replace(again, reason="another end")
    return again


def is_done(fought: Fought, again: Again) -> bool:
    """Tell whether there is nothing left to compare."""
    return bool(again.reason) or again.steps >= len(fought.steps)


def replay_mismatch(fought: Fought, again: Again) -> list[Flag]:
    """Flag all who fought in a battle that doesn't come out as recorded."""
    if not again.reason:
        return []
    return [
        Flag(
            player=player,
            detector=REPLAY,
            at_ms=fought.at_ms,
            confidence_percent=CONFIDENCE_PERCENT,
            evidence=_evidence(fought, again),
        )
        for player in fought.players
    ]


def _frame(fought: Fought, again: Again) -> Frame:
    return again.frame or begin(fought.seed, fought.forces)


def _evidence(fought: Fought, again: Again) -> dict[str, object]:
    step = fought.steps[min(again.steps, len(fought.steps) - 1)]
    return {
        "battle": fought.battle,
        "reason": again.reason,
        "engine": fought.engine,
        "steps_agreed": again.steps,
        "steps": len(fought.steps),
        "tick": step.tick,
        "chain_recorded": step.chain,
        "chain_found": again.frame.chain if again.frame else "",
    }
