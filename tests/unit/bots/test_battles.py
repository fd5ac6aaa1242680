"""Bots that see the same battle compare what they see."""

from tests.load.battles import Battles


def test_the_same_moment_is_the_same_for_all() -> None:
    battles = Battles()
    for bot in ("a", "b", "c"):
        assert battles.see(bot, "x", {"tick": 10, "chain": "one"}) == ""
    battles.see("a", "x", {"tick": 20, "chain": "two"})
    battles.see("a", "y", {"tick": 10, "chain": "three"})
    assert (battles.seen, battles.compared, battles.moments) == (2, 1, 1)
    assert battles.differing == 0


def test_another_chain_at_the_same_moment_is_a_flaw() -> None:
    battles = Battles()
    battles.see("a", "x", {"tick": 10, "chain": "one"})
    assert "tick 10" in battles.see("b", "x", {"tick": 10, "chain": "other"})
    assert battles.differing == 1


def test_one_bot_that_sees_a_moment_twice_compares_nothing() -> None:
    battles = Battles()
    battles.see("a", "x", {"tick": 10, "chain": "one"})
    battles.see("a", "x", {"tick": 10, "chain": "one"})
    battles.see("a", "x", {"alive": {}})
    assert (battles.seen, battles.compared) == (1, 0)
