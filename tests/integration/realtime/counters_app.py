"""Serve counters over Socket.IO: the edge on a game small enough to see through.

A token is `<player>` or `<player>/<expires_ms>`; players named `banned...` are, those
named `empty...` have no empire, those named `late...` are let in slowly. A counter
named `sector.1.2` is heard in `sector:1:2`.

The map is a line of places, of which a player sees what the bits of the counter called
`sight.<player>` say; its marks name the allies. `sector:<place>:0:full` is heard by who
sees the place.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from types import SimpleNamespace
from typing import Any, NamedTuple

import redis
import sqlalchemy as sa
from flask import Flask
from prometheus_client import generate_latest

from app import config
from app.core.decider import Heard, Kind, States
from app.core.message import Command, Event, Ref, Rejected
from app.engine.codec import Codec
from app.engine.dispatch import Dispatcher
from app.engine.keys import Keys
from app.engine.postgres import connect as connect_postgres
from app.engine.reads import Reads
from app.engine.redis import connect
from app.engine.store import Store
from app.realtime import address, runtime
from app.realtime.attach import attach
from app.realtime.edge import Edge
from app.realtime.limits import Limits
from app.realtime.pipe import lines_to
from tests.support.counters import (
    GAME,
    Add,
    Counter,
    Look,
    NothingCold,
    counter,
    evolve,
)

FOREVER_MS = 2**52
LIMITS = {
    "counters.add": "all",
    "counters.trade": "trade",
    "counters.move": "move",
    "counters.look": "all",
    "counters.slow": "all",
    "counters.broken": "all",
}
SLOW_S = 1.0
PLACES = 8


@dataclass(frozen=True)
class Identity:
    player_id: str
    expires_ms: int


def room_of(name: str) -> str:
    return name.replace(".", ":")


def audience(ref: Ref, event: Event, states: States, at_ms: int) -> Iterable[Heard]:
    payload = {"value": states[ref].value, "mark": event.mark}
    room = room_of(ref.id)
    is_signal = room.startswith("sight:")
    yield Heard(rooms=(room,), type="added", payload=payload, is_signal=is_signal)


class Views:
    def snapshot_refs(
        self, room: str, members: Sequence[Ref], known: States
    ) -> tuple[Ref, ...]:
        return (counter(room.replace(":", ".")),)

    def snapshot(self, room: str, states: States) -> dict[str, Any]:
        (state,) = states.values()
        return {"value": state.value if state else 0}

    def places_near(
        self, x_milli: int, y_milli: int, radius_milli: int
    ) -> tuple[str, ...]:
        return ()

    def stands(self, state: Any, at_ms: int) -> None:
        return None


def galaxy(name: str, state: redis.Redis) -> Any:
    kinds = {"counter": Kind(state=Counter, evolve=evolve, audience=audience)}
    game = replace(GAME, kinds=kinds)
    keys = Keys(name)
    codec = Codec(game)
    store = Store(state, keys, lines=lines_to(state))
    dispatcher = Dispatcher(game, store, codec, NothingCold())
    reads = Reads(
        views=Views(),
        store=store,
        codec=codec,
        cold=NothingCold(),
        dispatcher=dispatcher,
    )
    return SimpleNamespace(id=name, keys=keys, dispatcher=dispatcher, reads=reads)


def translate(
    name: str,
    data: dict[str, Any],
    *,
    galaxy: Any,
    player: str,
    command_id: str,
    count: Callable[[], None],
) -> Command:
    if name == "counters.broken":
        raise RuntimeError("broken on purpose")
    if name == "counters.slow":
        runtime.sleep(SLOW_S)
    try:
        if name == "counters.look":
            return Look(id=command_id, player=player, counter=str(data["counter"]))
        if not isinstance(data["amount"], int):
            raise Rejected("invalid", fields={"amount": ["Not a number."]})
        if data["counter"] == "nobody":
            count()
            raise Rejected("not_found")
        return Add(
            id=command_id,
            player=player,
            counter=str(data["counter"]),
            amount=data["amount"],
            mark=str(data.get("mark", "")),
        )
    except KeyError as error:
        raise Rejected("invalid", fields={str(error.args[0]): ["Missing."]}) from error


def authenticate(bus: redis.Redis, token: str) -> Identity:
    player, _, expires_ms = token.partition("/")
    identity = Identity(player, int(expires_ms or FOREVER_MS))
    for refusal in filter(None, refusals(bus, [identity])):
        raise refusal
    if player.startswith("bad"):
        raise Rejected("unauthenticated")
    if player.startswith("banned"):
        raise Rejected("banned")
    if player.startswith("late"):
        bus.set(f"arriving:{player}", "1")
        runtime.sleep(SLOW_S)
    return identity


def refusals(bus: redis.Redis, identities: Sequence[Identity]) -> list[Rejected | None]:
    revoked = bus.mget([f"revoked:{one.player_id}" for one in identities])
    return [Rejected("unauthenticated", "Revoked.") if one else None for one in revoked]


def rooms_of(_galaxy: Any, player: str) -> tuple[str, ...] | None:
    if player.startswith("empty"):
        return None
    return (f"player:{player}", "galaxy")


class Sight(NamedTuple):
    rooms: tuple[str, ...]
    allies: tuple[str, ...]
    area: int
    joined: tuple[str, ...]
    own: int = 0


class Hearing(NamedTuple):
    area: int
    since_ms: int


class Horizon:
    def box(self, data: dict[str, Any]) -> int:
        if data.keys() != {"x0", "x1"} or not all(map(_is_place, data.values())):
            raise Rejected("invalid", fields={"x0": ["Not a place."]})
        return sum(1 << place for place in range(data["x0"], data["x1"] + 1))

    def rooms(self, area: int, seen: int) -> list[str]:
        places = [place for place in range(PLACES) if area >> place & 1]
        tiers = {1: ":full", 0: ""}
        return [f"sector:{place}:0{tiers[seen >> place & 1]}" for place in places]

    def sight_room(self, player: str) -> str:
        return f"sight:{player}"

    def sights(self, galaxy: Any, players: Sequence[str]) -> dict[str, Sight]:
        refs = {player: counter(f"sight.{player}") for player in players}
        _at_ms, states = galaxy.reads.gather(lambda _known: refs.values())
        found = {player: states[ref] or Counter() for player, ref in refs.items()}
        return {
            player: Sight(
                (f"sight:{player}",),
                state.marks,
                state.value,
                (f"player:{player}", "galaxy"),
            )
            for player, state in found.items()
        }

    def seen(self, sight: Sight, at_ms: int) -> tuple[int, int]:
        return sight.area, at_ms + FOREVER_MS

    def hears(
        self, _galaxy: Any, sight: Sight, rooms: Sequence[str]
    ) -> dict[str, Hearing]:
        own = sight.rooms[0].replace("sight", "player")
        refused = ("player:", "secret", "sight:")
        found = {}
        for room in rooms:
            if room.endswith(":full"):
                found[room] = Hearing(1 << int(room.split(":")[1]), FOREVER_MS)
            elif room == own or not room.startswith(refused):
                found[room] = Hearing(0, 0)
        return found


def _is_place(value: Any) -> bool:
    return type(value) is int and 0 <= value < PLACES


def create() -> Flask:
    settings = config.load()
    app = Flask(__name__)
    bus = connect(settings.redis_bus_url)
    galaxies = {
        name: galaxy(name, connect(settings.redis_state_url, tag=Keys(name).tag))
        for name in settings.galaxies
    }
    free = address.networks(settings.address_limits_free)
    limits = Limits(bus, factor=settings.rate_limits_factor, free=free)
    edge = Edge(
        settings=settings,
        bus=bus,
        limits=limits,
        authenticate=lambda token: authenticate(bus, token),
        refusals=lambda identities: refusals(bus, identities),
        galaxy=galaxies.__getitem__,
        translate=translate,
        limit_of=LIMITS.get,
        rooms_of=rooms_of,
        horizon=Horizon(),
        config={"speed": 1},
    )
    extension = attach(app, settings, edge)
    app.add_url_rule(
        "/kick/<player>/<code>",
        "kick",
        lambda player, code: extension.server.disconnect_player(player, code) or "",
    )
    app.add_url_rule("/mode", "mode", runtime.mode)
    app.add_url_rule("/postgres", "postgres", _ask_postgres)
    app.add_url_rule("/native", "native", _work_natively)
    app.add_url_rule("/metrics", "metrics", generate_latest)
    return app


def _ask_postgres() -> str:
    engine = connect_postgres(os.environ["DATABASE_URL"])
    with engine.connect() as connection:
        connection.execute(sa.select(sa.func.pg_sleep(SLOW_S)))
    engine.dispose()
    return "asked"


def _work_natively() -> str:
    return runtime.offload(_count_on)


def _count_on() -> str:
    deadline = monotonic() + SLOW_S
    while monotonic() < deadline:
        hashlib.scrypt(b"", salt=b"", n=2**13, r=8, p=1)  # lets the GIL go
    return "done"


application = create() if "REDIS_STATE_URL" in os.environ else None
