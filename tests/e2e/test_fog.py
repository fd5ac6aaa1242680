"""Law L8 on a running cluster: no byte tells of what the viewer's vision doesn't cover.

Players on two instances fly about, fight, ally, look around, guess, leave and come
back. Every packet and every answer that reached them is kept, and searched afterwards
for what no sensor of theirs covered at the time, as the journal has it.
"""

import threading
from collections.abc import Iterator
from random import Random
from time import monotonic, time
from typing import Any

import pytest
import requests
import socketio
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from app.core.chance import name
from app.core.message import Ref
from app.game.alliances.rules import FormAlliance, JoinAlliance, LeaveAlliance
from tests.load.benches.empires import GALAXY, engine_of
from tests.support.armament import arm, deploy
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import Guest
from tests.support.truth import WINDOW_MS, Truth

SPIES = 5
FLEETS = 3
PLAY_S = 25.0
ARENA = 2_200
ALLIED = 3
"""How many of them may be in the alliance that they form and leave."""
ABSENT = "0absent0absen"
SAVED_S = 60.0
ANSWER_S = 10.0
SCOUTS, FIGHTERS = {"scout": 1}, {"fighter": 20}
TECHNOLOGIES = {"propulsion": 20}
_EVENTS = text(
    "SELECT kind, id, at_ms, name, layout, body FROM events WHERE galaxy = :galaxy"
    " ORDER BY kind, id, version, number"
)


class Wire(socketio.Client):
    """Keep every packet as it came."""

    def __init__(self, told: list[tuple[int, str]]) -> None:
        super().__init__(reconnection=False)
        self._told = told

    def _handle_eio_message(self, data: Any) -> None:
        self._told.append((_now_ms(), str(data)))
        super()._handle_eio_message(data)


