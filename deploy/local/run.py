"""Run the whole cluster on this machine: `python -m deploy.local.run`.

Settings come from the environment or `.env`; PORT, WEB and VAR are the runner's own.
"""

import resource
import signal
import sys

from deploy.local import environment
from deploy.local.folders import ROOT
from deploy.local.problem import StartError, Told
from deploy.local.runner import Runner
from deploy.turns import take_turns

OPEN_FILES = 65_536
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Run until told to stop; say in one line why it can't."""
    _listen()
    _allow_open_files()
    take_turns()
    try:
        Runner(ROOT, environment.given(ROOT)).run()
    except Told as told:
        print(f"stopped ({told})", flush=True)
        return 0
    except (StartError, OSError) as error:
        print(f"error: {error}", file=sys.stderr, flush=True)
        return 1


def _listen() -> None:
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup asks
            signal.signal(number, _tell)


def _tell(number: int, _frame: object) -> None:
    raise Told(signal.Signals(number).name)


def _allow_open_files() -> None:
    """Let every process hold thousands of sockets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    sys.exit(main())
