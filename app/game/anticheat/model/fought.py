"""Name what a finished battle was made of, and how far it was fought again."""

from msgspec import Struct

from app.game.combat.model.engine.spec import Force, Frame, Order


class Step(Struct, frozen=True, array_like=True):
    """Say what the record holds of a step: its tick, and the chain of hashes there.

    A battle may be over before the tick.
    """

    tick: int
    chain: str


class Fought(Struct, frozen=True, kw_only=True):
    """Hold a finished battle as the journal has it: all that the engine is given.

    `engine` is the version that fought it, `at_ms` when it ended. `tick` and `winner`
    are those of the end.
    """

    battle: str
    at_ms: int
    engine: int
    seed: int
    forces: tuple[Force, ...]
    orders: tuple[Order, ...]
    steps: tuple[Step, ...]
    tick: int
    winner: int
    players: tuple[str, ...]


class Again(Struct, frozen=True, kw_only=True):
    """Remember how far a battle was fought again: `steps` of them agree."""

    battle: str
    steps: int = 0
    frame: Frame | None = None
    reason: str = ""
    """Why it can't be what the record says; empty while all agrees."""
