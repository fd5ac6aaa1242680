"""What is decided when a cluster is scaled: who starts, who leaves, what is refused."""

import json
import socket
import subprocess
from contextlib import closing

import pytest
from honcho.environ import parse_procfile

from app import config
from deploy.local import edition, figures, plan, status, version
from deploy.local.ask import chosen
from deploy.local.desk import Visitor
from deploy.local.folders import ROOT, Folders
from deploy.local.problem import StartError
from deploy.local.runner import Runner
from deploy.local.scale import Scale
from tests.support import release

PRESENT = ["web.1", "web.2", "worker.1", "clock.1", "persister.1", "beat.1", "nginx"]
PAGE = """
# TYPE gd_commands counter
gd_commands_total{{command="a",result="ok"}} {0}
gd_commands_total{{command="b",result="ok"}} {0}
# TYPE gd_ack_seconds histogram
gd_ack_seconds_bucket{{le="0.01"}} {0}
gd_ack_seconds_bucket{{le="0.05"}} {1}
gd_ack_seconds_bucket{{le="+Inf"}} {1}
gd_build_info{{release="abc"}} 1
"""


def test_more_are_started_by_the_lowest_free_numbers():
    wanted = plan.change(["web.1", "web.3"], {"web": 4})
    assert wanted.starting == ("web.2", "web.4")
    assert wanted.leaving == ()


def test_the_highest_numbers_leave_first():
    present = [f"web.{number}" for number in (2, 10, 1, 9)]
    assert plan.change(present, {"web": 2}).leaving == ("web.9", "web.10")


def test_one_request_may_start_some_and_send_others_home():
    wanted = plan.change([*PRESENT, "worker.2"], {"web": 3, "worker": 1})
    assert wanted == plan.Change(starting=("web.3",), leaving=("worker.2",))


def test_who_runs_already_is_left_alone():
    assert plan.change(PRESENT, {"web": 2}) == plan.Change((), ())


def test_a_cluster_begins_with_one_of_each_kind_or_as_many_as_said():
    assert plan.first(["web", "clock"], {"web": 2}) == ["web.1", "web.2", "clock.1"]


def test_readers_are_replaced_before_writers_and_servers_never():
    assert plan.to_replace([*PRESENT, "flower.1", "postgres"]) == [
        "flower.1",
        "persister.1",
        "worker.1",
        "clock.1",
        "beat.1",
        "web.1",
        "web.2",
    ]


def test_a_wish_is_read():
    assert plan.parse(["web=4", "worker=3"]) == {"web": 4, "worker": 3}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "nothing_asked"),
        (["web=2"] * 9, "nothing_asked"),
        (["nginx=2"], "unknown_kind"),
        (["web"], "bad_count"),
        (["web=0"], "bad_count"),
        (["web=-1"], "bad_count"),
        (["web=65"], "bad_count"),
        (["web=٣"], "bad_count"),
        (["web=" + "1" * 5_000], "bad_count"),
        (["beat=2"], "bad_count"),
    ],
)
def test_what_can_not_be_is_refused(words, code):
    with pytest.raises(StartError, match=f"^{code}: ") as refused:
        plan.parse(words)
    assert "\n" not in str(refused.value)


def test_what_make_itself_is_told_is_no_wish():
    assert chosen(["web=4", "VAR=var", "PYTHON=python3"]) == ["web=4"]


