"""Play is the same whether timers fire on time or only when somebody comes by (L7)."""

from typing import Any

import pytest

from app.core.chance import Chance
from app.core.message import Ref, Rejected
from tests.support.armament import Arm, armed
from tests.unit.game.armada import Armada, Idle
from tests.unit.game.test_laws import ARMAMENT, PLAYERS, draw
from tests.unit.game.world import HOUR_MS, World

STEPS = 90


def start(world: World) -> None:
    world.game = armed(world.game)
    for player in PLAYERS:
        colony = world.join(player)
        world.run(Arm(id=f"{player}/arm", player=player, colony=colony, **ARMAMENT))


def script(seed: int) -> list[tuple[int, str, str, dict[str, Any]]]:
    """Play with workers; give what was ordered when: pause, player, order, data."""
    world, chance = Armada(), Chance("late", seed)
    start(world)
    said = []
    for _ in range(STEPS):
        player = PLAYERS[chance.below(2)]
        name, data = draw(world, chance, player)
        pause_ms = chance.below(60_000) + (chance.below(9) == 0) * chance.below(HOUR_MS)
        said.append((pause_ms, player, name, data))
        order(world, player, name, data)
        world.wait(pause_ms)
    return said


def order(world: World, player: str, name: str, data: dict[str, Any]) -> str:
    try:
        world.order(name, player=player, **data)
    except Rejected as refusal:
        return refusal.code
    return "ok"


def played(
    world: World, said: list[tuple[int, str, str, dict[str, Any]]], lazy: Chance | None
) -> tuple[dict[Ref, Any], list[str]]:
    start(world)
    codes = []
    for pause_ms, player, name, data in said:
        codes.append(order(world, player, name, data))
        world.wait(pause_ms)
        if isinstance(world, Idle) and lazy and lazy.below(3) == 0:
            settle_some(world, lazy)
    world.wait(2 * HOUR_MS)
    if isinstance(world, Idle):
        world.settle()
    return world.states, codes


def settle_some(world: Idle, chance: Chance) -> None:
    """Let workers settle some of what is due, in no order."""
    for _ in range(3):
        due = world.due()
        if due:
            world.settle(due[chance.below(len(due))])


@pytest.mark.parametrize("seed", range(12))
def test_late_timers_change_nothing(seed: int) -> None:
    said = script(seed)
    eager, answers = played(Armada(), said, None)
    assert answers.count("ok") > STEPS // 10
    for number in range(4):
        lazy = Chance("settle", seed, number) if number else None
        states, codes = played(Idle(), said, lazy)
        assert codes == answers
        assert states == eager
