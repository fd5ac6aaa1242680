"""Operators see every process: its metrics, and one command's way through the logs."""

import json
from collections.abc import Iterator

import pytest
import requests

from tests.support.cluster import Cluster, wait_until
from tests.support.guest import Guest

WAIT_S = 15.0
METRICS = {
    "web.1": (
        "gd_connections",
        "gd_ack_seconds",
        "gd_commands_total",
        "gd_pool_in_use",
    ),
    "web.2": ("gd_room_fanout_clients", "gd_commit_retries_total", "gd_cache_total"),
    "clock.1": ("gd_timers_claimed_total", "gd_pool_in_use"),
    "worker.1": ("gd_timer_lateness_seconds", "gd_pool_in_use"),
    "persister.1": ("gd_journal_lag_entries", "gd_persisted_events_total"),
    "beat.1": ("python_info",),
}


def lines(cluster: Cluster, part: str) -> Iterator[dict]:
    for line in cluster.log(part).splitlines():
        if line.startswith("{"):
            yield json.loads(line)


@pytest.mark.parametrize("part", METRICS)
def test_every_process_tells_its_metrics(cluster: Cluster, part: str) -> None:
    told = requests.get(cluster.metrics_url(part), timeout=WAIT_S)

    assert told.status_code == 200
    for name in METRICS[part]:
        assert name in told.text


def test_a_command_is_found_in_the_logs_of_every_process(cluster: Cluster) -> None:
    guest = Guest(cluster.url)
    asked = {"colony": guest.colony, "building": "mine"}
    request_id = "trace-0123456789abcdef"
    order = guest.post(
        "/commands/colonies.build", asked, **{"X-Request-ID": request_id}
    )["result"]
    timer = f"{order['order']}.{order['complete_ms']}"

    def is_settled() -> bool:
        return any(
            line.get("command_id") == timer for line in lines(cluster, "worker.1")
        )

    wait_until(is_settled, WAIT_S)
    web = [*lines(cluster, "web.1"), *lines(cluster, "web.2")]
    [request] = [line for line in web if line.get("request_id") == request_id]
    assert request["player_id"] == guest.player
    claimed = [line.get("command_ids", ()) for line in lines(cluster, "clock.1")]
    assert any(timer in ids for ids in claimed)
    [settled] = [
        line
        for line in lines(cluster, "worker.1")
        if line["event"] == "settled" and line["command_id"] == timer
    ]
    assert settled["player_id"] == guest.player
    [passed] = [
        line for line in lines(cluster, "nginx") if line.get("request_id") == request_id
    ]
    assert passed["status"] == 200


def test_no_token_reaches_a_log(cluster: Cluster) -> None:
    guest = Guest(cluster.url).connect()
    guest.ask("GET", f"/me?token={guest.token}")
    guest.leave()

    for part in cluster.pids:
        assert guest.token not in cluster.log(part)
        assert "correct horse battery" not in cluster.log(part)
