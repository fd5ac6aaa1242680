"""Cut all connections at once, or kill a process: everybody comes back and resumes."""

import asyncio
import os
import signal
from collections.abc import Sequence

from tests.load.crowd.crowd import Crowd
from tests.load.crowd.dialect import User
from tests.load.crowd.processes import Pids

FIRST_SHARE = 1 / 3
"""When the first storm comes, as a part of the run; it needs time to be over."""
EVERY_S = 30.0
OVER_S = 10.0
"""How long before the end the last one comes at the latest."""
STORMS_MAX = 100


class Storm:
    """Cut some of a crowd's users at moments fixed beforehand."""

    def __init__(self, crowd: Crowd, users: Sequence[User], seconds: float) -> None:
        self._crowd, self._users = crowd, users
        first_s = seconds * FIRST_SHARE
        last_s = max(first_s, seconds - OVER_S)
        moments = (first_s + number * EVERY_S for number in range(STORMS_MAX))
        self.moments_s = [at_s for at_s in moments if at_s <= last_s]
        self.cuts: list[int] = []
        """How many connections were cut each time."""

    def begin(self) -> None:
        """Let the storms come from the beginning of the run on."""
        loop = asyncio.get_running_loop()
        for at_s in self.moments_s:
            loop.call_later(at_s, self._strike)

    def _strike(self) -> None:
        """Cut whoever is in; who is still coming back from the last is left alone."""
        struck = [user for user in self._users if user.is_in]
        self.cuts.append(len(struck))
        self._crowd.cut(struck)


class Death:
    """Kill a process of the cluster at a moment fixed beforehand; it comes back."""

    def __init__(self, pids: Pids, name: str, seconds: float) -> None:
        if name not in pids():
            raise ValueError(f"{name}: no such process runs here")
        self._pids, self._name = pids, name
        self._at_s = seconds * FIRST_SHARE

    def begin(self) -> None:
        """Let it come, counted from the beginning of the run."""
        asyncio.get_running_loop().call_later(self._at_s, self._strike)

    def _strike(self) -> None:
        os.killpg(self._pids()[self._name], signal.SIGKILL)
