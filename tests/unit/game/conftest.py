"""Give tests of fleets two empires with ships at hand, and a fleet of scouts."""

import pytest

from tests.unit.game.armada import Armada


@pytest.fixture
def world() -> Armada:
    """Give a world of two empires."""
    world = Armada()
    world.home("ann")
    world.home("bob")
    return world


@pytest.fixture
def fleet(world: Armada) -> str:
    """Give a fleet of three scouts."""
    return world.launch(scout=3)
