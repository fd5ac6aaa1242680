"""Hundreds of seeded plays keep the laws, whatever crashes, repeats or comes late."""

from collections.abc import Iterator

import pytest

from tests.simulation.run import World, run, world

PLAYS = 200
BATCH = 50


@pytest.fixture(scope="module")
def shared() -> Iterator[World]:
    with world() as opened:
        yield opened


@pytest.mark.parametrize("first", range(1, PLAYS + 1, BATCH))
def test_keeps_the_laws_in_every_play(shared: World, first: int) -> None:
    assert run(shared, range(first, first + BATCH)) > 0
