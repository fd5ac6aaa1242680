"""Tell all instances something from a process that serves no sockets itself."""

import orjson
import redis
import structlog

from app.engine import keys

log = structlog.get_logger()


def expel(bus: redis.Redis, player_id: str, code: str) -> None:
    """Close a player's sockets on every instance.

    A message that is lost is no harm: instances ask by themselves every few seconds
    whether the tokens of their sockets still count.
    """
    message = {"method": "expel", "host_id": "", "player": player_id, "code": code}
    try:
        bus.spublish(keys.BUS_ALL, orjson.dumps(message))
    except redis.RedisError as error:
        log.warning("control message lost", error=type(error).__name__)
