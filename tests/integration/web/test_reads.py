"""Check what is read from Postgres: rankings, and the last known state."""

import pytest
import redis
from sqlalchemy import insert, text

from app.core.message import Ref
from app.engine.keys import Keys
from app.engine.postgres import aggregates
from app.web.database import db
from tests.support.web import Asker, assert_problem


@pytest.fixture
def ranked(app, ann, bob):
    """Give two players with their powers."""
    add = text("INSERT INTO powers VALUES ('1', :id, :name, :power)")
    with app.app_context():
        db.session.execute(text("DELETE FROM powers"))
        for power, asker in ((7, ann), (9, bob)):
            row = {"id": asker.id, "name": asker.username, "power": power}
            db.session.execute(add, row)
        db.session.commit()
    return ann, bob


def test_ranks_players_by_power(ranked):
    ann, bob = ranked
    shown = ann.get("/leaderboards/power").get_json()
    assert [(one["rank"], one["player"]) for one in shown["lines"]] == [
        (1, bob.id),
        (2, ann.id),
    ]
    assert shown["around_me"] == shown["lines"]
    second = ann.get("/leaderboards/power?limit=1&offset=1").get_json()["lines"]
    assert [one["player"] for one in second] == [ann.id]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "offset=-1",
        "offset=99999999999999999999",
        "limit=1 OR 1=1",
        "limit=%00",
        "limit=NaN",
        "galaxy=" + "x" * 99,
    ],
)
def test_refuses_tricks_in_what_is_asked_for(ranked, query):
    answer = ranked[0].get(f"/leaderboards/power?{query}")
    assert_problem(answer, 422, "invalid")


@pytest.mark.parametrize("name", ["nothing", "powers; --", "%00", "x" * 500])
def test_knows_no_other_ranking(ann, name):
    assert_problem(ann.get(f"/leaderboards/{name}"), 404, "not_found")


def persist(app, settings, *refs):
    """Copy aggregates to Postgres as the persister does."""
    with redis.Redis.from_url(settings.redis_state_url) as client, app.app_context():
        for ref in refs:
            held = client.hgetall(Keys("1").aggregate(ref))
            row = {"galaxy": "1", "kind": ref.kind, "id": ref.id, "changed_ms": 1}
            row |= {"version": int(held[b"v"]), "state": held[b"d"]}
            db.session.execute(insert(aggregates), row)
        db.session.commit()


def test_shows_the_last_known_state_without_redis(app, open_app, ann, settings):
    colony = ann.joined()
    assert ann.get(f"/colonies/{colony}").get_json()["stale"] is False
    persist(app, settings, Ref("player", ann.id), Ref("colony", colony))
    nowhere = open_app(redis_state_url="redis://127.0.0.1:1")
    lonely = Asker(**{**vars(ann), "client": nowhere.test_client()})
    shown = lonely.get(f"/colonies/{colony}").get_json()
    assert (shown["id"], shown["stale"]) == (colony, True)
    (empire,) = lonely.get("/me").get_json()["empires"]
    assert empire["stale"] is True
    assert empire["colonies"][0]["id"] == colony
    sent = {"colony": colony, "building": "mine"}
    refused = lonely.post("/commands/colonies.build", json=sent)
    body = assert_problem(refused, 503, "unavailable")
    assert body["retry_after_ms"] > 0


def test_lets_players_in_without_the_bus(open_app, ann):
    nowhere = open_app(redis_bus_url="redis://127.0.0.1:1")
    lonely = Asker(**{**vars(ann), "client": nowhere.test_client()})
    assert lonely.get("/me").status_code == 200
    refreshed = lonely.post("/auth/refresh", token=ann.refresh)
    assert refreshed.status_code == 200
    assert_problem(lonely.post("/auth/logout"), 503, "unavailable")
    assert lonely.get("/me").status_code == 200


def test_shows_a_galaxy_as_it_is_now(ann):
    shown = ann.get("/galaxies/1").get_json()
    assert shown["id"] == "1"
    assert shown["server_ms"] > 0
    assert set(shown["weather"]) == {"core", "mid_rim", "outer_rim", "deep_space"}
    assert all(
        one["until_ms"] > shown["server_ms"] for one in shown["weather"].values()
    )
    assert shown["active_players"] == 0
    assert not set(shown["hazards"]) & set(shown["protected"])
    assert_problem(ann.get("/galaxies/none"), 404, "not_found")