def test_settings_come_whole_through_a_shell(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    odd = "a 'b' \"c\" $HOME `d` \\ %s # e\nf"
    env = {"DATABASE_URL": "x", "REDIS_STATE_URL": "y", "SECRET_KEY": odd}
    found = edition.read(ROOT, folders, env)

    line = f'. {found.settings} && printf %s "$SECRET_KEY$LOG_LEVEL"'
    before = {"LOG_LEVEL": "of before"}
    shell = ["/bin/sh", "-c", line]
    said = subprocess.run(shell, env=before, capture_output=True, check=True)

    assert said.stdout.decode() == odd
    assert found.settings.stat().st_mode & 0o077 == 0


def test_settings_of_before_are_removed(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    env = {"DATABASE_URL": "x", "REDIS_STATE_URL": "y", "PLANETS": "10"}
    old = edition.read(ROOT, folders, env)
    new = edition.read(ROOT, folders, env | {"LOG_LEVEL": "DEBUG"})

    edition.forget_others(new)

    assert not old.settings.exists()
    assert new.settings.exists()


def test_what_all_share_can_not_change_for_one_after_the_other():
    running = dict.fromkeys(config.NAMES, "as it was")
    edition.require_agreement(running, running | {"LOG_LEVEL": "DEBUG"})
    with pytest.raises(StartError, match=r"^not_live: SECRET_KEY"):
        edition.require_agreement(running, running | {"SECRET_KEY": "other"})


class Crew:
    """Stand for processes that start at once, but for those who can't."""

    def __init__(self, names, error=None):
        self.names, self.came, self._error = list(names), [], error
        self.ports, self.instances = set(), []

    def pulse(self):
        pass

    def log(self, name):
        return ROOT / "no" / name

    def mark(self, names, phase):
        pass

    def add(self, members):
        self.names += [one.name for one in members]
        if self._error is not None:
            raise self._error
        self.came += [one.name for one in members]

    def wait(self, name, asked):
        pass

    def dismiss(self, names):
        self.names = [name for name in self.names if name not in names]


class Door:
    def lead_to(self, instances, env):
        pass


class Disk(edition.Edition):
    def migrate(self, log, tick):
        pass


@pytest.fixture
def disk(tmp_path):
    """Give what is on disk where the Procfile has lines for web and clock alone."""
    lines = "web: true\nclock: true\nnginx: true\nrelease: true\n"
    settings = tmp_path / edition.SETTINGS.format("new")
    return Disk(
        ROOT,
        parse_procfile(lines),
        {"RELEASE": "new"},
        settings,
        tmp_path,
        drain_s=1,
        version="new",
    )


def scale_of(crew, disk):
    return Scale(crew, Door(), disk, lambda: disk)


def test_a_kind_that_the_procfile_has_no_more_leaves_and_nobody_comes(disk):
    crew = Crew(["web.1", "worker.1", "clock.1", "flower.1", "nginx"])
    scale_of(crew, disk).deploy([].append)
    assert crew.came == ["clock.2", "web.2"]
    assert crew.names == ["nginx", "clock.2", "web.2"]


def test_a_kind_that_the_procfile_has_no_more_starts_nobody(disk):
    crew = Crew(["web.1", "nginx"])
    with pytest.raises(StartError, match=r"^unknown_kind: worker: the Procfile"):
        scale_of(crew, disk).scale(["web=2", "worker=1"], [].append)
    assert crew.names == ["web.1", "nginx"]


def test_whoever_came_leaves_again_whatever_went_wrong(disk):
    crew = Crew(["web.1", "nginx"], error=TimeoutError("supervisor"))
    with pytest.raises(TimeoutError):
        scale_of(crew, disk).scale(["web=2"], [].append)
    assert crew.names == ["web.1", "nginx"]


@pytest.mark.parametrize("error", [StartError("no"), OSError("no"), KeyError("no")])
def test_what_goes_wrong_is_told_and_ends_no_cluster(tmp_path, error):
    class Broken:
        def deploy(self, say):
            raise error

    here, there = socket.socketpair()
    with closing(there):
        there.sendall(b'{"do": "deploy"}\n')
        Runner(tmp_path, {})._serve(Visitor(here), Broken())
        [said] = [json.loads(line) for line in there.makefile("rb")]
    assert "no" in said["error"]


def test_other_code_has_another_version_and_the_same_code_the_same(tmp_path):
    copy = release.copy(tmp_path)
    file = copy / "app/wsgi.py"
    code, first = file.read_text(), version.of(copy)
    file.write_text(code + "# changed\n")
    assert version.of(copy) != first
    file.write_text(code)
    assert version.of(copy) == first


@pytest.fixture
def reading():
    pages = [PAGE.format(10, 20), PAGE.format(40, 60)]
    return figures.Reading(
        *(figures.parse(text, 2.0 * i) for i, text in enumerate(pages))
    )


def test_rates_and_quantiles_are_those_between_two_pages(reading):
    assert reading.rate("gd_commands_total") == 30
    assert figures.quantile([reading], "gd_ack_seconds", 0.75) == 0.01
    assert figures.quantile([reading, reading], "gd_ack_seconds", 0.95) == 0.05
    assert reading.after.label("gd_build_info", "release") == "abc"


def test_nothing_is_told_of_what_did_not_answer():
    silent = figures.Reading(figures.Page(), figures.Page())
    assert not silent.answers
    assert silent.rate("gd_commands_total") == 0
    assert figures.quantile([silent], "gd_ack_seconds", 0.95) is None


def test_the_journal_is_behind_as_clocks_see_it_not_as_a_persister_that_waits():
    clock = "gd_journal_entries{} 1200\ngd_journal_age_seconds{} 300\n"
    persister = "gd_journal_lag_entries{} 0\ngd_journal_lag_seconds{} 0\n"
    pages = [figures.parse(text, 1.0) for text in (clock, persister)]
    readings = [figures.Reading(page, page) for page in pages]
    assert status._whole(readings)[-1] == "journal  1200 commits behind, 300.0 s"
    assert status._whole(readings[1:])[-1] == "journal  - (no clock tells of it)"


def test_columns_are_aligned():
    rows = [("process", "state", "release", "up"), ("web.1", "ready", "a", "0:01:00")]
    assert status.table(rows) == [
        "  process  state  release       up",
        "  web.1    ready  a        0:01:00",
    ]
