"""Say in what order the processes of a full machine have their turns."""

import os
from contextlib import suppress


def take_turns() -> None:
    """Let whoever works finish its turn before somebody who is woken has one.

    It holds for this process and all that it will start (decision 38). Where it can't
    be had (another system than Linux, a sandbox), all is as before.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def stand_back(pid: int) -> None:
    """Let a process have the time that nobody else wants (decision 40)."""
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
