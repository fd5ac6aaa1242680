"""One trace leads from nginx through web, Redis and worker to Postgres.

The processes send their spans to a collector inside the test, as they would to any.
"""

from collections.abc import Iterator

import pytest

from tests.support.cluster import Cluster, wait_until
from tests.support.collector import Collector, Seen, listening
from tests.support.guest import PASSWORD, Guest

WAIT_S = 20.0
TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SENDS_EVERY_MS = "200"


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def cluster(collector: Collector) -> Iterator[Cluster]:
    """Run a cluster of one instance that traces everything."""
    traced = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
        "OTEL_TRACES_SAMPLER_ARG": "1",
        "OTEL_BSP_SCHEDULE_DELAY": SENDS_EVERY_MS,
    }
    with Cluster(web=1, env=traced) as whole:
        yield whole


@pytest.fixture(scope="module")
def guest(cluster: Cluster) -> Guest:
    return Guest(cluster.url)


def named(spans: list[Seen], name: str) -> Seen:
    """Give the first span of a name."""
    return next(span for span in spans if span.name == name)


def way(spans: list[Seen], last: Seen) -> list[str]:
    """Name what leads to a span, from the outside in."""
    by_id = {span.id: span for span in spans}
    found = [last]
    while found[0].parent in by_id:
        found.insert(0, by_id[found[0].parent])
    return [f"{span.process}: {span.name}" for span in found]


def test_one_trace_leads_from_the_caller_to_the_worker_and_to_postgres(
    collector: Collector, guest: Guest
) -> None:
    asked = {"colony": guest.colony, "building": "mine"}
    caller = f"00-{TRACE}-{CALLER}-00"
    guest.post("/commands/colonies.build", asked, traceparent=caller)

    def is_whole() -> bool:
        names = [span.name for span in collector.of(TRACE)]
        return names.count("persist") == 2 and any("settle" in one for one in names)

    wait_until(is_whole, WAIT_S)
    spans = collector.of(TRACE)
    route = "POST /api/v1/commands/<string:name>"
    request = named(spans, route)
    assert request.parent == CALLER
    assert request.attributes["http.response.status_code"] == 200

    above = [f"web.1: {route}", "web.1: command Build"]
    assert way(spans, named(spans, "redis load")) == [*above, "web.1: redis load"]
    assert way(spans, named(spans, "decide")) == [*above, "web.1: decide"]
    committed = [*above, "web.1: commit", "web.1: redis commit"]
    settled = [*committed, "worker.1: settle CompleteOrder"]
    both = {tuple(way(spans, one)) for one in spans if one.name == "persist"}
    assert both == {
        (*committed, "persister.1: persist"),
        (
            *settled,
            "worker.1: commit",
            "worker.1: redis commit",
            "persister.1: persist",
        ),
    }
    assert {span.service for span in spans} == {
        "dominion-web",
        "dominion-worker",
        "dominion-persister",
    }


def test_who_brings_no_trace_finds_it_by_the_request_s_id(
    collector: Collector, guest: Guest
) -> None:
    answer = guest.ask("GET", "/me")
    request_id = answer.headers["X-Request-ID"]

    def requests() -> list[Seen]:
        return [one for one in collector.of(request_id) if one.name == "GET /api/v1/me"]

    wait_until(lambda: requests() != [], WAIT_S)  # its parts may come first

    [request] = requests()
    assert request.parent == request_id[:16]
    assert request.attributes["gd.request_id"] == request_id


def test_a_message_of_a_socket_is_a_trace(collector: Collector, guest: Guest) -> None:
    guest.connect()
    guest.do("time.sync", client_ms=1)
    guest.call("no.such.thing")
    guest.leave()

    def told() -> set[str]:
        return {span.name for span in collector.all if span.name.startswith("socket")}

    wait_until(lambda: {"socket time.sync", "socket unknown"} <= told(), WAIT_S)


def test_spans_hold_ids_and_nothing_private(collector: Collector, guest: Guest) -> None:
    said = " ".join(f"{span.name} {span.attributes}" for span in collector.all)

    assert guest.player in said
    for private in (guest.token, guest.name, PASSWORD, '"mine"', "mine'"):
        assert private not in said
