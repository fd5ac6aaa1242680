"""What goes wrong is drawn from the seed alone, and every fault has its bounds."""

from collections import Counter
from itertools import islice

import pytest

from tests.load.chaos import schedule
from tests.load.chaos.schedule import ALONE, LASTS_S, PARTS, TARGETS, Round

MANY = 200


def some(seed: int, **kinds: tuple[str, ...]) -> list[Round]:
    return list(islice(schedule.rounds(seed, **kinds), MANY))


def test_a_seed_draws_the_same_again() -> None:
    assert some(7) == some(7)
    assert some(7) != some(8)


@pytest.mark.parametrize("seed", range(5))
def test_every_fault_has_a_target_of_its_kind_and_an_end(seed: int) -> None:
    for one in some(seed):
        for fault in one.faults:
            assert fault.target in TARGETS[fault.kind]
            least_s, most_s = LASTS_S.get(fault.kind, (0.0, 0.0))
            assert least_s <= fault.for_s <= most_s


@pytest.mark.parametrize("seed", range(5))
def test_one_or_two_go_wrong_at_once_and_never_the_same(seed: int) -> None:
    found = some(seed)
    assert {len(one.faults) for one in found} == {1, 2}
    for one in found:
        assert len({fault.target for fault in one.faults}) == len(one.faults)
        if len(one.faults) == 2:
            assert not ALONE & {fault.kind for fault in one.faults}


def test_every_kind_and_every_part_has_its_turn() -> None:
    faults = [fault for one in some(1) for fault in one.faults]
    assert {fault.kind for fault in faults} == set(TARGETS)
    killed = {fault.target for fault in faults if fault.kind == "kill"}
    assert killed == set(PARTS)


def test_only_the_wanted_kinds_are_drawn() -> None:
    found = some(3, kinds=("pause", "cut"))
    assert {fault.kind for one in found for fault in one.faults} == {"pause", "cut"}


def test_every_kind_of_part_is_killed_so_often() -> None:
    faults = [fault for one in schedule.kills(5, 20) for fault in one.faults]
    kinds = Counter(fault.target.partition(".")[0] for fault in faults)
    assert set(kinds.values()) == {20}
    assert kinds.keys() == {part.partition(".")[0] for part in PARTS}
    instances = Counter(f.target for f in faults if f.target.startswith("web."))
    assert set(instances.values()) == {10}


def test_a_fault_says_what_it_does_and_how_long() -> None:
    fault = schedule.Fault("slow", "web>bus", for_s=2.5, amount=120)
    assert fault.said == "slow web>bus by 120 ms for 2.5 s"
    assert schedule.Fault("clock", "valkey", amount=-700).said == (
        "clock valkey by -700 ms"
    )
