"""End the cluster of this checkout: `python -m deploy.local.stop`."""

import os
import signal
import sys
import time

from deploy.local import environment, leftovers, state
from deploy.local.folders import Folders
from deploy.local.problem import StartError

PATIENCE_S = 60.0
POLL_S = 0.1


def main() -> int:
    """Stop what runs here; that nothing does is no error."""
    folders = environment.here()
    try:
        ended = _stop(folders)
    except (StartError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print("stopped" if ended else "nothing runs here")
    return 0


def _stop(folders: Folders) -> bool:
    """Ask the runner, kill it when it doesn't obey, and end what is left."""
    runner = state.runner_pid(folders)
    if runner:
        os.kill(runner, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_S
        while state.runner_pid(folders) == runner and time.monotonic() < deadline:
            time.sleep(POLL_S)
        if state.runner_pid(folders) == runner:
            os.kill(runner, signal.SIGKILL)
    return bool(leftovers.end(folders.var)) or bool(runner)


if __name__ == "__main__":
    sys.exit(main())
