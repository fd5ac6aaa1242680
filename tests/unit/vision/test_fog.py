"""Law L8 over many worlds: nothing is told of what the viewer's vision doesn't cover.

Rooms are entered and left as an instance would do it, twice a second. All that a viewer
is told is kept, and compared with what sensors really saw at the time.
"""

from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from app.core.chance import Chance, name
from app.core.decider import Outcome
from app.core.message import Ref, Rejected
from app.game.alliances.rules import FormAlliance, JoinAlliance, LeaveAlliance
from app.game.galaxy.model.map import SECTOR, SIDE, sector_at
from app.game.hearing import hear_refs, hears
from app.game.nearby import may_show, show_near
from app.game.vision.model import spot
from app.game.vision.schema import area_of
from app.horizon import Horizon
from tests.support.truth import Truth
from tests.unit.game.armada import GALAXY, Armada

SEEDS = range(8)
STEPS = 200
STEP_MS = 450
"""A sweep may come as late as that."""
PLAYERS = tuple(name("viewer", number) for number in range(4))
FLEETS = 3
ARENA = 1_800
"""Units that all fly about in."""
CLOSE = 300
ABSENT = "0absent0absen"
HORIZON = Horizon(GALAXY.seed)


class Viewer:
    """Be one player's client, and the instance that serves it."""

    def __init__(self, world: "Fog", player: str) -> None:
        self.player = player
        self.told: list[tuple[int, str]] = []
        self.rooms: set[str] = set()
        self.asked: dict[str, int] = {f"player:{player}": 0, "galaxy": 0}
        self.view = 0
        self.seen = 0
        self._world = world
        self._heard: dict[str, int] = {}

    def hear(self) -> None:
        """Be told what was said in the rooms that it was in."""
        for room in self.rooms:
            said = self._world.heard.get(room, [])
            for event in said[self._heard[room] :]:
                self.tell(event)
            self._heard[room] = len(said)

    def sweep(self) -> None:
        """Leave what isn't seen any more, enter what is."""
        galaxy = SimpleNamespace(reads=SimpleNamespace(gather=self._world.gather))
        own = HORIZON.sights(galaxy, [self.player])[self.player]
        assert own is not None
        shared = HORIZON.sights(galaxy, own.allies).values()
        self.seen = 0
        for sight in (own, *(one for one in shared if one)):
            self.seen |= HORIZON.seen(sight, self._world.now_ms)[0]
        self.asked = {
            room: area for room, area in self.asked.items() if not area & ~self.seen
        }
        placed = HORIZON.rooms(self.view | own.own, self.seen | own.own)
        self._move({*placed, *self.asked})

    def ask(self, room: str) -> None:
        """Ask for a room by its name, as `resume` does."""
        sight = self._world.sight(self.player)
        states = {ref: self._world.states.get(ref) for ref in hear_refs([room])}
        terms = hears(room, sight, states)
        if terms is not None and not terms.area & ~self.seen:
            self.asked[room] = terms.area
            self._move(self.rooms | {room})

    def look_near(self, x_milli: int, y_milli: int) -> None:
        """Ask what is near, as `GET /nearby` does."""
        for ref, state in self._world.states.items():
            place = self._world.game.kinds[ref.kind].place(state)
            if place and may_show(self.seen, place, ref.kind):
                near = SimpleNamespace(squared=1, place=place, ref=ref, state=state)
                self.tell(show_near(near, self.seen))

    def tell(self, message: Any) -> None:
        """Keep what it was told."""
        text = orjson.dumps(message).decode()
        self.told.append((self._world.now_ms, text))

    def _move(self, rooms: set[str]) -> None:
        for room in rooms - self.rooms:
            self._heard[room] = len(self._world.heard.get(room, []))
            self.tell(self._world.snapshot(room))
        self.rooms = rooms


