"""Check that a galaxy lets players in for as long as one of its planets is free."""

from dataclasses import replace

import pytest

from app.config import Settings
from app.game import registry
from tests.support.web import assert_problem, register

PLANETS = 150
"""So few that all homes can be taken, so many that draws alone miss the last ones."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Give settings of a small galaxy."""
    return replace(settings, planets=PLANETS)


def test_a_galaxy_lets_in_as_many_as_it_has_homes(app, settings):
    homes = registry.home_refs(settings.galaxy_seed, settings.planets)
    players = [register(app) for _ in homes]
    first = [player.joined() for player in players]
    assert set(first) == {ref.id for ref in homes}
    assert_problem(register(app).post("/galaxies/1/join"), 503, "busy")
    assert [player.joined() for player in players] == first
