"""Record a session of play: each command, its ack, its broadcasts, what is shown then.

The client's tests play it again: broadcasts folded into the first snapshot give the
later ones (law L2), and what the client predicts of a command is what it did.
"""

from collections.abc import Callable
from typing import Any

from app.core.message import Rejected
from tests.unit.game.armada import Armada

SECOND_MS = 1_000
RICH = {"energy": 60_000, "minerals": 80_000, "rare_elements": 9_000}

Step = dict[str, Any]


def session() -> dict[str, Any]:
    """Give the steps of a session of one player, from the first snapshot on."""
    recorder = Recorder()
    for play in (_build, _train, _research, _fly, _name):
        play(recorder)
        recorder.show()
    return {"rooms": recorder.rooms, "steps": recorder.steps}


class Recorder:
    """Play in memory and note what a client is told."""

    def __init__(self) -> None:
        self.world = Armada()
        self.steps: list[Step] = []
        self.colony = self.world.join()
        self.world.give(self.colony, **RICH)
        sector = self.world.player().sectors[0]
        self.rooms = ["player:ann", f"sector:{sector}:full", f"sector:{sector}"]
        self._heard = {room: len(self.world.heard[room]) for room in self.rooms}
        self.show()

    def order(self, name: str, /, **data: Any) -> dict[str, Any]:
        """Send a command, and note its ack, be it a refusal."""
        step: Step = {"do": name, "data": data}
        try:
            result = self.world.order(name, **data)
        except Rejected as refusal:
            step["code"] = refusal.code
            result = {}
        else:
            step["result"] = result
        self._note(step)
        return result

    def wait(self, passed_ms: int) -> None:
        """Let time pass."""
        self.world.wait(passed_ms)
        self._note({"do": "wait"})

    def cheat(self, change: Callable[[], Any]) -> None:
        """Change the world past all rules; a fresh snapshot tells of it."""
        change()
        self._told()
        self.show()

    def show(self) -> None:
        """Note what the rooms show."""
        shots = {room: self.world.snapshot(room) for room in self.rooms}
        self._note({"do": "show", "snapshots": shots})

    def _note(self, step: Step) -> None:
        told = self._told()
        self.steps.append(step | {"at_ms": self.world.now_ms, "told": told})

    def _told(self) -> dict[str, list[dict[str, Any]]]:
        told = {}
        for room, before in self._heard.items():
            events = self.world.heard[room][before:]
            self._heard[room] = before + len(events)
            if events:
                told[room] = [
                    {"seq": before + place, **event}
                    for place, event in enumerate(events, 1)
                ]
        return told


def _build(recorder: Recorder) -> None:
    colony = {"colony": recorder.colony}
    for building in ("mine", "power_plant", "power_plant", "habitat", "warehouse"):
        recorder.order("colonies.build", building=building, **colony)
        recorder.wait(137)
    recorder.order("colonies.build", building="mine", **colony)  # the queue is full
    recorder.wait(4 * SECOND_MS)
    queue = recorder.world.snapshot("player:ann")["colonies"][recorder.colony]["queue"]
    recorder.order("colonies.cancel", order=queue[3]["order"], **colony)
    recorder.wait(3 * SECOND_MS)
    recorder.order("colonies.cancel", order=queue[0]["order"], **colony)
    recorder.order("colonies.cancel", order=queue[1]["order"], **colony)
    recorder.show()
    recorder.wait(30 * SECOND_MS)
    recorder.order("colonies.build", building="mine", **colony)
    recorder.wait(40 * SECOND_MS)
    for building in ("shipyard", "research_lab", "habitat"):
        recorder.order("colonies.build", building=building, **colony)
    recorder.wait(300 * SECOND_MS)
    recorder.order("colonies.demolish", building="habitat", **colony)
    recorder.order("colonies.demolish", building="mine", **colony)  # is needed


def _train(recorder: Recorder) -> None:
    colony = {"colony": recorder.colony}
    recorder.order("colonies.train", unit="scout", count=3, **colony)
    recorder.wait(777)
    second = recorder.order("colonies.train", unit="fighter", count=5, **colony)
    recorder.order("colonies.train", unit="fighter", count=2, **colony)
    recorder.order("colonies.train", unit="battleship", count=1, **colony)
    recorder.wait(5 * SECOND_MS)
    recorder.order("colonies.cancel", order=second["order"], **colony)
    recorder.wait(120 * SECOND_MS)


def _research(recorder: Recorder) -> None:
    colony = {"colony": recorder.colony}
    recorder.order("research.start", technology="mining_drills", **colony)
    recorder.wait(2_345)
    recorder.order("research.start", technology="propulsion", **colony)  # one a lab
    recorder.order("research.cancel", technology="mining_drills")
    recorder.wait(999)
    recorder.order("research.start", technology="reactor_design", **colony)
    recorder.wait(60 * SECOND_MS)
    recorder.order("research.start", technology="reactor_design", **colony)
    recorder.wait(120 * SECOND_MS)


def _fly(recorder: Recorder) -> None:
    world, colony = recorder.world, recorder.colony
    ships = {"scout": 3, "fighter": 2}
    fleet = recorder.order("fleets.launch", colony=colony, ships=ships)["fleet"]
    recorder.wait(1_234)
    other = recorder.order("fleets.split", fleet=fleet, ships={"scout": 2})["new"]
    recorder.order("fleets.rename", fleet=other, name="Eyes")
    recorder.order("fleets.move", fleet=fleet, to=world.near(fleet, 40, 30))
    recorder.wait(1_500)
    recorder.order(
        "fleets.move", fleet=fleet, to=world.near(fleet, -30, 10), queue=True
    )
    recorder.order("fleets.clear", fleet=fleet)
    recorder.order("fleets.stop", fleet=fleet)
    recorder.wait(500)
    recorder.order("fleets.move", fleet=other, to=world.near(fleet))
    recorder.wait(20 * SECOND_MS)
    recorder.order("fleets.merge", fleet=other, into=fleet)
    recorder.order("fleets.split", fleet=fleet, ships={"cruiser": 1})  # has none
    recorder.order("fleets.return", fleet=fleet)
    recorder.wait(60 * SECOND_MS)


def _name(recorder: Recorder) -> None:
    recorder.order("colonies.rename", colony=recorder.colony, name="New Haven")
    recorder.wait(1)
