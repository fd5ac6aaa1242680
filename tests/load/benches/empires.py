"""Found many empires through the engine itself, past accounts and sockets.

Only the benchmarks do so: an account costs an Argon2 hash by design, and what is to be
measured lies behind it. The commands are the game's own, through the one write path.
"""

import os
from typing import Any
from unittest import mock

from app import config
from app.cluster import Cluster as Engine
from app.core.message import Command
from app.engine.dispatch import Dispatcher
from app.game import registry
from tests.support.cluster import Cluster
from tests.support.counters import NothingCold

GALAXY = "1"
DRAWS_MAX = 5


def do(dispatcher: Dispatcher, command: Command, **when: Any) -> dict[str, Any]:
    """Run a command that must be accepted."""
    answer = dispatcher.dispatch(command, **when)
    if answer.result is None:
        raise RuntimeError(f"{command} refused: {answer.error}")
    return answer.result


def found(dispatcher: Dispatcher, player: str) -> str:
    """Found an empire; gives its colony. A crowded galaxy takes more than one draw."""
    for draw in range(DRAWS_MAX):
        command = registry.joining(
            player=player, username=player, command_id=f"{player}/join.{draw}"
        )
        answer = dispatcher.dispatch(command)
        if answer.result is not None:
            return str(answer.result["colony"])
    raise RuntimeError(f"no home for {player}: {answer.error}")


def engine_of(cluster: Cluster) -> Engine:
    """Reach a running cluster's galaxy as one of its own processes would."""
    with mock.patch.dict(os.environ, cluster.env):
        return Engine(config.load())


def founder(engine: Engine) -> Dispatcher:
    """Give a dispatcher that founds fast: in a new galaxy nobody is cold yet."""
    galaxy = engine.galaxy(GALAXY)
    return Dispatcher(engine.game, galaxy.store, galaxy.codec, NothingCold())
