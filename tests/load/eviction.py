"""Measure eviction: `python -m tests.load.eviction [colonies]`.

Fills Redis and Postgres with colonies that nobody looks at, lets them leave, and brings
some back, with servers of its own on this machine.
"""

import sys
from io import BytesIO
from time import perf_counter

import redis
from msgspec.structs import replace

from app.core.message import Ref
from app.engine import postgres
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.eviction import Eviction
from app.engine.keys import Keys
from app.game.colonies.model.state import Colony
from tests.load.persister import GALAXY, GAME, Play, empty, local_servers

COLONIES = 50_000
BATCH = 1_000
BACK = 1_000
BUDGET_S = 5.0
KEYS = Keys(GALAXY)


def fill(
    client: redis.Redis, engine: postgres.Engine, model: bytes, count: int
) -> None:
    """Put copies of a colony into Redis and Postgres, as if persisted."""
    codec = Codec(GAME)
    colony: Colony = codec.decode(model)
    rows = []
    for start in range(0, count, BATCH):
        pipe = client.pipeline(transaction=False)
        for number in range(start, min(start + BATCH, count)):
            name = f"idle{number:09}"
            data = codec.encode(replace(colony, id=name))
            key = KEYS.aggregate(Ref("colony", name))
            pipe.hset(key, mapping={"v": 1, "d": data, "t": 1})
            rows.append(f"{GALAXY}\tcolony\t{name}\t1\t\\\\x{data.hex()}\t0:0\t1\n")
        pipe.execute()
    raw = engine.raw_connection()
    with raw.cursor() as cursor:
        columns = "galaxy, kind, id, version, state, place, changed_ms"
        source = BytesIO("".join(rows).encode())
        cursor.copy_expert(f"COPY aggregates ({columns}) FROM STDIN", source)
    raw.commit()
    raw.close()


def memory_mb(client: redis.Redis) -> float:
    """Tell what Redis holds."""
    return client.info("memory")["used_memory"] / 1e6


def main() -> None:
    """Fill, evict, bring back, tell."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COLONIES
    with local_servers() as servers, redis.Redis.from_url(servers.state_url) as client:
        empty(servers, client)
        home = Play(servers).join("player")
        engine = postgres.connect(servers.database_url)
        print(f"at first: {memory_mb(client):.1f} MB")
        fill(
            client, engine, client.hget(KEYS.aggregate(Ref("colony", home)), "d"), count
        )
        print(f"{count} idle colonies: {memory_mb(client):.1f} MB")
        started, runs, gone = perf_counter(), 0, 0
        eviction = Eviction(client, KEYS, engine, GALAXY)
        while gone < count:
            gone += eviction.run(idle_s=0, budget_s=BUDGET_S)
            runs += 1
        seconds = perf_counter() - started
        print(
            f"{gone} left in {runs} runs, {seconds:.1f} s: {memory_mb(client):.1f} MB"
        )
        started = perf_counter()
        cold = Cold(engine, GALAXY)
        for number in range(BACK):
            assert cold.fetch([Ref("colony", f"idle{number:09}")])
        each_ms = (perf_counter() - started) * 1_000 / BACK
        print(f"a cold colony is read in {each_ms:.2f} ms")


if __name__ == "__main__":
    main()
