"""Mixes and their shares, as they are asked for."""

import pytest

from tests.load.crowd import shares


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("play", {"play": 1.0}),
        ("storm", {"idle": 1.0, "storm": 1.0}),
        ("play:0.75,idle:0.25", {"play": 0.75, "idle": 0.25}),
        ("play:0.5,idle", {"play": 0.5, "idle": 0.5}),
        ("chatter,play", {"chatter": 0.5, "play": 0.5}),
        ("play,storm:0.5", {"play": 1.0, "storm": 0.5}),
    ],
)
def test_reads_shares(text: str, found: dict[str, float]) -> None:
    assert shares.read(text) == found


@pytest.mark.parametrize(
    "text",
    ["", "war", "play,play", "play:0", "play:0.5", "play:0.8,idle:0.4", "play:x"],
)
def test_refuses_what_is_no_mix(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        shares.read(text)


def test_every_user_has_a_mix_and_storm_takes_none() -> None:
    found = shares.counts({"play": 0.5, "idle": 0.3, "chatter": 0.2, "storm": 0.1}, 33)
    assert found.pop("storm") == 3
    assert sum(found.values()) == 33
