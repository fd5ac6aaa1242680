"""The whole galaxy over HTTP: kept as bytes, compressed, with names for versions."""

import gzip

import orjson
import pytest
from sqlalchemy import insert, text

from app.game import registry
from app.game.colonies.projection import table
from app.web.database import db
from tests.support.web import Asker, assert_problem

PATHS = ["/galaxies/1/map", "/galaxies/1/colonies"]
ROW = {
    "galaxy": "1",
    "player": "p",
    "name": "Far, 'far' \"away\"",
    "region": "core",
    "planet_type": "ice",
    "founded_ms": 1,
    "awake_until_ms": 2,
    "buildings": {},
    "units": {},
}


@pytest.fixture
def settled(app):
    """Put rows of colonies into Postgres, as the persister does."""

    def settle(*places):
        rows = [
            ROW | {"id": name, "x_milli": x_milli, "y_milli": y_milli}
            for name, x_milli, y_milli in places
        ]
        with app.app_context():
            db.session.execute(text("DELETE FROM colonies"))
            db.session.execute(insert(table), rows)
            db.session.commit()

    return settle


def test_the_map_shows_each_planet_once_as_sectors_do(app, ann, settings):
    shown = ann.get("/galaxies/1/map").get_json()
    galaxy = registry.build_galaxy(settings.galaxy_seed, settings.planets)
    columns = shown["planets"]
    found = {
        name: (x, y, columns["types"][of_type], columns["regions"][of_region])
        for name, x, y, of_type, of_region in zip(
            *(columns[name] for name in ("id", "x", "y", "type", "region")), strict=True
        )
    }
    assert len(columns["id"]) == len(found) == settings.planets
    assert found == {
        one.id: (one.x_milli / 1000, one.y_milli / 1000, one.type, one.region)
        for one in galaxy.planets.values()
    }
    world = ann.get("/galaxies/1").get_json()
    for name in ("hazards", "protected"):
        assert shown[name] == world[name]
    assert (shown["side"], shown["sector"]) == (10_000, 100)


def test_colonies_are_shown_as_places_and_nothing_else(ann, settled):
    settled(("far", 1_500, 9_999_999), ("at-home", 0, 7_000))
    shown = ann.get("/galaxies/1/colonies").get_json()
    assert shown.pop("at_ms") > 0
    assert shown == {
        "stale": False,
        "colonies": {"id": ["at-home", "far"], "x": [0, 1.5], "y": [7, 9999.999]},
    }


def test_an_empty_galaxy_has_no_colonies(app, ann):
    with app.app_context():
        db.session.execute(text("DELETE FROM colonies"))
        db.session.commit()
    shown = ann.get("/galaxies/1/colonies").get_json()
    assert shown["colonies"] == {"id": [], "x": [], "y": []}


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_gets_no_body(ann, path):
    first = ann.get(path)
    assert first.cache_control.private
    assert first.cache_control.max_age > 0
    known = {"If-None-Match": first.headers["ETag"]}
    again = ann.get(path, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    packed = ann.get(path, headers=known | {"Accept-Encoding": "gzip"})
    assert packed.status_code == 304
    for other in ('"x"', "W/", "\u00e9", '"' + "x" * 5_000 + '"', ","):
        answer = ann.get(path, headers={"If-None-Match": other})
        assert answer.status_code == 200, other


@pytest.mark.parametrize("path", PATHS)
def test_it_is_compressed_for_who_takes_that(ann, path):
    plain = ann.get(path)
    assert "Content-Encoding" not in plain.headers
    for takes in ("gzip", "br, gzip;q=0.5", "*"):
        packed = ann.get(path, headers={"Accept-Encoding": takes})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert packed.headers["ETag"] == plain.headers["ETag"]
        found = orjson.loads(gzip.decompress(packed.data))
        assert found == plain.get_json()
    for takes in ("", "br", "gzip;q=0", "identity", "gzip;q=x;"):
        answer = ann.get(path, headers={"Accept-Encoding": takes})
        assert answer.get_json()


@pytest.mark.parametrize("path", PATHS)
def test_only_players_see_it(app, ann, path):
    stranger = app.test_client().get("/api/v1" + path)
    assert_problem(stranger, 401, "unauthenticated")
    assert_problem(ann.get(path, token="x.y.z"), 401, "unauthenticated")
    assert_problem(ann.get(path, token=ann.refresh), 401, "unauthenticated")
    known = {"If-None-Match": ann.get(path).headers["ETag"]}
    asked = app.test_client().get("/api/v1" + path, headers=known)
    assert_problem(asked, 401, "unauthenticated")
    for name in ("2", "none", "%00", "x" * 99):
        elsewhere = ann.get(path.replace("/1/", f"/{name}/"))
        assert_problem(elsewhere, 404, "not_found")


def test_without_postgres_only_the_map_is_to_be_had(ann, open_app):
    nowhere = open_app(database_read_url="postgresql://127.0.0.1:1/none")
    lonely = Asker(**{**vars(ann), "client": nowhere.test_client()})
    assert lonely.get("/galaxies/1/map").status_code == 200
    body = assert_problem(lonely.get("/galaxies/1/colonies"), 503, "unavailable")
    assert body["retry_after_ms"] > 0
