"""A report says how fast it was, and everything that was wrong."""

from tests.load.tally import Report, Tally, percentile, quantiles


def report(tally: Tally, **changes: object) -> Report:
    fields = {
        "bots": 2,
        "seconds": 10.0,
        "cpu_share": 0.1,
        "tally": tally,
        "unhealed": (),
        "away": 0,
    }
    return Report(**(fields | changes))


def test_percentiles_are_ranks_of_what_was_measured() -> None:
    seconds = [number / 1_000 for number in range(1, 101)]
    assert [percentile(seconds, p) for p in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert percentile([0.007], 50) == 7
    assert percentile([], 99) == 0
    assert quantiles(seconds)["count"] == 100


def test_nothing_is_wrong_with_refusals_that_play_meets() -> None:
    tally = Tally()
    tally.refusals["not_enough_resources"] = 3
    assert report(tally).wrongs() == []


def test_says_every_wrong() -> None:
    tally = Tally()
    tally.refusals["unavailable"] = 1
    tally.http[503] = 2
    tally.rooms.duplicates = 3
    tally.rooms.gaps_seen = 4
    tally.unanswered = 5
    said = report(tally, unhealed=("a",), away=1).wrongs()
    assert said == [
        "1 rooms unhealed",
        "1 bots away at the end",
        "3 events broadcast twice",
        "4 gaps not healed",
        "5 commands without an answer",
        "HTTP 503: 2",
        "1 refused with unavailable",
    ]
    assert "1 refused with unavailable" not in report(tally).wrongs(["unavailable"])


def test_an_event_that_differs_between_two_listeners_is_a_flaw() -> None:
    tally = Tally()
    tally.hear("r", [{"seq": 1, "type": "a"}])
    tally.hear("r", [{"seq": 1, "type": "a"}])
    assert tally.flaws == []
    tally.hear("r", [{"seq": 1, "type": "b"}])
    assert len(report(tally).wrongs()) == 1


def test_an_order_that_was_placed_twice_is_a_flaw() -> None:
    tally = Tally()
    tally.place("order", "r", 1)
    tally.place("order", "r", 1)
    assert tally.flaws == []
    tally.place("order", "r", 2)
    assert len(tally.flaws) == 1


def test_a_summary_is_plain_json() -> None:
    tally = Tally()
    tally.commands["colonies.build"] = 20
    tally.ack_s.append(0.004)
    summary = report(tally).summary()
    assert summary["per_second"] == 2.0
    assert summary["ack_ms"]["p95"] == 4.0
    assert summary["rooms"]["gaps_seen"] == 0
