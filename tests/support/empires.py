"""Play the real game in tests of persistence: the cluster's parts and a persister."""

import threading
from collections.abc import Sequence
from itertools import count

from app.cluster import Cluster
from app.core.message import Command
from app.engine.persister import Persister, Servers
from app.game import registry
from tests.support.persistence import JOIN_S
from tests.support.waiting import wait_for


class Empires:
    """Hold a cluster's one galaxy and its persister."""

    def __init__(self, cluster: Cluster) -> None:
        settings = cluster.settings
        self.cluster = cluster
        self.galaxy = cluster.galaxy("1")
        self._numbers = count()
        self._stop = threading.Event()
        servers = Servers(
            settings.redis_state_url, settings.redis_bus_url, settings.database_url
        )
        persister = Persister(
            servers, "1", self.galaxy.codec, projections=registry.PROJECTIONS
        )
        self._thread = threading.Thread(target=persister.run, args=(self._stop,))
        self._thread.start()
        epoch = self.galaxy.keys.epoch
        wait_for(lambda: bool(self.galaxy.store.client.exists(epoch)), "an epoch")

    def close(self) -> None:
        """End the persister."""
        self._stop.set()
        self._thread.join(JOIN_S)
        assert not self._thread.is_alive()

    def join(self, player: str) -> str:
        """Found an empire; give its colony."""
        command = registry.joining(
            player=player, username=f"{player}-name", command_id=f"{player}/join"
        )
        return self._do(command)["colony"]

    def do(
        self, player: str, wire_name: str, now_ms: int | None = None, /, **data
    ) -> dict:
        """Run a wire command that must be accepted."""
        command_id = f"{player}/{next(self._numbers)}"
        command = registry.translate(
            wire_name, data, player=player, command_id=command_id, find=_found
        )
        return self._do(command, now_ms)

    def _do(self, command: Command, now_ms: int | None = None) -> dict:
        answer = self.galaxy.dispatcher.dispatch(command, now_ms=now_ms)
        assert answer.ok, answer
        return answer.result or {}

    def wait_until_drained(self) -> None:
        """Wait until the journal is in Postgres."""
        journal = self.galaxy.keys.journal
        wait_for(
            lambda: self.galaxy.store.client.xlen(journal) == 0, "an empty journal"
        )


def _found(names: Sequence[str]) -> dict[str, str]:
    return {name.removesuffix("-name"): name for name in names}
