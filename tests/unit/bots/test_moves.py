"""A bot stays under the server's limits."""

from tests.load.moves import LIMITED, Pace, Paces


def sent(pace: Pace, moments: range) -> int:
    count = 0
    for now_ms in moments:
        if pace.has_one(now_ms):
            pace.take()
            count += 1
    return count


def test_the_pace_stays_under_the_limit_of_a_minute() -> None:
    for limit, most in (("build", 30), ("move", 20), ("attack", 10)):
        pace = Pace(**LIMITED[limit])
        count = sent(pace, range(1, 60_001, 100))
        assert most // 2 <= count < most


def test_nothing_is_sent_while_the_server_takes_nothing() -> None:
    paces = Paces()
    paces.rest(200_000)
    assert not paces.has_one("move", 199_999)
    assert paces.has_one("move", 200_000)