class Spy(Guest):
    """Play at random, and keep all that was told."""

    def __init__(self, url: str, number: int, transport: str) -> None:
        self.told: list[tuple[int, str]] = []
        self.wrong: list[BaseException] = []
        self.slowest_ms = 0
        self.chance = Random(number)
        self.fleets: list[str] = []
        self.centre = (5_000.0, 5_000.0)
        self.number = number
        self.instances: set[str] = set()
        self._transport = transport
        self._rooms: dict[str, int] = {}
        super().__init__(url)

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> requests.Response:
        """Ask over HTTP, and keep the answer."""
        began_ms = _now_ms()
        answer = super().ask(method, path, body, **headers)
        self._took(began_ms)
        self.told.append((_now_ms(), f"{answer.headers} {answer.text}"))
        return answer

    def play(self, others: list["Spy"], engine: Any) -> None:
        """Act until the time is over."""
        try:
            ends_s = monotonic() + PLAY_S
            while monotonic() < ends_s:
                self._act(others, engine)
        except BaseException as error:
            self.wrong.append(error)
            raise

    def _act(self, others: list["Spy"], engine: Any) -> None:
        other = self.chance.choice(others)
        guess = self.chance.choice([*other.fleets, ABSENT])
        act = self.chance.choices(
            [self._order, self._look, self._read, self._guess, self._resume],
            [12, 4, 3, 4, 3],
        )[0]
        act(guess)
        if self.chance.random() < 0.01:
            self._come_back()
        if self.number < ALLIED and self.chance.random() < 0.02:
            self._ally(others, engine)

    def _order(self, _guess: str) -> None:
        fleet = self.chance.choice(self.fleets)
        ack = self.timed("fleets.move", fleet=fleet, to=self.point())
        if self.chance.random() < 0.2:
            self.timed("fleets.rename", fleet=fleet, name=name(self.name, ack["at_ms"]))
        if self.chance.random() < 0.2:
            self.timed("fleets.stop", fleet=fleet)

    def _look(self, _guess: str) -> None:
        side = 100 * self.chance.randint(1, 19)
        x, y = (max(0.0, at - self.chance.randint(0, ARENA)) for at in self.centre)
        ack = self.timed("view.set", x0=x, y0=y, x1=x + side, y1=y + side)
        self._note(ack["result"]["rooms"])

    def _read(self, _guess: str) -> None:
        x, y = self.centre
        x0, y0 = max(0.0, x - 900), max(0.0, y - 900)
        self.ask("GET", f"/sectors?x0={x0}&y0={y0}&x1={x0 + 1900}&y1={y0 + 1900}")
        self.ask("GET", f"/nearby?x={x}&y={y}&r=900")
        self.ask("GET", self.chance.choice(["/fleets", "/me", "/galaxies/1"]))

    def _guess(self, guess: str) -> None:
        """Ask for what is somebody else's, by ids that a cheat may know."""
        own = self.chance.choice(self.fleets)
        target = {"kind": "fleet", "id": guess}
        self.timed("fleets.stop", fleet=guess)
        self.timed("fleets.move", fleet=guess, to=self.point())
        self.timed("fleets.merge", fleet=own, into=guess)
        self.timed("fleets.attack", fleet=own, target=target)
        self.ask("POST", "/commands/fleets.stop", {"fleet": guess})
        self.ask("GET", f"/colonies/{guess}")

    def _resume(self, _guess: str) -> None:
        """Ask for rooms by name: those known, and any that there may be."""
        x, y = (int(at) // 100 + self.chance.randint(-8, 8) for at in self.centre)
        known = self.chance.sample(sorted(self._rooms), min(20, len(self._rooms)))
        rooms = {room: self._rooms[room] for room in known}
        rooms |= {f"sector:{x}:{y}:full": 0, f"sight:{self.player}": 0}
        healed = self.timed("resume", rooms=rooms)["result"]["rooms"]
        for room, one in healed.items():
            if "error" in one:
                self._rooms.pop(room, None)
        self._note({room: one for room, one in healed.items() if "seq" in one})

    def _come_back(self) -> None:
        """Leave, and come back to whichever instance, with all one had."""
        self.leave()
        self.welcome = {}
        self.socket = self._socket()
        self.connect()
        for _round in range(2):
            self._resume("")
            self._look("")

    def _ally(self, others: list["Spy"], engine: Any) -> None:
        began_ms, dispatcher = _now_ms(), engine.galaxy(GALAXY).dispatcher
        own = {"id": f"{self.player}/{self.chance.random()}", "player": self.player}
        _at_ms, states = engine.galaxy(GALAXY).reads.states(
            *(Ref("player", one.player) for one in (self, *others))
        )
        formed = [state.alliance for state in states.values() if state.alliance]
        if states[Ref("player", self.player)].alliance:
            dispatcher.dispatch(LeaveAlliance(**own))
        elif formed:
            dispatcher.dispatch(JoinAlliance(**own, alliance=formed[0]))
        else:
            dispatcher.dispatch(FormAlliance(**own))
        self._took(began_ms)

    def connect(self, transports: tuple[str, ...] = ()) -> "Spy":
        """Connect as this spy does."""
        super().connect(transports or (self._transport,))
        self.instances.add(self.welcome["instance"])
        return self

    def timed(self, called: str, **data: Any) -> dict[str, Any]:
        """Send a message; its ack tells how slow the machine is."""
        began_ms = _now_ms()
        ack = self.call(called, **data)
        self._took(began_ms)
        return ack

    def _took(self, began_ms: int) -> None:
        self.slowest_ms = max(self.slowest_ms, _now_ms() - began_ms)

    def point(self) -> dict[str, float]:
        """Draw a point of the arena."""
        x, y = self.centre
        return {
            "x": min(9_999, max(0, round(x + self.chance.uniform(-1, 1) * ARENA / 2))),
            "y": min(9_999, max(0, round(y + self.chance.uniform(-1, 1) * ARENA / 2))),
        }

    def _note(self, rooms: dict[str, Any]) -> None:
        self._rooms |= {room: one["seq"] for room, one in rooms.items()}

    def _socket(self) -> socketio.Client:
        socket = Wire(self.told)
        socket.on("welcome", self._welcomed)
        socket.on("entered", lambda told: self._note(told["rooms"]))
        return socket


def _now_ms() -> int:
    return int(time() * 1_000)


@pytest.fixture(scope="module")
def fogged() -> Iterator[Cluster]:
    """Run a cluster that lets spies act fast."""
    whole = Cluster(env={"RATE_LIMITS_FACTOR": "1000", "PLANETS": "500"})
    try:
        whole.start()
        yield whole
    finally:
        whole.remove()


@pytest.fixture(scope="module")
def spied(fogged: Cluster) -> tuple[list[Spy], Truth]:
    """Let spies play; give them, and the truth of what happened."""
    engine = engine_of(fogged)
    transports = ["websocket"] * (SPIES - 1) + ["polling"]
    spies = [Spy(fogged.url, number, transports[number]) for number in range(SPIES)]
    _place(spies, engine)
    for spy in spies:
        spy.connect()
    threads = [
        threading.Thread(
            target=spy.play, args=([one for one in spies if one is not spy], engine)
        )
        for spy in spies
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PLAY_S * 4)
        assert not thread.is_alive()
    for spy in spies:
        spy.leave()
    return spies, _truth(engine)


def _place(spies: list[Spy], engine: Any) -> None:
    """Arm everybody, and bring the fleets to the first one's home."""
    galaxy = engine.galaxy(GALAXY)
    home = spies[0].get(f"/colonies/{spies[0].colony}")
    for spy in spies:
        spy.centre = (home["x"], home["y"])
        arm(
            galaxy,
            spy.player,
            units={**SCOUTS, "fighter": FIGHTERS["fighter"] * FLEETS},
            technologies=TECHNOLOGIES,
            ends_shield=True,
        )
        for number in range(FLEETS):
            ships = SCOUTS if number == spy.number % 2 == 0 else FIGHTERS
            at = spy.point()
            fleet = deploy(
                galaxy, spy.player, ships, (at["x"], at["y"]), colony=spy.colony
            )
            spy.fleets.append(fleet)
        named = {"colony": spy.colony, "name": name(spy.name)}
        spy.post("/commands/colonies.rename", named)


def _truth(engine: Any) -> Truth:
    """Fold the journal once all of it is in Postgres."""
    galaxy = engine.galaxy(GALAXY)
    wait_until(lambda: not galaxy.store.client.xlen(galaxy.keys.journal), SAVED_S)
    truth = Truth(engine.settings.galaxy_seed)
    states: dict[Ref, Any] = {}
    with engine.postgres.connect() as connection:
        for kind, ident, at_ms, called, layout, body in connection.execute(
            _EVENTS, {"galaxy": GALAXY}
        ):
            ref = Ref(kind, ident)
            event = galaxy.codec.revive(called, layout, body)
            states[ref] = engine.game.kinds[kind].evolve(states.get(ref), event)
            truth.note(at_ms, ref, states[ref])
    return truth


def _latest_timer_ms(cluster: Cluster) -> int:
    """Say how late timers were settled: all see what they end until then.

    The record has it ended at the moment when they were due.
    """
    counts: dict[float, float] = {}
    for part in ("web.1", "web.2", "worker.1"):
        told = requests.get(cluster.metrics_url(part), timeout=ANSWER_S).text
        for family in text_string_to_metric_families(told):
            for sample in family.samples:
                if sample.name == "gd_timer_lateness_seconds_bucket":
                    bound_s = float(sample.labels["le"])
                    counts[bound_s] = counts.get(bound_s, 0) + sample.value
    return round(
        1_000 * min(le for le, n in counts.items() if n == max(counts.values()))
    )


def test_no_byte_tells_of_what_is_unseen(
    fogged: Cluster, spied: tuple[list[Spy], Truth]
) -> None:
    spies, truth = spied
    assert not [spy.wrong for spy in spies if spy.wrong]
    assert {"web.1", "web.2"} == set.union(*(spy.instances for spy in spies))
    slack_ms = max(spy.slowest_ms for spy in spies) + _latest_timer_ms(fogged)
    for spy in spies:
        for at_ms, told in spy.told:
            leaks = truth.leaks(spy.player, at_ms, told, WINDOW_MS + slack_ms)
            assert not leaks, (spy.player, at_ms, slack_ms, leaks, told)


def test_much_was_told_and_much_was_not(spied: tuple[list[Spy], Truth]) -> None:
    """Spies that hear nothing, or may know everything, prove nothing."""
    spies, truth = spied
    every = {fleet for spy in spies for fleet in spy.fleets}
    everything = " ".join(truth.secrets)
    hidden, spoken = set(), set()
    for spy in spies:
        foreign = every - set(spy.fleets)
        times = [at_ms for at_ms, _told in spy.told]
        for at_ms in times[len(times) // 2 :: len(times) // 20]:
            hidden |= foreign & truth.leaks(spy.player, at_ms, everything)
        spoken |= {one for one in foreign for _at_ms, told in spy.told if one in told}
    assert len(hidden) >= FLEETS
    assert len(spoken) >= FLEETS
    packets = [told for spy in spies for _at_ms, told in spy.told]
    for event in ("welcome", "events", "entered", "left"):
        assert any(told.startswith(f'2["{event}"') for told in packets)
