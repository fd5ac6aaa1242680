"""Run seeded plays against the laws: `make sim`, `make sim SEED=7` for one again."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

import orjson
from sqlalchemy import Engine

from app.core.decider import Game
from app.core.units import MILLI
from app.engine import logs, postgres
from app.engine.clock import Clock
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.dispatch import Dispatcher
from app.engine.keys import Keys
from app.engine.laws.galaxy import Checked
from app.engine.persister import Servers as Addresses
from app.engine.reads import Reads
from app.engine.redis import connect
from app.engine.store import HISTORY_MAX, Store
from app.game import registry
from app.game.chat.model import direct
from app.game.galaxy.model.map import sector_at
from deploy import migrate
from tests.simulation import laws
from tests.simulation.navy import Place
from tests.simulation.play import Play
from tests.simulation.servers import Galaxy
from tests.support.armament import armed
from tests.support.servers import Servers

SEED = "simulation-23630"
"""Its three planets of the mid rim lie within 310 units: empires that meet."""
SECRET = "known to no player"
PLANETS = 10
REPORT_EVERY = 100


class World(NamedTuple):
    """Hold what all plays share."""

    game: Game
    codec: Codec
    addresses: Addresses
    engine: Engine


@contextmanager
def world() -> Iterator[World]:
    """Run servers for plays."""
    logs.configure("simulation", "ERROR")
    servers = Servers()
    servers.start()
    try:
        url = servers.create_database("simulation")
        with mock.patch.dict(os.environ, {"DATABASE_URL": url}):
            migrate.main()
        game = armed(registry.build_game(SEED, PLANETS, SECRET))
        addresses = Addresses(servers.valkey.url, servers.valkey.url, url)
        yield World(game, Codec(game), addresses, postgres.connect(url))
    finally:
        servers.stop()


def play(world: World, seed: int) -> list[dict[str, Any]]:
    """Play one seed and check the laws; give what L2 has to fold."""
    galaxy = Galaxy(f"s{seed}", world.codec, world.addresses, world.engine)
    one = Play(seed, world.game, galaxy, registry.build_galaxy(SEED, PLANETS))
    reads = _reads(world, galaxy)
    one.run_first_part()
    rooms = _rooms(one)
    early = {room: reads.snapshot(room) for room in rooms}
    one.run_second_part()
    told = [line for room in rooms for line in _told(reads, room, early[room])]
    laws.check_fog(galaxy)
    galaxy.persist(None)
    laws.check_audit(_checked(world, galaxy))
    laws.check_replies(galaxy, one)
    _check_without_workers(world, seed, one, galaxy)
    galaxy.forget()
    return told


def _rooms(one: Play) -> list[str]:
    """Name the players' own rooms, and both tiers of where they live and meet."""
    places = {player.navy.home for player in one.players}
    places.add(Place(*(sum(axis) // len(places) for axis in zip(*places, strict=True))))
    sectors = [sector_at(place.x * MILLI, place.y * MILLI) for place in places]
    return [
        *(f"player:{player.name}" for player in one.players),
        f"chat:{direct(*(player.name for player in one.players))}",
        *(f"sector:{sector}{tier}" for sector in sectors for tier in ("", ":full")),
    ]


def _told(reads: Reads, room: str, early: Any) -> Iterator[dict[str, Any]]:
    """Give what L2 has to fold; a room that said more than its ring holds is left."""
    late = reads.snapshot(room)
    events = reads.history(room, early.seq)
    if events is None:
        assert late.seq - early.seq > HISTORY_MAX, f"L6: {room} forgot too soon"
        return
    yield {
        "room": room,
        "early": early.body,
        "events": [orjson.loads(event) for event in events],
        "late": late.body,
    }


def _check_without_workers(world: World, seed: int, one: Play, galaxy: Galaxy) -> None:
    """L7: the same commands at the same times, with no worker and no crash."""
    alone = Galaxy(f"s{seed}alone", world.codec, world.addresses, world.engine)
    calm = _dispatcher(world, alone)
    order = sorted(one.decided.values(), key=lambda decided: decided.reply.at_ms)
    for decided in order:
        reply = calm.dispatch(decided.command, now_ms=decided.reply.at_ms)
        assert reply == decided.reply, f"L7: {decided} but {reply} without workers"
    while due := alone.due(one.now_ms):
        calm.settle(due[0])
    alone.persist(None)
    expected = laws.states(galaxy, world.codec)
    assert laws.states(alone, world.codec) == expected, "L7: another final state"
    alone.forget()


def _checked(world: World, galaxy: Galaxy) -> Checked:
    return Checked(
        id=galaxy.id,
        keys=galaxy.keys,
        client=galaxy.client,
        postgres=world.engine,
        game=world.game,
        codec=world.codec,
        ledgers=registry.LEDGERS,
        holdings=registry.HOLDINGS,
    )


def _dispatcher(world: World, galaxy: Galaxy) -> Dispatcher:
    store = Store(connect(world.addresses.state_url), Keys(galaxy.id))
    return Dispatcher(world.game, store, world.codec, Cold(world.engine, galaxy.id))


def _reads(world: World, galaxy: Galaxy) -> Reads:
    store = Store(connect(world.addresses.state_url), Keys(galaxy.id))
    cold = Cold(world.engine, galaxy.id)
    return Reads(
        views=registry,
        store=store,
        codec=world.codec,
        cold=cold,
        dispatcher=Dispatcher(world.game, store, world.codec, cold),
    )


def run(world: World, seeds: range) -> int:
    """Play seeds and count the crashes; the first broken law ends it."""
    told: list[dict[str, Any]] = []
    for seed in seeds:
        try:
            told += play(world, seed)
        except BaseException as error:
            error.add_note(f"again: make sim SEED={seed}")
            raise
    laws.check_snapshots(told)
    return len(told)


def main() -> int:
    """Play and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plays", type=int, default=1_000)
    parser.add_argument("--seed", type=int)
    asked = parser.parse_args()
    first = asked.seed if asked.seed is not None else 1
    count = 1 if asked.seed is not None else asked.plays
    started_ms = Clock().now_ms()
    with world() as shared:
        for start in range(first, first + count, REPORT_EVERY):
            seeds = range(start, min(start + REPORT_EVERY, first + count))
            run(shared, seeds)
            print(f"seeds {seeds[0]} to {seeds[-1]}: laws L1 to L8 hold")
    print(f"{count} plays in {(Clock().now_ms() - started_ms) / 1_000:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
