"""Moments of users are drawn beforehand, and the same for the same seed."""

from itertools import islice
from typing import cast

from tests.load.crowd import stamps
from tests.load.crowd.crowd import Crowd
from tests.load.crowd.dialect import User
from tests.load.crowd.measure import Figures
from tests.load.crowd.mixes import Chatter
from tests.load.crowd.ours import Ours
from tests.load.crowd.play import Play
from tests.load.crowd.storm import EVERY_S, Storm
from tests.load.prices import Prices


def crowd_of(count: int, seed: str = "1") -> tuple[Crowd, list[User]]:
    users = [User(number, f"u{number}", f"{seed}.{number}") for number in range(count)]
    return Crowd(cast("Ours", None), Figures(), users), users


def play() -> Play:
    return Play(cast("Crowd", None), cast("Ours", None), Prices({}, {}, {}, 5))


def test_chatter_keeps_to_one_message_a_second() -> None:
    crowd, [user] = crowd_of(1)
    moments = list(islice(Chatter(crowd).moments(user), 5))
    assert 0 <= moments[0] < 1
    assert [round(at - moments[0], 9) for at in moments] == [0, 1, 2, 3, 4]


def test_play_is_half_a_command_a_second_on_average_and_ever_later() -> None:
    _crowd, [user] = crowd_of(1)
    moments = list(islice(play().moments(user), 2_001))
    assert moments == sorted(moments)
    assert 1.95 < (moments[-1] - moments[0]) / 2_000 < 2.05


def test_the_same_seed_draws_the_same_moments() -> None:
    some = [list(islice(play().moments(crowd_of(1)[1][0]), 20)) for _ in range(2)]
    assert some[0] == some[1]
    other = list(islice(play().moments(crowd_of(1, "2")[1][0]), 20))
    assert other != some[0]


def test_rooms_of_chatter_hold_ten_and_the_rest() -> None:
    crowd, users = crowd_of(23)
    Chatter(crowd).group(users)
    assert [len(user.mates) for user in users if user.is_first] == [10, 10, 3]
    assert len({user.room for user in users}) == 3


def test_a_stamp_tells_what_was_written_and_is_as_long_as_any_other() -> None:
    text = stamps.write(12_345.678901, 1_999, 42)
    assert len(text) == len(stamps.write(0.0, 0, 0)) == stamps.TEXT_LENGTH
    assert stamps.moment(text) == 12_345.678901
    assert stamps.read(text) == (12_345.678901, 1_999, 42)


def test_storms_come_in_time_to_be_over() -> None:
    crowd, users = crowd_of(1)
    assert Storm(crowd, users, 6.0).moments_s == [2.0]
    moments = Storm(crowd, users, 120.0).moments_s
    assert moments == [40.0 + EVERY_S * number for number in range(len(moments))]
    assert moments[-1] <= 120.0 - EVERY_S / 3
