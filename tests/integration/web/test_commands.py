"""Check that every command runs over HTTP, once for each key."""

import gzip
from collections import Counter
from time import time
from uuid import uuid4

import pytest
import redis

from app.engine.keys import Keys
from app.game import registry
from app.web import rules
from tests.support.web import Asker, assert_problem, register

BUILD = "/commands/colonies.build"
JSON = "application/json"


def build(asker, colony, building="mine", **options):
    sent = {"colony": colony, "building": building}
    return asker.post(BUILD, json=sent, **options)


def keyed(key):
    return {"headers": {"Idempotency-Key": key}}


def assert_refused(answer, status, code):
    """Make sure that a problem holds what the ack of a refusal holds."""
    told = assert_problem(answer, status, code)
    assert told["ok"] is False
    assert abs(told["at_ms"] - time() * 1_000) < 60_000
    error = told["error"]
    assert (error["code"], error["message"]) == (code, told["message"])
    assert error == {name: told[name] for name in error}
    return told


def queue(asker, colony):
    return asker.get(f"/colonies/{colony}").get_json()["queue"]


def test_answers_a_command_with_its_ack(ann):
    colony = ann.joined()
    key = str(uuid4())
    ack = build(ann, colony, **keyed(key)).get_json()
    assert (ack["ok"], ack["id"]) == (True, key)
    assert ack["result"]["building"] == "mine"
    assert ack["result"]["complete_ms"] > ack["at_ms"]
    assert [order["order"] for order in queue(ann, colony)] == [ack["result"]["order"]]


def test_makes_an_id_where_the_client_sends_none(ann):
    colony = ann.joined()
    one, other = build(ann, colony).get_json(), build(ann, colony).get_json()
    assert one["id"] != other["id"]
    assert len(queue(ann, colony)) == 2


