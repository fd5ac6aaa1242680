"""Show the processes of this checkout's cluster: `python -m deploy.local.status`."""

import sys
from pathlib import Path

from deploy.local import environment, state, supervisor
from deploy.local.problem import StartError


def main() -> int:
    """Print one line a process; the exit code is 1 when one doesn't run."""
    try:
        found = state.read(environment.here())
    except StartError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if found is None:
        print("no cluster runs here", file=sys.stderr)
        return 1
    pids = supervisor.pids(Path(found.supervisor_socket))
    print(found.url)
    for name, part in found.parts.items():
        port = part.port or part.metrics_port or ""
        print(f"  {name:<12} {pids.get(name, 'down'):>8} {port:>6}  {part.log}")
    return 0 if set(found.parts) <= set(pids) else 1


if __name__ == "__main__":
    sys.exit(main())
