"""The way to the instances changes at once, or stays what it was."""

import os
import signal
import subprocess
from contextlib import contextmanager

import pytest

from deploy.death import with_parent
from deploy.local import door, nginx
from deploy.local.folders import Folders
from deploy.local.ports import bind_problem, free_ports
from deploy.local.problem import StartError
from deploy.local.supervisor import Program
from tests.integration.test_nginx import instance
from tests.support.door import ask
from tests.support.waiting import wait_for

STOP_S = 10.0


class Crew:
    """Stand for a supervisor that runs nginx alone."""

    def __init__(self, folders):
        self._folders, self.process = folders, None

    def pid(self, name):
        return self.process.pid if self.process else None

    def log(self, name):
        return self._folders.log / f"{name}.log"

    def pulse(self):
        pass

    @contextmanager
    def running(self):
        line = nginx.command(nginx.find_binary(), self._folders.run / nginx.FOLDER)
        with self.log("nginx").open("wb") as out:
            self.process = subprocess.Popen(
                line, stdout=out, stderr=out, preexec_fn=with_parent(signal.SIGTERM)
            )
        try:
            yield
        finally:
            os.kill(self.process.pid, signal.SIGCONT)
            self.process.terminate()
            self.process.wait(STOP_S)


class Place:
    """Hold a door before the first of two instances."""

    def __init__(self, folders, ports):
        self.port = free_ports(1)[0]
        self.old, self.new = (
            Program(f"web.{number}", "", "", port=port)
            for number, port in enumerate(ports, 1)
        )
        self.crew = Crew(folders)
        self.door = door.Door(folders, self.port, self.crew)
        self.door.write([self.old], {})

    def leads_to(self):
        response, _body = ask(self.port, "/api/v1/me")
        return int(response.headers["X-Instance"])


@pytest.fixture
def place(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    with instance() as old, instance() as new:
        made = Place(folders, [old, new])
        with made.crew.running():
            wait_for(lambda: bind_problem(made.port) is not None, "nginx")
            yield made


def test_leads_to_others_from_now_on(place):
    assert place.leads_to() == place.old.port
    place.door.lead_to([place.new], {})
    assert place.leads_to() == place.new.port


def test_nginx_that_changes_over_too_late_leads_to_those_of_before(place, monkeypatch):
    monkeypatch.setattr(door, "CHANGE_S", 0.2)
    before = set(place.door._workers())
    os.kill(place.crew.process.pid, signal.SIGSTOP)

    with pytest.raises(StartError, match=r"^nginx_refused: "):
        place.door.lead_to([place.new], {})
    os.kill(place.crew.process.pid, signal.SIGCONT)

    wait_for(lambda: place.door._has_changed(before), "a late change")
    assert place.leads_to() == place.old.port


def test_what_was_not_changed_over_to_can_be_asked_for_again(place, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(door, "CHANGE_S", 0.2)
        os.kill(place.crew.process.pid, signal.SIGSTOP)
        with pytest.raises(StartError):
            place.door.lead_to([place.new], {})
    os.kill(place.crew.process.pid, signal.SIGCONT)

    place.door.lead_to([place.new], {})

    wait_for(lambda: place.leads_to() == place.new.port, "the way to the new one")
