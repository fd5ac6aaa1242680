"""Lead connections to the server that a galaxy lives on.

With `redis://` that is the one named. With `redis+cluster://` it is the node of a Redis
Cluster that has the slot of the galaxy's hash tag: any node is asked for it once, and
again when a connection breaks or hears that the slot moved. A galaxy lives on one node,
so all else speaks to a single server and knows nothing of this.
"""

from functools import cache
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple, NoReturn

import redis
from redis.connection import parse_url
from redis.crc import key_slot
from redis.exceptions import ClusterDownError, MovedError

CLUSTER = "+cluster://"
ASK_TIMEOUT_S = 0.5
FIND_S_MAX = 2.0
"""How long nodes are asked, one after the other, before the search is given up."""
NODES_MAX = 64


class Address(NamedTuple):
    """Name a node."""

    host: str
    port: int


class Home:
    """Know where one galaxy lives, for all connections of this process."""

    def __init__(self, seeds: tuple[Address, ...], tag: str, options: Any) -> None:
        self._seeds = seeds
        self._slot = key_slot(tag.encode())
        self._options = options
        self._nodes: tuple[Address, ...] = ()
        self._doubted: Address | None = None
        self._asking = Lock()
        self.address: Address | None = None
        """None while it has to be asked for."""

    def find(self) -> Address:
        """Give the node, asking the cluster for it if need be.

        Raises:
            redis.ConnectionError: no node answers that is part of a working cluster.
        """
        with self._asking:
            if self.address is None:
                self.address = self._ask_around()
            return self.address

    def doubt(self, address: Address) -> None:
        """Take it that the galaxy may not live there any more."""
        if self.address == address:
            self.address, self._doubted = None, address

    def moved(self, before: Address, after: Address) -> None:
        """Take it that the galaxy went from one node to another."""
        if self.address in (None, before):
            self.address = after

    def options(self) -> dict[str, Any]:
        """Give what every connection to a node is made with."""
        return dict(self._options)

    def _ask_around(self) -> Address:
        """Ask the nodes; the one in doubt comes last, for it may be cut off."""
        known = dict.fromkeys((*self._nodes, *self._seeds))
        deadline_s = monotonic() + FIND_S_MAX
        for node in sorted(known, key=lambda one: one == self._doubted):
            try:
                found = self._ask(node)
            except (redis.RedisError, OSError):
                found = None
            if found is not None:
                return found
            if monotonic() > deadline_s:
                break
        raise redis.ConnectionError("no node of the cluster knows the galaxy's home")

    def _ask(self, node: Address) -> Address | None:
        """Ask one node; one that is cut off from most others is not believed."""
        options = self.options()
        kind = options.pop("connection_class", redis.Connection)
        timeouts = dict.fromkeys(
            ("socket_timeout", "socket_connect_timeout"), ASK_TIMEOUT_S
        )
        connection = kind(host=node.host, port=node.port, **options, **timeouts)
        try:
            connection.send_command("CLUSTER", "INFO")
            if b"cluster_state:ok" not in connection.read_response():
                return None
            connection.send_command("CLUSTER", "SLOTS")
            return self._take(node, connection.read_response())
        finally:
            connection.disconnect()

    def _take(self, asked: Address, ranges: list[Any]) -> Address | None:
        nodes: dict[Address, None] = {}
        home = None
        for first, last, *members in ranges:
            addresses = [_address(asked, member) for member in members]
            nodes |= dict.fromkeys(addresses)
            if first <= self._slot <= last:
                home = addresses[0]
        self._nodes = tuple(nodes)[:NODES_MAX]
        return home


def _address(asked: Address, member: list[Any]) -> Address:
    """Read a node of CLUSTER SLOTS; one without a host has that of who was asked."""
    host = (member[0] or b"").decode()
    return Address(asked.host if host in ("", "?") else host, member[1])


