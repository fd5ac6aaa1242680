"""Battles fought again to be watched, in pages."""

from itertools import count
from typing import Any

import pytest

from app.core.message import Rejected
from app.game.combat.model import film
from app.game.combat.model.engine import run
from app.game.combat.model.engine.spec import Force, Order
from app.game.combat.model.film import Film, Inputs

SEED = 7


def force(name: str, side: int, x: int, **ships: int) -> Force:
    return Force(id=name, side=side, ships=ships, x_milli=x * 1_000, y_milli=0)


FORCES = (
    force("a", 0, -100, cruiser=3, fighter=9),
    force("b", 1, 100, cruiser=2, frigate=6),
)
ORDERS = (Order(tick=20, force="b", kind="formation", value="defensive"),)
INPUTS = Inputs(SEED, FORCES, ORDERS)


def shot(inputs: Inputs, from_tick: int = 0, ticks: int = 3) -> dict[str, Any]:
    """Fight one page, a few ticks at a time."""
    one = Film(inputs, from_tick)
    while not one.is_done:
        one.go_on(ticks)
    return one.page()


def watched(inputs: Inputs) -> list[dict[str, Any]]:
    """Watch all pages; give the frames."""
    frames: list[dict[str, Any]] = []
    tick: int | None = 0
    for _page in count():
        assert _page <= film.FRAMES_MAX
        assert tick is not None
        page = shot(inputs, tick)
        frames += page["frames"]
        tick = page["next_tick"]
        if tick is None:
            return frames
    raise AssertionError("it doesn't end")


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    film._kept.clear()


def test_shows_every_mark_and_the_end() -> None:
    page = shot(INPUTS)
    end = run.fight(SEED, FORCES, ORDERS)
    assert (page["tick"], page["chain"]) == (end.tick, end.chain)
    assert (page["over"], page["winner"]) == (True, end.winner)
    assert page["next_tick"] is None
    ticks = [one["tick"] for one in page["frames"]]
    assert ticks == [*range(0, end.tick, 10), end.tick]


def test_shows_what_the_engine_says_at_each_mark() -> None:
    page = shot(INPUTS)
    frame = run.advance(SEED, FORCES, ORDERS, run.begin(SEED, FORCES), 40)
    alive = [one for one in enumerate(run.rows(frame, FORCES)) if one[1].ships]
    shown = next(one for one in page["frames"] if one["tick"] == 40)
    assert shown["id"] == [number for number, _row in alive]
    assert [page["units"][one] for one in shown["unit"]] == [
        row.unit for _number, row in alive
    ]
    assert [page["forces"][one] for one in shown["force"]] == [
        row.force for _number, row in alive
    ]
    assert shown["x"] == [(row.x_milli + 500) // 1_000 for _number, row in alive]
    assert shown["hp"] == [row.hp_percent for _number, row in alive]
    assert shown["forces"]["a"]["lost"] == frame.tallies["a"].lost


def test_parts_make_no_difference() -> None:
    whole = shot(INPUTS, ticks=6_000)
    film._kept.clear()
    assert shot(INPUTS, ticks=1) == whole


def test_pages_together_are_the_whole_film(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shot(INPUTS)["frames"]
    monkeypatch.setattr(film, "PAGE_ROWS_MAX", film.ROWS_MAX + 60)
    film._kept.clear()
    assert len(shot(INPUTS)["frames"]) < len(whole)
    film._kept.clear()
    assert watched(INPUTS) == whole


def test_goes_on_from_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "PAGE_ROWS_MAX", film.ROWS_MAX + 60)
    page = shot(INPUTS)
    next_one = Film(INPUTS, page["next_tick"])
    assert next_one.page()["tick"] == page["tick"]


def test_gives_the_same_page_whatever_was_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(film, "PAGE_ROWS_MAX", film.ROWS_MAX + 60)
    tick = shot(INPUTS)["next_tick"]
    after = shot(INPUTS, tick)
    film._kept.clear()
    assert shot(INPUTS, tick)["frames"] == after["frames"]


def test_says_where_to_go_on_when_time_ran_out_before_the_first_frame() -> None:
    one = Film(INPUTS, 50)
    one.go_on(3)
    page = one.page()
    assert page["frames"] == []
    assert page["next_tick"] == 50
    assert shot(INPUTS, 50)["frames"][0]["tick"] == 50


def test_stops_where_the_battle_was_ended() -> None:
    page = shot(INPUTS._replace(to_tick=25))
    assert [one["tick"] for one in page["frames"]] == [0, 10, 20, 25]
    assert (page["over"], page["next_tick"]) == (False, None)


def test_keeps_a_bounded_number_of_frames() -> None:
    for seed in range(film.KEPT_MAX + 5):
        shot(Inputs(seed, FORCES, (), 10))
    assert len(film._kept) == film.KEPT_MAX


def test_puts_crowds_together_under_names_that_last() -> None:
    crowd = (
        force("a", 0, -60, fighter=400),
        force("b", 1, 60, fighter=300),
    )
    frames = shot(Inputs(SEED, crowd, (), 60))["frames"]
    assert [one["id"] for one in frames[:2]] == [[0, 400]] * 2
    assert all(len(one["id"]) <= film.ROWS_MAX for one in frames)
    total = frames[0]["ships"]
    assert total == [400, 300]


def test_a_page_never_grows_with_the_battle() -> None:
    crowd = (force("a", 0, -60, cruiser=200), force("b", 1, 60, cruiser=190))
    page = shot(Inputs(SEED, crowd, ()))
    rows = sum(len(one["id"]) for one in page["frames"])
    assert rows <= film.PAGE_ROWS_MAX


def test_refuses_what_the_engine_is_not_made_for() -> None:
    with pytest.raises(Rejected) as refused:
        Film(Inputs(SEED, (FORCES[0], FORCES[0]), ()), 0)
    assert refused.value.code == "invalid"
