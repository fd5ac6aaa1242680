"""Scans hand on what may still matter, and raise an episode under one name."""

from app.core.units import HOUR_MS, MINUTE_MS
from app.game.anticheat.model.traces import Action, Claim, Seen
from app.game.anticheat.model.watch import Watch
from app.game.anticheat.rules import watch as module
from app.game.anticheat.rules.watch import watch


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


def did(at_ms: int, **players: list[Action]) -> Seen:
    return Seen(at_ms=at_ms, actions=players)


def claimed(at_ms: int) -> Seen:
    return Seen(at_ms=at_ms, claims={"p": [claim(at_ms)]})


def test_a_run_that_two_scans_cut_is_found() -> None:
    kept, flags = watch(Watch(), did(1_500, p=actions(0, 6)))
    assert flags == []
    _kept, flags = watch(kept, did(3_300, p=actions(1_800, 6)))
    assert [flag.evidence["actions"] for flag in flags] == [12]


def test_an_episode_that_goes_on_is_raised_again_under_its_name_and_surer() -> None:
    kept, first = watch(Watch(), did(6_000, p=actions(0, 20)))
    _kept, again = watch(kept, did(9_000, p=actions(6_000, 10)))
    assert [flag.at_ms for flag in first] == [flag.at_ms for flag in again]
    assert first[0].confidence_percent < again[0].confidence_percent


def test_an_episode_is_not_raised_again_by_other_play() -> None:
    kept, _first = watch(Watch(), did(6_000, p=actions(0, 20)))
    other = [Action(9_000, "Build"), Action(14_000, "Train")]
    assert watch(kept, did(14_000, p=other))[1] == []


def test_what_is_long_past_is_forgotten() -> None:
    seen = Seen(at_ms=1_500, actions={"p": actions(0, 5)}, claims={"p": [claim(0)]})
    kept, _flags = watch(Watch(), seen)
    assert (len(kept.rhythms), len(kept.boasts)) == (1, 1)
    later_ms = 11 * MINUTE_MS
    kept, _flags = watch(kept, did(later_ms, q=actions(later_ms, 1)))
    assert kept.rhythms.keys() == {"q"}
    assert kept.boasts == {}


def test_claims_of_several_scans_add_up() -> None:
    kept, flags = Watch(), []
    for minute in range(3):
        kept, flags = watch(kept, claimed(minute * MINUTE_MS))
    assert [flag.evidence["claims"] for flag in flags] == [3]


def test_players_are_told_apart() -> None:
    half = did(1_500, p=actions(0, 6), q=actions(0, 6))
    assert watch(Watch(), half)[1] == []


def test_what_is_remembered_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(module, "PLAYERS_MAX", 10)
    seen = did(25, **{f"p{i}": [Action(i, "Build")] for i in range(25)})
    kept, _flags = watch(Watch(), seen)
    assert kept.rhythms.keys() == {f"p{i}" for i in range(15, 25)}


def test_nothing_comes_of_nothing() -> None:
    assert watch(Watch(), Seen(at_ms=HOUR_MS)) == (Watch(), [])
