"""Watch what a browser's page complains of, and whom it asks."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

LOUD = {"error", "warning"}
LOCAL = {"data", "blob"}
FLAWS_MAX = 50
LEFT, AHEAD = "net::ERR_ABORTED", "/assets/"
"""A page that is left ends what it was fetching ahead."""


class Watch:
    """Collect what no page should do, but for what is allowed by a pattern."""

    def __init__(self, origin: str, allowed: tuple[str, ...] = ()) -> None:
        self._host = urlsplit(origin).netloc
        self._allowed = [re.compile(pattern) for pattern in allowed]
        self.found: list[str] = []
        self.asked: list[str] = []

    def over(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(f"uncaught: {error}"))
        page.on("request", self._see)
        page.on("requestfailed", self._miss)

    def allow(self, *patterns: str) -> None:
        """Let pass what is found and matches, from now on."""
        self._allowed += [re.compile(pattern) for pattern in patterns]

    @property
    def flaws(self) -> list[str]:
        """Give what was found and is not allowed."""
        return [
            flaw
            for flaw in self.found
            if not any(pattern.search(flaw) for pattern in self._allowed)
        ]

    def _note(self, flaw: str) -> None:
        if len(self.found) < FLAWS_MAX:
            self.found.append(flaw)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in LOUD:
            where = message.location.get("url", "")
            self._note(f"console {message.type}: {message.text} ({where})")

    def _see(self, request: Request) -> None:
        address = urlsplit(request.url)
        self.asked.append(address.path)
        if address.scheme not in LOCAL and address.netloc != self._host:
            self._note(f"asked another host: {request.url}")

    def _miss(self, request: Request) -> None:
        if request.failure == LEFT and urlsplit(request.url).path.startswith(AHEAD):
            return
        self._note(f"failed: {request.method} {request.url} {request.failure}")