def test_has_one_effect_for_one_key(ann):
    colony = ann.joined()
    key = str(uuid4())
    answers = [build(ann, colony, **keyed(key)).get_json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(queue(ann, colony)) == 1


def test_gives_a_key_back_in_its_own_case(ann):
    colony = ann.joined()
    key = str(uuid4())
    lower = build(ann, colony, **keyed(key)).get_json()
    upper = build(ann, colony, **keyed(key.upper())).get_json()
    assert upper == lower | {"id": key.upper()}
    assert len(queue(ann, colony)) == 1


def test_refuses_a_key_that_comes_with_another_payload(ann):
    colony = ann.joined()
    key = str(uuid4())
    build(ann, colony, **keyed(key))
    answer = build(ann, colony, "power_plant", **keyed(key))
    assert assert_refused(answer, 409, "id_reused")["id"] == key
    assert len(queue(ann, colony)) == 1


def test_knows_a_payload_again_in_another_order(ann):
    sent = {"colony": ann.joined(), "predicted": {"energy": 1, "minerals": 2}}
    turned = dict(reversed(sent.items()))
    turned["predicted"] = dict(reversed(sent["predicted"].items()))
    key = str(uuid4())
    first, again = (
        ann.post("/commands/colonies.sync", json=body, **keyed(key))
        for body in (sent, turned)
    )
    assert first.status_code == 200
    assert again.get_json() == first.get_json()


def test_lets_two_players_use_the_same_key(ann, bob):
    key = str(uuid4())
    for asker in (ann, bob):
        assert build(asker, asker.joined(), **keyed(key)).status_code == 200


@pytest.mark.parametrize(
    "key", ["1", "x" * 36, "{621adb08-ab62-4b6b-82bd-4e87468eff4b}", "\u00e9"]
)
def test_refuses_a_key_that_is_no_uuid(ann, key):
    answer = build(ann, ann.joined(), **keyed(key.encode().decode("latin-1")))
    told = assert_refused(answer, 422, "invalid")
    assert told["id"] is None
    assert "Idempotency-Key" in told["fields"]


@pytest.mark.parametrize(
    ("path", "body", "kind", "status", "code"),
    [
        (BUILD, b'{"colony":"c","building":"mine"}', JSON, 404, "not_found"),
        (BUILD, b'{"colony":"c","building":"moon"}', JSON, 422, "invalid"),
        (BUILD, b"{", JSON, 400, "invalid"),
        (BUILD, b"{}", "text/plain", 415, "unsupported_media_type"),
        (BUILD, b'"' + b"x" * 20_000 + b'"', JSON, 413, "too_large"),
        (BUILD + "?galaxy=2", b"{}", JSON, 404, "not_found"),
        (BUILD + "?galaxy=" + "2" * 99, b"{}", JSON, 422, "invalid"),
        ("/commands/colonies.explode", b"{}", JSON, 404, "unknown_command"),
    ],
)
def test_tells_of_any_refusal_what_an_ack_tells(ann, path, body, kind, status, code):
    ann.joined()
    key = str(uuid4()).upper()
    answer = ann.post(path, data=body, content_type=kind, **keyed(key))
    assert assert_refused(answer, status, code)["id"] == key


def test_tells_whoever_is_not_signed_in_what_an_ack_tells(ann):
    key = str(uuid4())
    answer = build(ann, "c", token="none", **keyed(key))
    assert assert_refused(answer, 401, "unauthenticated")["id"] == key


def test_repeats_a_refusal_to_the_word(ann):
    sent = {"colony": ann.joined(), "unit": "battleship", "count": 1}
    key = str(uuid4())
    first, again = (
        assert_refused(
            ann.post("/commands/colonies.train", json=sent, **keyed(key)),
            409,
            "requirements_missing",
        )
        for _ in range(2)
    )
    assert again | {"request_id": ""} == first | {"request_id": ""}
    assert first["error"]["missing"] == first["missing"]


def test_says_what_is_missing(ann):
    colony = ann.joined()
    body = assert_problem(
        ann.post(
            "/commands/colonies.train",
            json={"colony": colony, "unit": "battleship", "count": 1},
        ),
        409,
        "requirements_missing",
    )
    assert body["at_ms"] > 0
    assert body["message"]


@pytest.mark.parametrize(
    "name", ["colonies.explode", "JoinGalaxy", "x" * 300, "é\u202e"]
)
def test_knows_no_other_command(ann, name):
    answer = ann.post(f"/commands/{name}", json={})
    assert_problem(answer, 404, "unknown_command")


def test_shows_nothing_of_what_is_not_ones_own(ann, bob):
    colony = ann.joined()
    bob.joined()
    foreign = assert_problem(build(bob, colony), 404, "not_found")
    absent = assert_problem(build(bob, "0000000000000"), 404, "not_found")
    assert foreign["detail"] == absent["detail"]
    seen = assert_problem(bob.get(f"/colonies/{colony}"), 404, "not_found")
    gone = assert_problem(bob.get("/colonies/0000000000000"), 404, "not_found")
    assert seen["detail"] == gone["detail"]


def test_lets_exactly_the_allowed_number_pass_over_two_instances(ann, open_app):
    colony = ann.joined()
    second = open_app(instance="web.2")
    other = Asker(**{**vars(ann), "client": second.test_client()})
    sent = {"colony": colony, "building": "embassy"}
    answers = [
        asker.post("/commands/colonies.demolish", json=sent)
        for _ in range(25)
        for asker in (ann, other)
    ]
    codes = Counter(answer.get_json()["code"] for answer in answers)
    assert codes == {"not_found": 30, "rate_limited": 20}
    limited = build(ann, colony)
    error = assert_refused(limited, 429, "rate_limited")["error"]
    assert error["retry_after_ms"] > 0
    assert 0 < int(limited.headers["Retry-After"]) <= 60
    assert ann.get("/me").status_code == 200


def test_joins_once(ann):
    colony = ann.joined()
    assert ann.joined() == colony
    (empire,) = ann.get("/me").get_json()["empires"]
    assert empire["galaxy"] == "1"
    assert [one["id"] for one in empire["colonies"]] == [colony]
    assert ann.get("/galaxies").get_json() == [
        {"id": "1", "planets": 500, "joined": True}
    ]


def test_draws_another_home_where_all_that_were_looked_at_are_taken(app):
    homes = [register(app).joined() for _ in range(12)]
    assert len(set(homes)) == 12


def test_knows_no_other_galaxy(ann):
    assert_problem(ann.post("/galaxies/2/join"), 404, "not_found")
    assert_problem(ann.get("/research?galaxy=2"), 404, "not_found")
    assert_problem(ann.post(BUILD + "?galaxy=2", json={}), 404, "not_found")


def test_shows_ones_own_colony_and_research(ann):
    assert_problem(ann.get("/research"), 409, "no_empire")
    colony = ann.joined()
    shown = ann.get(f"/colonies/{colony}").get_json()
    assert shown["id"] == colony
    wanted = {"name", "x", "y", "region", "planet_type", "resources", "buildings"}
    assert wanted | {"queue", "units"} <= set(shown)
    assert shown["resources"]["amounts"]["minerals"] >= 1000
    assert ann.get("/research").get_json()["projects"] == []


def test_refuses_commands_while_redis_waits_to_be_rebuilt(ann, settings):
    colony = ann.joined()
    with redis.Redis.from_url(settings.redis_state_url) as client:
        client.delete(Keys("1").epoch)
    answer = build(ann, colony)
    assert_refused(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "1"


def test_shows_the_rules_to_anybody_and_once(app):
    client = app.test_client()
    first = client.get("/api/v1/rules")
    assert len(first.get_json()["colonies"]["buildings"]) == 12
    tag = first.headers["ETag"]
    again = client.get("/api/v1/rules", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_makes_the_rules_once_for_all_who_ask(app, monkeypatch):
    monkeypatch.delattr(registry, "rules_document")
    client = app.test_client()
    first = client.get("/api/v1/rules")
    assert first.cache_control.public
    assert first.cache_control.max_age == rules.CACHE_S
    packed = client.get("/api/v1/rules", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == first.data
