"""Run a command with the running cluster's settings: `... within COMMAND ARGUMENTS`.

CLUSTER_URL names the public address. What the caller's environment sets stays.
"""

import os
import sys

from deploy.local import environment, state
from deploy.local.folders import ROOT
from deploy.local.problem import StartError


def main() -> int:
    """Become the command; without a cluster, only what the caller set is known."""
    command = sys.argv[1:]
    given = environment.given(ROOT)
    try:
        found = state.read(environment.here())
        if found is None and "DATABASE_URL" not in given:
            raise StartError("no cluster runs here: make run")
        ours = {"CLUSTER_URL": found.url, **found.env} if found else {}
        os.execvpe(command[0], command, ours | given)  # noqa: S606
    except (StartError, OSError, IndexError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
