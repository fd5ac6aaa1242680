"""Operators see every process: its metrics, and one command's way through the logs."""

import json
import re
from collections.abc import Iterator

import pytest
import requests
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

from app.engine import metrics
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import Guest
from tests.support.queries import asked, queries, recorded

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

ADDED = {"job", "instance"}
"""Labels that Prometheus adds to each series of a target."""
RARE = {("gd_commands_total", "result"), ("gd_http_seconds_count", "status")}
"""Values that only appear when something fails: `busy`, `unavailable`, 5xx."""

Series = dict[str, dict[str, set[str]]]
"""Metric -> its labels -> their values."""


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


def exposed(cluster: Cluster) -> Series:
    """Scrape whatever the runner tells Prometheus to."""
    file = cluster.var / "run" / "targets.json"
    found: Series = {"up": {}}
    for group in json.loads(file.read_text()):
        [address] = group["targets"]
        told = requests.get(f"http://{address}/metrics", timeout=WAIT_S)
        for family in text_string_to_metric_families(told.text):
            for sample in family.samples:
                labels = found.setdefault(sample.name, {})
                for label, value in sample.labels.items():
                    labels.setdefault(label, set()).add(value)
    return found | declared(found)


def declared(found: Series) -> Series:
    """Give metrics of ours that nothing happened to yet: they have no sample."""
    more: Series = {}
    ours = (one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase))
    for metric in ours:
        for family in metric.collect():
            name = family.name + ("_total" if family.type == "counter" else "")
            if name not in found and not family.samples:
                more[name] = {label: set() for label in metric._labelnames}
    return more


def play(cluster: Cluster) -> None:
    """Do a little of everything, so that metrics have something to tell."""
    guest = Guest(cluster.url).connect()
    guest.do("colonies.build", colony=guest.colony, building="mine")
    guest.call("no.such.thing")
    guest.do("view.set", x0=0, y0=0, x1=100, y1=100)
    guest.wait_until(lambda: guest.events(guest.room))
    guest.leave()


def test_every_metric_and_label_that_rules_and_dashboard_name_exists(
    cluster: Cluster,
) -> None:
    play(cluster)
    found = exposed(cluster)
    made = recorded()

    missing = []
    for where, text in queries():
        query = asked(text)
        known: set[str] = set()
        for one in query.series:
            labels = found.get(one.name, {key: set() for key in made.get(one.name, ())})
            if one.name not in found and one.name not in made:
                missing.append(f"{where}: {one.name}")
            known |= labels.keys() | ADDED
            for matcher in one.matchers.matchers:
                if matcher.name not in labels.keys() | ADDED:
                    missing.append(f"{where}: {one.name} has no {matcher.name}")
                values = labels.get(matcher.name, set())
                is_rare = (one.name, matcher.name) in RARE
                if values and not is_rare and not matches(matcher.value, values):
                    missing.append(f"{where}: {matcher.name}={matcher.value}")
        missing += [f"{where}: no label {one}" for one in query.grouped - known]

    assert missing == []


def matches(pattern: str, values: set[str]) -> bool:
    return any(re.fullmatch(pattern, value) for value in values)


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
            timer in line.get("command_ids", ()) for line in lines(cluster, "worker.1")
        )

    wait_until(is_settled, WAIT_S)
    web = [*lines(cluster, "web.1"), *lines(cluster, "web.2")]
    [request] = [line for line in web if line.get("request_id") == request_id]
    assert request["player_id"] == guest.player
    claimed = [line.get("command_ids", ()) for line in lines(cluster, "clock.1")]
    assert any(timer in ids for ids in claimed)
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
