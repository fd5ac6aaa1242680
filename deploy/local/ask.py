"""Ask the running cluster to change: `python -m deploy.local.ask scale web=4`.

`scale` wants a number for each kind, `deploy` nothing more. What is printed are the
runner's own words; it goes on with what it began when this command is cut off.
"""

import json
import socket
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from deploy.local import environment, state
from deploy.local.desk import socket_path
from deploy.local.folders import Folders
from deploy.local.problem import StartError

SILENCE_S = 330.0
"""Above what the longest step takes: a migration may take 300 s."""
REQUESTS = ("scale", "deploy")


def main() -> int:
    """Ask, and show what is done; the exit code is 1 where it was refused."""
    what, *words = sys.argv[1:] or [""]
    try:
        if what not in REQUESTS:
            raise StartError(f"invalid: {what!r} is none of {', '.join(REQUESTS)}")
        _ask(environment.here(), what, chosen(words))
    except KeyboardInterrupt:
        print("the cluster goes on with it", file=sys.stderr)
        return 130
    except (StartError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def chosen(words: Sequence[str]) -> list[str]:
    """Leave out what make itself was told, whose names are in capitals."""
    return [word for word in words if not word.partition("=")[0].isupper()]


def _ask(folders: Folders, what: str, words: Sequence[str]) -> None:
    if state.read(folders) is None:
        raise StartError("no_cluster: no cluster runs here: make run")
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(SILENCE_S)
        connection.connect(str(socket_path(folders)))
        request = {"do": what, "words": list(words)}
        connection.sendall(json.dumps(request).encode() + b"\n")
        for line in _lines(connection):
            if "say" in line:
                print(f"  {line['say']}", flush=True)
            elif "error" in line:
                raise StartError(line["error"])
            else:
                return
    raise StartError("ended: the cluster ended before it was done")


def _lines(connection: socket.socket) -> Iterator[dict[str, Any]]:
    with connection.makefile("rb") as heard:
        for line in heard:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
