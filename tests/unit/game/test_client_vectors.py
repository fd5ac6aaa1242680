"""What the client reckons and predicts is tested by what the server's code gives."""

import pytest

from tests.unit.game.vectors import FOLDER, VECTORS, encoded

STALE = "Stale: run `python -m tests.unit.game.vectors`, and the client's tests."


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors_of_the_client_are_up_to_date(name: str) -> None:
    made = encoded(VECTORS[name]())
    assert (FOLDER / name).read_bytes() == made, STALE
