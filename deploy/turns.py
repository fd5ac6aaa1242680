"""Let whoever works finish its turn before somebody who is woken has one."""

import os
from contextlib import suppress


def take_turns() -> None:
    """Ask the kernel for it, for this process and all that it will start (decision 38).

    Where it can't be had (another system than Linux, a sandbox), all is as before.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
