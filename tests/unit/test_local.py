"""What `make run` decides before its first process starts."""

import os
import re
from pathlib import Path

import pytest

from app import config
from deploy.local import edition, environment, nginx, plan, programs
from deploy.local.folders import PLAIN, ROOT, Folders
from deploy.local.ports import bind_problem, free_ports
from deploy.local.problem import StartError
from deploy.local.ready import last_words
from deploy.local.server import Server

RUNNER_SETTINGS = {"PORT", "WEB", "VAR", "SOCKET"}
POSTGRES = "postgresql://ours"
VALKEY, NEAR = "redis://:word@127.0.0.1:7/0", "unix://:word@/run/valkey.sock?db=0"


@pytest.fixture
def folders(tmp_path):
    made = Folders(tmp_path / "var")
    made.make()
    return made


@pytest.fixture
def no_settings(monkeypatch):
    for name in {*config.NAMES, *RUNNER_SETTINGS}:
        monkeypatch.delenv(name, raising=False)


def server(name, url, near=""):
    return Server(
        name=name,
        command=(),
        directory=ROOT,
        stop_signal="TERM",
        url=url,
        near=near,
        check=lambda: None,
    )


def complete(given, folders):
    servers = {
        "postgres": server("postgres", POSTGRES),
        "valkey": server("valkey", VALKEY, NEAR),
    }
    return environment.complete(given, folders=folders, port=8080, servers=servers)


def test_the_example_file_explains_every_setting():
    text = (ROOT / ".env.example").read_text()
    names = re.findall(r"^#([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(names) == sorted({*config.NAMES, *RUNNER_SETTINGS})


def test_the_example_file_shows_the_defaults(no_settings, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://x")
    monkeypatch.setenv("REDIS_STATE_URL", "redis://x")
    by_default = config.load()
    text = (ROOT / ".env.example").read_text()
    for name, value in re.findall(r"^#([A-Z_]+)=(.+)$", text, re.MULTILINE):
        if name not in RUNNER_SETTINGS:
            monkeypatch.setenv(name, value)
    assert config.load() == by_default


def test_the_environment_wins_over_the_file(no_settings, tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("PLANETS=7\nGALAXY_SEED='of # the file'\n")
    monkeypatch.setenv("PLANETS", "8")
    given = environment.given(tmp_path)
    assert given["PLANETS"] == "8"
    assert given["GALAXY_SEED"] == "of # the file"


def test_an_empty_setting_counts_as_none(no_settings, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    assert "DATABASE_URL" not in environment.given(tmp_path)


def test_named_servers_are_used_and_others_are_ours(folders):
    env = complete({"DATABASE_URL": "postgresql://theirs"}, folders)
    assert env["DATABASE_URL"] == "postgresql://theirs"
    assert env["REDIS_STATE_URL"] == NEAR
    assert env["CELERY_BROKER_URL"] == "redis://:word@127.0.0.1:7/1"


def test_a_secret_is_made_once_and_kept_to_the_owner(folders):
    first = complete({}, folders)["SECRET_KEY"]
    assert complete({}, folders)["SECRET_KEY"] == first
    assert len(first) >= 32
    assert (folders.var / "secret").stat().st_mode & 0o077 == 0


def test_a_secret_that_a_kill_left_empty_is_made_anew(folders):
    (folders.var / "secret").touch()
    assert len(complete({}, folders)["SECRET_KEY"]) >= 32


def test_a_secret_is_never_seen_half_written(folders, monkeypatch):
    def die(_self, _text):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(Path, "write_text", die)
        with pytest.raises(KeyboardInterrupt):
            complete({}, folders)
    assert not (folders.var / "secret").exists()
    assert len(complete({}, folders)["SECRET_KEY"]) >= 32


def test_the_settings_of_a_local_run_are_complete(no_settings, folders):
    settings = environment.check(complete({}, folders))
    assert settings.allowed_origins == (
        "http://127.0.0.1:8080",
        "http://localhost:8080",
    )
    assert settings.secret != config.DEFAULT_SECRET


def test_a_wrong_setting_is_named_in_one_line(folders):
    before = dict(os.environ)
    with pytest.raises(StartError, match=r"^setting .*PLANETS") as refused:
        environment.check(complete({"PLANETS": "many"}, folders))
    assert "\n" not in str(refused.value)
    assert dict(os.environ) == before


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "65536", "٣"])
def test_a_port_must_be_a_number(text):
    with pytest.raises(StartError, match="PORT="):
        environment.number({"PORT": text}, "PORT", 8080, environment.PORTS)


def test_ports_are_free_different_and_not_for_outgoing_connections():
    ports = free_ports(20)
    assert len(set(ports)) == 20
    assert max(ports) < 32_768
    assert bind_problem(ports[0]) is None


def test_long_paths_get_a_short_folder_for_sockets(tmp_path):
    deep = Folders(tmp_path / ("deep" * 30))
    deep.make()
    assert len(os.fsencode(deep.sockets)) < 90
    deep.clear()
    assert not deep.sockets.exists()


@pytest.mark.parametrize("odd", ["a b", "a=b", "a,b", "a;b", "50%", "a#b", "a?b", "ä"])
def test_odd_paths_get_a_plain_folder_for_sockets(tmp_path, odd):
    folders = Folders(tmp_path / odd)
    folders.make()
    assert PLAIN.fullmatch(str(folders.sockets))
    folders.clear()


def test_a_procfile_line_becomes_one_program_for_each_instance(no_settings, folders):
    found = edition.read(ROOT, folders, complete({}, folders))
    names = plan.first(found.kinds(), {"web": 3})
    made = {one.name: one for one in found.programs(names, range(1, len(names) + 1))}
    web = [made.pop(name) for name in ("web.1", "web.2", "web.3")]
    assert {"clock.1", "persister.1", "worker.1", "beat.1"} <= set(made)
    assert len({one.env["PORT"] for one in web}) == 3
    assert all(one.env["METRICS_PORT"] != "0" for one in made.values())


def test_a_procfile_without_web_is_refused(tmp_path):
    (tmp_path / "Procfile").write_text("clock: sleep 1\n")
    with pytest.raises(StartError, match="no line for nginx, release, web"):
        programs.load(tmp_path)


def test_the_error_of_a_log_is_found_above_its_last_line(tmp_path):
    log = tmp_path / "log"
    log.write_text("starting\nValueError: bad\n[ERROR] Reason: failed to boot.\n")
    assert last_words(log) == "ValueError: bad"
    assert last_words(tmp_path / "none") == "it said nothing"


def test_a_wrong_network_is_refused(folders):
    with pytest.raises(ValueError, match="nowhere"):
        nginx.write(
            folders, "1", "web.1=127.0.0.1:2", {"ADDRESS_LIMITS_FREE": "nowhere"}
        )


def test_every_name_in_the_nginx_files_is_filled_in(folders):
    main = nginx.write(folders, "1", "web.1=127.0.0.1:2", {})
    for file in main.parent.glob("*.conf"):
        assert not nginx.NAME.search(file.read_text()), file
