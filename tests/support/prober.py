"""Ask a cluster over HTTP, again and again, and note every answer that is wrong."""

import http.client
import json
import threading
from contextlib import suppress
from urllib.parse import urlsplit

PAUSE_S = 0.02
PATIENCE_S = 10.0
ASKED = (
    ("GET", "/readyz", 200),
    ("GET", "/api/v1/rules", 200),
    ("POST", "/api/v1/commands/colonies.sync", 401),
    ("GET", "/healthz", 200),
)
"""The POST carries no token: an instance answers it, and nginx may not repeat it."""


class Prober:
    """Hold two that ask: one over a kept connection, one over a new one each time."""

    def __init__(self, url: str) -> None:
        self._address = urlsplit(url).netloc
        self._over = threading.Event()
        self.answers = 0
        self.wrongs: list[str] = []
        self._threads = [
            threading.Thread(target=self._ask, args=(is_kept,), daemon=True)
            for is_kept in (True, False)
        ]

    def __enter__(self) -> "Prober":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def _ask(self, is_kept: bool) -> None:
        connection = http.client.HTTPConnection(self._address, timeout=PATIENCE_S)
        turn = 0
        while not self._over.wait(PAUSE_S):
            method, path, expected = ASKED[turn % len(ASKED)]
            turn += 1
            try:
                status, told = self._answer(connection, method, path)
            except (OSError, http.client.HTTPException) as error:
                self.wrongs.append(f"{method} {path}: {error!r}")
                connection.close()
                continue
            self.answers += 1
            if status != expected:
                self.wrongs.append(f"{method} {path}: {status} {told!r}")
            if not is_kept:
                connection.close()
        with suppress(OSError):
            connection.close()

    def _answer(
        self, connection: http.client.HTTPConnection, method: str, path: str
    ) -> tuple[int, bytes]:
        body = json.dumps({"x": 1}) if method == "POST" else None
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
