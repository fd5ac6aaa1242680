"""Flags are decided on, and enough of them ban: once, everywhere, until lifted."""

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest import mock

import orjson
import pytest
import redis
from sqlalchemy import text

from app.cluster import Cluster
from app.core.units import DAY_MS
from app.engine import keys
from app.engine.redis import Unavailable
from app.game.anticheat.model.flag import CONFIDENCE_MAX, Flag
from app.game.anticheat.projection import flags
from app.game.anticheat.rules.claims import CLAIMS
from app.game.anticheat.rules.timing import TIMING
from tests.support.web import PASSWORD, Asker, assert_problem, register
from workers import moderation
from workers.moderation import Moderation

ENOUGH = flags.CONFIRMED_MAX + 1
SOME_MS = 1_763_700_000_000
TABLES = "flags, flag_decisions, bans"


@pytest.fixture
def cluster(app, settings) -> Iterator[Cluster]:
    """Give a worker's process beside the instance, with no flags yet."""
    made = Cluster(replace(settings, anticheat_shadow=False))
    with made.postgres.begin() as connection:
        connection.execute(text(f"TRUNCATE {TABLES}"))
    yield made
    made.postgres.dispose()


@pytest.fixture
def office(cluster: Cluster) -> Moderation:
    return Moderation(cluster)


def rows(cluster: Cluster, statement: str) -> list[tuple]:
    with cluster.postgres.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def flagged(
    cluster: Cluster,
    player: str,
    count: int = ENOUGH,
    *,
    shadow: bool = False,
    detector: str = TIMING,
    confidence: int = CONFIDENCE_MAX,
    begin_ms: int = SOME_MS,
    apart_ms: int = 60_000,
) -> list[int]:
    """Raise flags on a player; give their numbers."""
    found = [
        Flag(
            player=player,
            detector=detector,
            at_ms=begin_ms + i * apart_ms,
            confidence_percent=confidence,
            evidence={"number": i},
        )
        for i in range(count)
    ]
    with cluster.postgres.begin() as connection:
        flags.keep(connection, "1", found, shadow=shadow)
    return [number for (number,) in rows(cluster, "SELECT id FROM flags ORDER BY id")][
        -count:
    ]


def confirm(office: Moderation, ids: Sequence[int]) -> int:
    return office.decide(ids, confirmed=True, who="ada")


def log_in(app, player: Asker):
    body = {"username": player.username, "password": PASSWORD}
    return app.test_client().post("/api/v1/auth/login", json=body)


def test_more_than_five_confirmed_flags_ban(app, ann, cluster, office):
    ids = flagged(cluster, ann.id)
    confirm(office, ids[:-1])
    assert ann.get("/me").status_code == 200
    confirm(office, ids[-1:])
    assert_problem(ann.get("/me"), 403, "banned")
    assert_problem(log_in(app, ann), 403, "banned")
    [(account, who, reason)] = rows(cluster, "SELECT account_id, who, reason FROM bans")
    assert (account, who, reason) == (ann.id, "ada", moderation.REASON)


def test_a_ban_closes_sockets_on_every_instance(ann, cluster, office):
    with cluster.bus.pubsub(ignore_subscribe_messages=True) as heard:
        heard.ssubscribe(keys.BUS_ALL)
        heard.get_message(timeout=5)
        confirm(office, flagged(cluster, ann.id))
        message = orjson.loads(heard.get_message(timeout=5)["data"])
    assert message["method"] == "expel"
    assert (message["player"], message["code"]) == (ann.id, "banned")


def test_it_bans_once(ann, cluster, office):
    confirm(office, flagged(cluster, ann.id))
    assert office.settle("ada") == []
    confirm(office, flagged(cluster, ann.id, begin_ms=SOME_MS + DAY_MS))
    assert rows(cluster, "SELECT count(*) FROM bans") == [(1,)]


