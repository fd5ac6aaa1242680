"""Ask whether an instance is ready, and find what a process said at its end."""

import http.client
import re
from dataclasses import dataclass
from pathlib import Path

from deploy.local.ports import LOOPBACK

PATIENCE_S = 3.0
TAIL_BYTES = 16_384
LINE_MAX = 300
EXCEPTION = re.compile(r"^[\w.]*(Error|Exception|Unavailable|error|FATAL|emerg)\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a process answered when it was asked whether it is ready."""

    is_ready: bool
    text: str


def ask(port: int, path: str = "/readyz") -> Answer:
    """Ask once; who has no /readyz is ready when it tells its metrics."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read(TAIL_BYTES).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return Answer(is_ready=False, text=str(error))
    finally:
        connection.close()
    return Answer(is_ready=response.status == http.HTTPStatus.OK, text=_one_line(text))


def last_words(log: Path) -> str:
    """Give the last line of a log that names an error, else its last line."""
    try:
        tail = log.read_bytes()[-TAIL_BYTES:].decode(errors="replace")
    except FileNotFoundError:
        return "it said nothing"
    lines = [line for line in tail.splitlines() if line.strip()]
    errors = [line for line in lines if EXCEPTION.search(line)]
    return _one_line((errors or lines or ["it said nothing"])[-1])


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LINE_MAX]
