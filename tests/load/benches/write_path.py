"""Measure the write path: one process, one thread, a durable Valkey.

Buildings are placed and cancelled by the game's own rules, through translate's result,
load, decide, evolve and commit. No persister runs beside it: it is another process.
"""

from time import perf_counter, process_time

import redis

from app.engine import postgres
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.dispatch import Dispatcher
from app.engine.keys import Keys
from app.engine.redis import connect
from app.engine.store import Store
from app.game.colonies.rules.build import Build
from app.game.colonies.rules.cancel import CancelOrder
from tests.load.benches.empires import do, found
from tests.load.benches.figures import Figure, at_least, figure
from tests.load.persister import GALAXY, GAME, local_servers
from tests.load.tally import percentile

EMPIRES = 200
"""More would cost 15% of the speed, fewer would run out of minerals: a fifth of the
price of an order stays lost."""
RUNS = 9
PAIRS = 1_000
COMMANDS = 2 * PAIRS
COMMANDS_PER_S = 2_500
MICRO = 1_000_000


def measure() -> list[Figure]:
    """Run it on servers of its own."""
    with local_servers() as servers, redis.Redis.from_url(servers.state_url) as client:
        keys = Keys(GALAXY)
        client.set(keys.epoch, "bench")
        cold = Cold(postgres.connect(servers.database_url), GALAXY)
        store = Store(connect(servers.state_url), keys)
        bench = _Bench(Dispatcher(GAME, store, Codec(GAME), cold), client)
        bench.run(-1)
        runs = [bench.run(number) for number in range(RUNS)]
    columns = [list(column) for column in zip(*runs, strict=True)]
    speed, python, server, middle, worst = columns
    return [
        figure("commands", "1/s", *speed, target=at_least(COMMANDS_PER_S)),
        figure("Python CPU a command", "µs", *python),
        figure("Valkey CPU a command", "µs", *server),
        figure("command p50", "ms", *middle),
        figure("command p99", "ms", *worst),
    ]


class _Bench:
    def __init__(self, dispatcher: Dispatcher, client: redis.Redis) -> None:
        self._dispatcher = dispatcher
        self._client = client
        players = [f"writer{number:06}" for number in range(EMPIRES)]
        self._homes = [(player, found(dispatcher, player)) for player in players]

    def run(self, number: int) -> tuple[float, float, float, float, float]:
        """Place and cancel once more; gives speed, CPU here and there, p50 and p99."""
        times: list[float] = []
        server, cpu, started = self._server_s(), process_time(), perf_counter()
        for index in range(PAIRS):
            player, colony = self._homes[index % EMPIRES]
            self._pair(player, colony, f"{player}/{number}.{index}", times)
        seconds = perf_counter() - started
        cpu, server = process_time() - cpu, self._server_s() - server
        return (
            COMMANDS / seconds,
            cpu / COMMANDS * MICRO,
            server / COMMANDS * MICRO,
            percentile(times, 50),
            percentile(times, 99),
        )

    def _pair(self, player: str, colony: str, name: str, times: list[float]) -> None:
        where = {"player": player, "colony": colony}
        start = perf_counter()
        placed = do(self._dispatcher, Build(id=f"{name}b", building="mine", **where))
        middle = perf_counter()
        cancel = CancelOrder(id=f"{name}c", order=placed["order"], **where)
        do(self._dispatcher, cancel)
        times += (middle - start, perf_counter() - middle)

    def _server_s(self) -> float:
        used = self._client.info("cpu")
        return float(used["used_cpu_user"]) + float(used["used_cpu_sys"])