class Fog(Armada):
    """Play in a small part of the galaxy, and note the truth."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.truth = Truth(GALAXY.seed)
        self.chance = Chance("fog", seed)
        self.refused = self.accepted = 0
        self._centre = (0, 0)
        for player in PLAYERS:
            self.home(player)
        self.viewers = [Viewer(self, player) for player in PLAYERS]
        self._gather_fleets()

    def _commit(
        self, outcome: Outcome, states: dict[Ref, Any], now_ms: int
    ) -> dict[str, Any]:
        result = super()._commit(outcome, states, now_ms)
        for ref, _event in outcome.events:
            self.truth.note(now_ms, ref, self.states[ref])
        return result

    def gather(self, wanted: Any) -> tuple[int, dict[Ref, Any]]:
        """Read states as the engine's reads do."""
        known: dict[Ref, Any] = {}
        for _round in range(4):
            known = {ref: self.states.get(ref) for ref in wanted(known)}
        return self.now_ms, known

    def sight(self, player: str) -> Any:
        galaxy = SimpleNamespace(reads=SimpleNamespace(gather=self.gather))
        return HORIZON.sights(galaxy, [player])[player]

    def pick(self, options: Any) -> Any:
        found = list(options)
        return found[self.chance.below(len(found))]

    def fleets(self, *players: str) -> list[str]:
        """Name the fleets of some players that are still there."""
        return [
            ref.id
            for ref, state in self.states.items()
            if ref.kind == "fleet" and state.player in players and state.ships
        ]

    def point(self) -> dict[str, float]:
        """Draw a point of the arena, as often one near some fleet."""
        (x, y), spread = self._centre, ARENA
        fleets = self.fleets(*PLAYERS)
        if fleets and self.chance.below(2):
            x, y = (milli // 1_000 for milli in self.at(self.pick(fleets)))
            spread = CLOSE
        return {"x": self._near(x, spread), "y": self._near(y, spread)}

    def _near(self, at: int, spread: int) -> int:
        return min(SIDE - 1, max(0, at + self.chance.below(spread) - spread // 2))

    def _gather_fleets(self) -> None:
        """Launch fleets and put them into the arena, past all rules."""
        home = self.colony(self.player(PLAYERS[0]).colonies[0])
        self._centre = home.x_milli // 1_000, home.y_milli // 1_000
        for player in PLAYERS:
            for number in range(FLEETS):
                ships = {"scout": 1} if number == 0 else {"fighter": 9}
                fleet = self.launch(player, **ships)
                at = self.point()
                x_milli, y_milli = int(at["x"] * 1_000), int(at["y"] * 1_000)
                sector = sector_at(x_milli, y_milli)
                where = {"x_milli": x_milli, "y_milli": y_milli, "sector": sector}
                self.set("fleet", fleet, **where)
                self.truth.note(self.now_ms, Ref("fleet", fleet), self.fleet(fleet))
        self.wait(5_000)  # what was seen before that is long past

    def play(self) -> None:
        """Let everybody act, look and listen."""
        for step in range(STEPS):
            viewer = self.pick(self.viewers)
            if step % 40 == 0:
                viewer.view = self._box()
            self._act(viewer)
            self._peek(viewer)
            self.wait(1 + self.chance.below(STEP_MS))
            for one in self.viewers:
                one.hear()
                one.sweep()

    def _box(self) -> int:
        x, y = self._centre
        left, top = (max(0, at - self.chance.below(1_000)) for at in (x, y))
        side = SECTOR * (8 + self.chance.below(12))
        return area_of(x0=left, y0=top, x1=left + side, y1=top + side)

    def _peek(self, viewer: Viewer) -> None:
        """Ask for rooms, by names that are known or guessed."""
        battles = [ref.id for ref in self.states if ref.kind == "battle"]
        fleet = self.fleet(self.pick(self.fleets(*PLAYERS)))
        rooms = [f"sector:{fleet.sector}:full", f"player:{self.pick(PLAYERS)}"]
        rooms += [f"battle:{one}" for one in battles[-2:]]
        viewer.ask(self.pick(rooms))
        if self.chance.below(8) == 0:
            viewer.look_near(0, 0)

    def _act(self, viewer: Viewer) -> None:
        own = self.fleets(viewer.player)
        others = [one for one in PLAYERS if one != viewer.player]
        foreign = [*self.fleets(*others), ABSENT]
        try:
            if self.chance.below(15) == 0:
                viewer.tell(self._ally(viewer.player))
            elif own:
                called, data = self._draw(self.pick(own), own, foreign)
                viewer.tell(self.order(called, player=viewer.player, **data))
            self.accepted += 1
        except Rejected as refusal:
            self.refused += 1
            viewer.tell([refusal.code, refusal.message, refusal.details])

    def _draw(
        self, fleet: str, own: list[str], foreign: list[str]
    ) -> tuple[str, dict[str, Any]]:
        other = self.pick(foreign)
        battles = [ref.id for ref in self.states if ref.kind == "battle"]
        debris = [ref.id for ref in self.states if ref.kind == "debris"]
        target = {"kind": "fleet", "id": other}
        called = name(self.now_ms, "name")
        guess = self.pick([fleet, fleet, other])
        draws = [
            *[("fleets.move", {"fleet": guess, "to": self.point()})] * 5,
            *[("fleets.attack", {"fleet": fleet, "target": target})] * 3,
            ("fleets.stop", {"fleet": guess}),
            ("fleets.rename", {"fleet": guess, "name": called}),
            ("fleets.split", {"fleet": guess, "ships": {"fighter": 2}}),
            ("fleets.merge", {"fleet": fleet, "into": self.pick([*own, other])}),
            (
                "fleets.patrol",
                {"fleet": guess, "points": [self.point(), self.point()]},
            ),
            ("fleets.move", {"fleet": fleet, "to": self.point(), "queue": True}),
            (
                "combat.reinforce",
                {"fleet": fleet, "battle": self.pick([*battles, ABSENT])},
            ),
            (
                "combat.retreat",
                {"fleet": guess, "battle": self.pick([*battles, ABSENT])},
            ),
            (
                "fleets.salvage",
                {"fleet": fleet, "debris": self.pick([*debris, ABSENT])},
            ),
        ]
        return self.pick(draws)

    def _ally(self, player: str) -> dict[str, Any]:
        own = {"id": self._id(player), "player": player}
        formed = [
            ref.id
            for ref, state in self.states.items()
            if ref.kind == "alliance" and state.members
        ]
        if self.player(player).alliance:
            return self.run(LeaveAlliance(**own))
        if formed:
            return self.run(JoinAlliance(**own, alliance=formed[0]))
        return self.run(FormAlliance(**own))


@pytest.fixture(scope="module", params=SEEDS)
def played(request: pytest.FixtureRequest) -> Fog:
    world = Fog(request.param)
    world.play()
    return world


def test_nobody_is_told_of_what_nobody_saw_for_them(played: Fog) -> None:
    for viewer in played.viewers:
        for at_ms, told in viewer.told:
            leaks = played.truth.leaks(viewer.player, at_ms, told)
            assert not leaks, (viewer.player, at_ms, leaks, told)


def test_much_was_seen_and_much_was_not(played: Fog) -> None:
    """A truth that lets everything pass would prove nothing."""
    assert played.accepted > STEPS // 5
    everything = " ".join(played.truth.secrets)
    spoken, unknown = set(), set()
    for viewer in played.viewers:
        others = set(PLAYERS) - {viewer.player}
        foreign = set(played.fleets(*others))
        for at_ms, _told in viewer.told[:: STEPS // 10]:
            unknown |= foreign & played.truth.leaks(viewer.player, at_ms, everything)
        spoken |= {
            one for one in foreign for _at_ms, told in viewer.told if one in told
        }
    assert len(spoken) >= FLEETS
    assert len(unknown) >= FLEETS


GUESSES: dict[str, dict[str, Any]] = {
    "fleets.stop": {"fleet": "?"},
    "fleets.move": {"fleet": "?", "to": {"x": 5_000, "y": 5_000}},
    "fleets.rename": {"fleet": "?", "name": "mine"},
    "fleets.attack": {"fleet": "!", "target": {"kind": "fleet", "id": "?"}},
    "fleets.merge": {"fleet": "!", "into": "?"},
    "fleets.salvage": {"fleet": "!", "debris": "?"},
    "combat.reinforce": {"fleet": "!", "battle": "?"},
    "combat.retreat": {"fleet": "!", "battle": "?"},
}
"""Commands with a place for an own fleet (!) and for what is guessed (?)."""


def filled(data: Any, own: str, guess: str) -> Any:
    if isinstance(data, dict):
        return {name: filled(value, own, guess) for name, value in data.items()}
    return {"!": own, "?": guess}.get(data, data)


def answer(world: Fog, player: str, called: str, own: str, guess: str) -> Any:
    try:
        return world.order(called, player=player, **filled(GUESSES[called], own, guess))
    except Rejected as refusal:
        return refusal.code, refusal.message, refusal.details


def test_what_is_unseen_is_refused_as_if_it_were_not_there(played: Fog) -> None:
    """Word for word: a guess tells nothing."""
    for viewer in played.viewers:
        viewer.sweep()
        own = [*played.fleets(viewer.player), ABSENT][0]
        for ref in hidden(played, viewer):
            for called in GUESSES:
                told = answer(played, viewer.player, called, own, ref.id)
                none = answer(played, viewer.player, called, own, ABSENT)
                assert told == none, (called, ref)


def hidden(world: Fog, viewer: Viewer) -> list[Ref]:
    """Name what strangers have that a viewer doesn't see."""
    own = world.player(viewer.player)
    found = []
    for ref, state in world.states.items():
        parties = getattr(state, "parties", {}).values()
        players = {getattr(state, "player", ""), *(one.player for one in parties)}
        alliances = {one.alliance for one in parties}
        place = world.game.kinds[ref.kind].place(state)
        is_seen = place is not None and viewer.seen & spot(place)
        is_friends = own.id in players or own.alliance in alliances - {""}
        if ref.kind in GUESSED and not is_seen and not is_friends:
            found.append(ref)
    return found


GUESSED = ("fleet", "battle", "debris")