class _Led:
    """Make a connection of redis-py lead to a galaxy's home."""

    def __init__(self, *, home: Home, **options: Any) -> None:
        self._home = home
        self._leads_to = Address("", 0)
        super().__init__(**options)

    def _connect(self) -> Any:
        self._leads_to = self._home.find()
        self.host, self.port = self._leads_to
        return super()._connect()  # type: ignore[misc]

    def connect_check_health(self, *args: Any, **options: Any) -> None:
        """Connect, and doubt a home that lets nobody in."""
        try:
            super().connect_check_health(*args, **options)  # type: ignore[misc]
        except redis.RedisError:
            self._home.doubt(self._leads_to)
            raise

    def send_packed_command(self, command: Any, check_health: bool = True) -> None:
        """Send, unless the galaxy was seen to live elsewhere by now."""
        is_open = self._sock is not None  # type: ignore[attr-defined]
        if is_open and self.strays:
            self._leave("moved")
        super().send_packed_command(command, check_health)  # type: ignore[misc]

    def read_response(self, *args: Any, **options: Any) -> Any:
        """Read; what refuses because the galaxy isn't there ends the connection.

        Raises:
            redis.ConnectionError: the command had no effect, or nobody can tell.
        """
        try:
            return super().read_response(*args, **options)  # type: ignore[misc]
        except redis.RedisError as error:
            if why := self.judge(error):
                self._leave(why, error)
            raise

    def can_read(self, *args: Any, **options: Any) -> bool:
        """Tell whether something came; a pool asks so before it hands a connection out.

        Raises:
            redis.ConnectionError: it has to lead to where the galaxy lives now.
        """
        if self.strays:
            raise redis.ConnectionError("moved")
        return bool(super().can_read(*args, **options))  # type: ignore[misc]

    @property
    def strays(self) -> bool:
        """Tell whether the galaxy was seen to live elsewhere by now."""
        return self._home.address not in (None, self._leads_to)

    def judge(self, error: Exception) -> str:
        """Learn from an error where the galaxy lives; say why to leave, if so."""
        if isinstance(error, MovedError):
            host = error.host or self._leads_to.host
            self._home.moved(self._leads_to, Address(host, error.port))
            return "moved"
        if isinstance(error, ClusterDownError | redis.ConnectionError):
            self._home.doubt(self._leads_to)
        return "cluster down" if isinstance(error, ClusterDownError) else ""

    def _leave(self, why: str, cause: Exception | None = None) -> NoReturn:
        self.disconnect()  # type: ignore[attr-defined]
        raise redis.ConnectionError(why) from cause


class Led(_Led, redis.Connection):
    """Lead to a galaxy's home."""


class LedSecurely(_Led, redis.SSLConnection):
    """Lead to a galaxy's home, over TLS."""


@cache
def home_of(url: str, tag: str) -> Home:
    """Give what this process knows of a galaxy's home in a cluster."""
    scheme, rest = url.split(CLUSTER, 1)
    secrets, _at, hosts = rest.rpartition("@")
    names, _slash, tail = hosts.partition("/")
    prefix, suffix = f"{scheme}://{secrets}{_at}", f"/{tail}" if tail else ""
    parse: Any = parse_url
    parsed = [parse(prefix + name + suffix) for name in names.split(",")]
    seeds = tuple(
        Address(one.get("host", "localhost"), one.get("port", 6379)) for one in parsed
    )
    left_out = ("host", "port")
    options = {name: value for name, value in parsed[0].items() if name not in left_out}
    return Home(seeds, tag, options)


def pool(
    url: str,
    tag: str,
    kind: type[redis.ConnectionPool] = redis.ConnectionPool,
    **options: Any,
) -> redis.ConnectionPool:
    """Make a pool of connections to the server on which the keys of a tag live."""
    if CLUSTER not in url:
        made: redis.ConnectionPool = kind.from_url(url, **options)
        return made
    home = home_of(url, tag)
    options |= home.options()
    is_secure = options.pop("connection_class", None) is redis.SSLConnection
    led = LedSecurely if is_secure else Led
    return kind(connection_class=led, home=home, **options)
