"""Name what is compared: our cluster and its peers, each started and spoken to."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
)
from dataclasses import dataclass
from typing import Protocol, Self

import aiohttp

from tests.load.api import Api
from tests.load.crowd.accounts import Accounts
from tests.load.crowd.dialect import Dialect
from tests.load.crowd.measure import Figures
from tests.load.crowd.ours import Ours
from tests.load.peers import peer
from tests.load.peers.colyseus import Colyseus
from tests.load.peers.peer import Peer, RunningPeer
from tests.load.peers.socketio import SocketIO
from tests.support.cluster import Cluster

OURS = "ours"
LIMITS_FACTOR = 1_000
"""Players may say 1,000 times as much as usual: no peer has limits at all."""
KEPT = "crowd.json"

Speaks = Callable[[str, Figures], AbstractAsyncContextManager[Dialect]]
"""Gives, for an address, how a server is spoken to."""


class Server(Protocol):
    """Hold something that runs."""

    url: str

    @property
    def pids(self) -> Mapping[str, int]:
        """Tell its processes, by our names of parts."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold how one server is run and spoken to, and what it leaves undone."""

    name: str
    lacks: str
    started: Callable[[], AbstractContextManager[Server]]
    speaks: Speaks


class OurCluster:
    """Run our cluster as `make run` does. Its accounts stay from turn to turn."""

    def __init__(self) -> None:
        self._cluster = Cluster(env={"RATE_LIMITS_FACTOR": str(LIMITS_FACTOR)})
        self.url = ""

    def __enter__(self) -> Self:
        """Start it."""
        self._cluster.start()
        self.url = self._cluster.url
        return self

    def __exit__(self, *_raised: object) -> None:
        """End it."""
        self._cluster.stop()

    @property
    def pids(self) -> Mapping[str, int]:
        """Tell its processes."""
        return self._cluster.pids

    def remove(self) -> None:
        """Remove its data."""
        self._cluster.remove()

    @asynccontextmanager
    async def speaks(self, url: str, figures: Figures) -> AsyncIterator[Dialect]:
        """Speak our protocol, with accounts that are kept beside the data."""
        async with aiohttp.ClientSession() as http:
            api = Api(http, url, Counter())
            yield Ours(url, figures, Accounts(api, self._cluster.var / KEPT))


def ours(cluster: OurCluster) -> Candidate:
    """Give our own: the whole write path."""
    return Candidate(OURS, "", lambda: cluster, cluster.speaks)


def of_peer(name: str) -> Candidate:
    """Give a peer by its name.

    Raises:
        KeyError: there is none of that name.
    """
    dialect, lacks = _SPOKEN[name]

    @asynccontextmanager
    async def speaks(url: str, _figures: Figures) -> AsyncIterator[Dialect]:
        yield dialect(url)

    described: Peer = peer.PEERS[name]
    return Candidate(name, lacks, lambda: RunningPeer(described), speaks)


_FORGETS = "no accounts, nothing kept, no order numbers, lost while Redis is away"
_SPOKEN: dict[str, tuple[Callable[[str], Dialect], str]] = {
    peer.FLASK.name: (SocketIO, _FORGETS),
    peer.FLASK_RUN.name: (SocketIO, _FORGETS),
    peer.NODE.name: (SocketIO, _FORGETS),
    peer.NODE_SHARDED.name: (SocketIO, _FORGETS),
    peer.NODE_STREAMS.name: (SocketIO, "no accounts, nothing kept, no order numbers"),
    peer.COLYSEUS.name: (
        Colyseus,
        "no accounts, nothing kept; a room lives on one process and dies with it",
    ),
}
USUAL = (peer.FLASK.name, peer.NODE.name, peer.NODE_SHARDED.name, peer.COLYSEUS.name)
ALL = tuple(_SPOKEN)
