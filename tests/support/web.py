"""Ask a web instance's app in tests, as a player would."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "correct horse"
API = "/api/v1"
_numbers = count(1)


@dataclass
class Asker:
    """Ask the app as one player."""

    client: FlaskClient
    id: str
    username: str
    access: str
    refresh: str

    @classmethod
    def of(cls, client: FlaskClient, answer: dict[str, Any]) -> "Asker":
        """Make one of what a login answered."""
        tokens = answer["access_token"], answer["refresh_token"]
        return cls(
            client, answer["player"]["id"], answer["player"]["username"], *tokens
        )

    def ask(
        self, method: str, path: str, *, token: str | None = None, **options: Any
    ) -> TestResponse:
        """Ask with the access token, or another."""
        bearer = {"Authorization": f"Bearer {token or self.access}"}
        headers = bearer | options.pop("headers", {})
        return self.client.open(API + path, method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Ask to see something."""
        return self.ask("GET", path, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        """Ask to do something."""
        return self.ask("POST", path, **options)

    def joined(self) -> str:
        """Found an empire and give its colony."""
        return self.post("/galaxies/1/join").get_json()["colony"]


def register(app: Flask, username: str | None = None) -> Asker:
    """Make an account and ask as its owner."""
    client = app.test_client()
    name = username or f"player-{next(_numbers)}x"
    body = {"username": name, "password": PASSWORD}
    answer = client.post(API + "/auth/register", json=body)
    assert answer.status_code == 201, answer.get_json()
    return Asker.of(client, answer.get_json())


def assert_problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """Make sure that an answer is a problem with this status and code."""
    body = answer.get_json(force=True)
    assert (answer.status_code, body["code"]) == (status, code), body
    assert answer.content_type == "application/problem+json"
    assert body["status"] == status
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return body
