"""Hold the answer to a command, as it is remembered and as it goes out."""

from typing import Any

import orjson
from msgspec import Struct

from app.core.message import Rejected

FINGERPRINT_BYTES = 16


class Reply(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Answer a command: `result` when ok, else `error` {code, message, ...}."""

    ok: bool
    at_ms: int
    result: dict[str, Any] | None = None
    error: dict[str, Any] | None = None

    def ack(self, client_id: str | None) -> dict[str, Any]:
        """Shape the answer as the wire contract's ack."""
        outcome = {"result": self.result or {}} if self.ok else {"error": self.error}
        return {"ok": self.ok, "id": client_id, "at_ms": self.at_ms, **outcome}

    @property
    def code(self) -> str:
        """Name the outcome: `ok`, or the code of the refusal."""
        return "ok" if self.error is None else str(self.error["code"])


def accepted(result: dict[str, Any], at_ms: int) -> Reply:
    """Answer a command that was decided."""
    return Reply(ok=True, at_ms=at_ms, result=result)


def refused(refusal: Rejected, at_ms: int) -> Reply:
    """Answer a command that was refused."""
    error = {"code": refusal.code, "message": refusal.message, **refusal.details}
    return Reply(ok=False, at_ms=at_ms, error=error)


def pack(reply: Reply, fingerprint: str) -> bytes:
    """Pack a reply to be remembered, behind the fingerprint of its command."""
    body: dict[str, Any] = {"ok": reply.ok, "at_ms": reply.at_ms}
    body |= {"result": reply.result} if reply.ok else {"error": reply.error}
    return fingerprint.encode() + orjson.dumps(body)


def unpack(data: bytes) -> tuple[str, Reply]:
    """Unpack the fingerprint and the reply that `pack` packed."""
    fingerprint = data[:FINGERPRINT_BYTES].decode()
    return fingerprint, Reply(**orjson.loads(data[FINGERPRINT_BYTES:]))
