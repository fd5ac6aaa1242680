"""A server that lives but refuses is unavailable; a mistake of ours is not hidden."""

import pytest
import redis

from app.engine.redis import Circuit, Unavailable

MISCONF = "MISCONF Errors writing to the AOF file: No space left on device"


def refuse(said: str) -> None:
    raise redis.exceptions.ResponseError(said)


@pytest.mark.parametrize(
    "said",
    [
        MISCONF,
        f"Command # 1 (ZADD session:beats 1 a) of pipeline caused error: {MISCONF}",
    ],
)
def test_a_server_that_takes_no_writes_is_unavailable(said: str) -> None:
    with pytest.raises(Unavailable):
        Circuit().call(refuse, said)


def test_a_wrong_command_is_a_mistake_of_ours() -> None:
    with pytest.raises(redis.exceptions.ResponseError):
        Circuit().call(refuse, "WRONGTYPE Operation against a key")
