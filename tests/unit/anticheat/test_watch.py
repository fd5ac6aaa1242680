"""Scans hand on what may still matter, and flag an episode once."""

from app.core.units import MINUTE_MS
from app.game.anticheat.model import Action, Claim, Watch
from app.game.anticheat.rules import watch


def actions(first_ms: int, count: int) -> list[Action]:
    return [Action(first_ms + i * 300, "Build") for i in range(count)]


def claim(at_ms: int) -> Claim:
    return Claim(
        at_ms=at_ms,
        colony="c",
        claimed={"energy": 200},
        held={"energy": 100},
        capacity={"energy": 1_000},
    )


def test_a_run_that_two_scans_cut_is_found() -> None:
    kept, flags = watch(Watch(), {"p": actions(0, 6)}, {})
    assert flags == []
    _kept, flags = watch(kept, {"p": actions(1_800, 6)}, {})
    assert [flag.evidence["actions"] for flag in flags] == [12]


def test_an_episode_is_flagged_once() -> None:
    kept, flags = watch(Watch(), {"p": actions(0, 20)}, {})
    assert len(flags) == 1
    assert watch(kept, {"p": actions(6_000, 2)}, {})[1] == []


def test_what_is_long_past_is_forgotten() -> None:
    kept, _flags = watch(Watch(), {"p": actions(0, 5)}, {"p": [claim(0)]})
    later = {"q": actions(11 * MINUTE_MS, 1)}
    kept, _flags = watch(kept, later, {})
    assert kept.actions.keys() == {"q"}
    assert kept.claims == {}


def test_claims_of_several_scans_add_up() -> None:
    kept, flags = Watch(), []
    for minute in range(3):
        kept, flags = watch(kept, {}, {"p": [claim(minute * MINUTE_MS)]})
    assert [flag.evidence["claims"] for flag in flags] == [3]


def test_players_are_told_apart() -> None:
    half = {"p": actions(0, 6), "q": actions(0, 6)}
    assert watch(Watch(), half, {})[1] == []