def test_two_who_decide_at_once_ban_once(ann, cluster, office):
    ids = flagged(cluster, ann.id, 2 * ENOUGH)
    both = [
        threading.Thread(target=confirm, args=(Moderation(cluster), part))
        for part in (ids[::2], ids[1::2])
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert rows(cluster, "SELECT count(*) FROM bans") == [(1,)]


def test_what_the_last_worker_left_undone_is_done(ann, cluster, office):
    """It died after the decision and before the ban."""
    with cluster.postgres.begin() as connection:
        ids = flagged(cluster, ann.id)
        flags.decide(connection, ids, confirmed=True, who="ada")
    assert ann.get("/me").status_code == 200
    assert Moderation(cluster).settle(flags.MACHINE) == [ann.id]
    assert_problem(ann.get("/me"), 403, "banned")


def test_nothing_happens_while_sessions_cannot_be_told(ann, cluster, office):
    ids = flagged(cluster, ann.id)
    down = mock.patch.object(redis.Redis, "set", side_effect=redis.ConnectionError)
    with down, pytest.raises(Unavailable):
        confirm(office, ids)
    assert rows(cluster, "SELECT count(*) FROM bans") == [(0,)]
    assert office.settle("ada") == [ann.id]


def test_shadow_flags_lead_to_nothing(ann, cluster, office):
    confirm(office, flagged(cluster, ann.id, shadow=True))
    assert ann.get("/me").status_code == 200


def test_in_shadow_mode_nothing_follows(ann, cluster, office):
    silent = Cluster(replace(cluster.settings, anticheat_shadow=True))
    confirm(Moderation(silent), flagged(cluster, ann.id))
    assert ann.get("/me").status_code == 200
    assert office.settle("ada") == [ann.id]
    silent.postgres.dispose()


def test_rejected_flags_do_not_count(ann, cluster, office):
    ids = flagged(cluster, ann.id)
    confirm(office, ids[:3])
    office.decide(ids[3:], confirmed=False, who="bob")
    confirm(office, flagged(cluster, ann.id, 2, begin_ms=SOME_MS + DAY_MS))
    assert ann.get("/me").status_code == 200


def test_each_decision_is_kept_with_who_made_it_and_when(ann, cluster, office):
    [number] = flagged(cluster, ann.id, 1)
    assert confirm(office, [number]) == 1
    assert confirm(office, [number]) == 0
    assert office.decide([number, 10**9], confirmed=False, who="bob") == 1
    found = rows(
        cluster,
        "SELECT flag, player, confirmed, who, at > now() - interval '1 minute'"
        " FROM flag_decisions ORDER BY number",
    )
    assert found == [
        (number, ann.id, True, "ada", True),
        (number, ann.id, False, "bob", True),
    ]


def test_who_is_unbanned_plays_on_and_old_flags_count_no_more(
    app, ann, cluster, office
):
    confirm(office, flagged(cluster, ann.id, ENOUGH + 3))
    office.lift(ann.id, who="bob")
    assert ann.get("/me").status_code == 200
    assert log_in(app, ann).status_code == 200
    assert office.settle(flags.MACHINE) == []
    confirm(office, flagged(cluster, ann.id, ENOUGH - 1, begin_ms=SOME_MS + DAY_MS))
    assert ann.get("/me").status_code == 200
    confirm(office, flagged(cluster, ann.id, 1, begin_ms=SOME_MS + 2 * DAY_MS))
    assert_problem(ann.get("/me"), 403, "banned")
    found = rows(cluster, "SELECT who, lifted_by FROM bans ORDER BY number")
    assert found == [("ada", "bob"), ("ada", None)]


def test_operators_ban_for_a_time(ann, cluster, office):
    until = datetime.now(UTC) + timedelta(days=2)
    office.ban(ann.id, until=until, who="ada", reason="rude")
    body = assert_problem(ann.get("/me"), 403, "banned")
    assert body["until_ms"] == int(until.timestamp() * 1000)
    office.lift(ann.id, who="ada")
    assert ann.get("/me").status_code == 200


def test_an_account_that_is_gone_holds_nothing_up(ann, bob, cluster, office):
    confirmed = flagged(cluster, "nobody")
    assert confirm(office, [*confirmed, *flagged(cluster, ann.id)]) == 2 * ENOUGH
    assert_problem(ann.get("/me"), 403, "banned")
    assert office.settle("ada") == []


def test_what_arithmetic_proves_is_confirmed_after_a_day(ann, cluster, office):
    flagged(cluster, ann.id, 3, detector=CLAIMS, apart_ms=60_000)
    office.confirm_sure(SOME_MS + DAY_MS)
    assert rows(cluster, "SELECT count(*) FROM flag_decisions") == [(0,)]
    office.confirm_sure(SOME_MS + DAY_MS + DAY_MS)
    office.confirm_sure(SOME_MS + DAY_MS + DAY_MS)
    [(who, player)] = rows(cluster, "SELECT who, player FROM flag_decisions")
    assert (who, player) == (flags.MACHINE, ann.id)


def test_only_six_days_of_it_ban_without_a_person(ann, cluster, office):
    flagged(cluster, ann.id, ENOUGH, detector=CLAIMS, apart_ms=DAY_MS)
    office.confirm_sure(SOME_MS + ENOUGH * DAY_MS - 1)
    assert ann.get("/me").status_code == 200
    office.confirm_sure(SOME_MS + (ENOUGH + 1) * DAY_MS)
    assert_problem(ann.get("/me"), 403, "banned")


@pytest.mark.parametrize(
    "unsure",
    [
        pytest.param({"detector": TIMING}, id="no arithmetic"),
        pytest.param({"detector": CLAIMS, "confidence": 90}, id="not as sure"),
        pytest.param({"detector": CLAIMS, "shadow": True}, id="shadow"),
    ],
)
def test_what_is_not_sure_waits_for_a_person(ann, cluster, office, unsure):
    flagged(cluster, ann.id, **unsure)
    office.confirm_sure(SOME_MS + 9 * DAY_MS)
    assert rows(cluster, "SELECT count(*) FROM flag_decisions") == [(0,)]


def test_a_person_who_rejected_one_that_day_is_heard(ann, cluster, office):
    ids = flagged(cluster, ann.id, 3, detector=CLAIMS)
    office.decide(ids[:1], confirmed=False, who="ada")
    office.confirm_sure(SOME_MS + 9 * DAY_MS)
    assert rows(cluster, "SELECT count(*) FROM flags WHERE confirmed") == [(0,)]


def test_a_decided_flag_does_not_grow(ann, cluster, office):
    [number] = flagged(cluster, ann.id, 1, confidence=50)
    flagged(cluster, ann.id, 1, confidence=60)
    office.decide([number], confirmed=False, who="ada")
    flagged(cluster, ann.id, 1, confidence=95)
    found = rows(cluster, "SELECT confidence_percent, confirmed FROM flags")
    assert found == [(60, False)]


def run(settings, *arguments: str) -> int:
    """Run the command as `make flags` does."""
    given = {
        "DATABASE_URL": settings.database_url,
        "REDIS_STATE_URL": settings.redis_state_url,
        "ANTICHEAT_SHADOW": "false",
    }
    with mock.patch.dict(os.environ, given):
        with mock.patch("sys.argv", ["moderation", *arguments]):
            return moderation.main()


def test_the_command_lists_decides_bans_and_unbans(ann, cluster, settings, capsys):
    ids = flagged(cluster, ann.id)
    assert run(settings) == 0
    listed = capsys.readouterr().out
    assert f"{ids[0]:>6}  95% {TIMING}" in listed
    assert ann.username in listed
    assert '{"number":0}' in listed
    everything = ",".join(map(str, ids))
    assert run(settings, "--confirm", everything, "--who", "ada") == 0
    assert capsys.readouterr().out == f"confirmed: {ENOUGH}\n"
    assert_problem(ann.get("/me"), 403, "banned")
    assert run(settings, "--unban", ann.username, "--who", "ada", "--all") == 0
    assert "confirmed spent" in capsys.readouterr().out
    assert ann.get("/me").status_code == 200
    assert run(settings, "--ban", ann.id, "--days", "3", "--who", "ada") == 0
    assert_problem(ann.get("/me"), 403, "banned")


def test_the_command_bans_nobody_where_an_id_is_anothers_name(
    app, ann, cluster, settings, capsys
):
    other = register(app)
    with cluster.postgres.begin() as connection:
        connection.execute(
            text("UPDATE accounts SET username_key = :key WHERE id = :id"),
            {"key": ann.id, "id": other.id},
        )
    assert run(settings, "--ban", ann.id, "--who", "ada") == 1
    said = capsys.readouterr().err
    assert f"the id of {ann.username}, and the name of {other.id}" in said
    assert run(settings, "--ban", other.id, "--who", "ada") == 0
    assert_problem(other.get("/me"), 403, "banned")
    assert ann.get("/me").status_code == 200


def test_the_command_says_what_is_wrong(ann, cluster, settings, capsys):
    assert run(settings, "--ban", "nobody-here", "--who", "ada") == 1
    assert "no account nobody-here" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(settings, "--ban", ann.username)
    assert "--who" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(settings, "--confirm", "1,abc", "--who", "ada")
    assert "numbers of flags are needed, not abc" in capsys.readouterr().err
