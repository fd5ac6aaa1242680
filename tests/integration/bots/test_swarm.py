"""Bots play against a stock Socket.IO server, and notice what goes wrong."""

from collections.abc import Iterator

import pytest

from tests.integration.bots.stock import StockServer
from tests.load import client
from tests.load.api import Failed
from tests.load.swarm import Swarm
from tests.load.tally import Report
from tests.support.waiting import wait_for


@pytest.fixture
def server() -> Iterator[StockServer]:
    server = StockServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def swarm(server: StockServer) -> Iterator[Swarm]:
    with Swarm(f"http://127.0.0.1:{server.port}", bots=3, rate=20, seed=1) as swarm:
        swarm.start()
        swarm.begin()
        yield swarm


def plays_on(swarm: Swarm, commands: int = 20) -> None:
    target = swarm.tally.commands.total() + commands
    wait_for(lambda: swarm.tally.commands.total() >= target, "more commands")


def test_play_is_counted_and_nothing_is_wrong(swarm: Swarm) -> None:
    plays_on(swarm, 60)
    report: Report = swarm.stop()
    assert report.wrongs() == []
    assert report.tally.checked["player"] == 3
    assert len(report.tally.ack_s) >= 60
    renamed = report.tally.commands["colonies.rename"]
    assert 0.8 * renamed <= len(report.tally.own_s) <= renamed  # known by their ms
    assert report.tally.instances == {"stock": 3}
    assert report.tally.rooms.events == renamed


def test_lost_broadcasts_are_seen_and_healed(swarm: Swarm, server: StockServer) -> None:
    server.lose = 3
    wait_for(lambda: server.lose == 0, "lost broadcasts")
    wait_for(lambda: swarm.tally.rooms.gaps_healed > 0, "a gap that is healed")
    report = swarm.stop()
    assert report.wrongs() == []
    assert report.tally.rooms.resumed >= 1


def test_comes_back_and_sends_again_what_was_not_answered(
    swarm: Swarm, server: StockServer
) -> None:
    plays_on(swarm)
    server.refuse = 2
    server.cut = 3
    wait_for(lambda: swarm.tally.reconnects >= 3, "reconnects")
    plays_on(swarm)
    report = swarm.stop()
    assert report.wrongs() == []
    assert report.tally.turned_away["draining"] == 2
    assert report.tally.sent_again >= 1
    ids = [one.id for one in report.tally.acknowledged]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(server.done)


def test_an_ack_that_never_comes_is_asked_for_again(
    swarm: Swarm, server: StockServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ACK_S", 0.2)
    server.swallow = 1
    wait_for(lambda: swarm.tally.sent_again >= 1, "a command sent again")
    assert swarm.stop().wrongs() == []


def test_a_broadcast_that_comes_twice_is_wrong(
    swarm: Swarm, server: StockServer
) -> None:
    server.twice = True
    wait_for(lambda: swarm.tally.rooms.duplicates > 0, "duplicates")
    assert any("twice" in wrong for wrong in swarm.stop().wrongs())


def test_a_view_that_is_not_the_snapshot_is_wrong(
    swarm: Swarm, server: StockServer
) -> None:
    plays_on(swarm)
    for room in server.rooms.values():
        room.view["research"]["projects"].append("nobody heard of it")
    assert any("is not" in wrong for wrong in swarm.stop().wrongs())


def test_what_is_rash_must_be_refused(swarm: Swarm, server: StockServer) -> None:
    wait_for(lambda: swarm.tally.rebuffs.total() > 0, "rebuffs")
    server.takes_all = True
    wait_for(lambda: bool(swarm.tally.flaws), "flaws")
    assert any("was answered with" in wrong for wrong in swarm.stop().wrongs())


def test_a_cluster_that_refuses_the_bots_is_named(server: StockServer) -> None:
    with Swarm(f"http://127.0.0.1:{server.port}", bots=2, galaxy="9") as swarm:
        with pytest.raises(Failed, match="/galaxies/9/join: 404 not_found"):
            swarm.start()
