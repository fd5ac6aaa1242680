"""Ask the cluster over HTTP: accounts, rules, joining a galaxy."""

import asyncio
from collections import Counter
from typing import Any

import aiohttp
import orjson

TRIES_MAX = 20
PAUSE_S = 0.5
TIMEOUT_S = 30.0
RETRIED = {429, 502, 503, 504}


class Failed(Exception):
    """Tell that a call was refused for good."""

    def __init__(self, path: str, status: int, code: str) -> None:
        said = f"{status} {code}" if status else code
        super().__init__(f"{path}: {said}")
        self.status = status
        self.code = code


class Api:
    """Call the HTTP edge of one cluster, and count its answers by status."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, statuses: Counter[int]
    ) -> None:
        self._http = http
        self._root = f"{url}/api/v1"
        self._statuses = statuses

    async def post(
        self, path: str, body: dict[str, Any], token: str = ""
    ) -> dict[str, Any]:
        """Post and give the answer's body.

        Raises:
            Failed: it was refused, or never answered.
        """
        return await self._call("POST", path, orjson.dumps(body), token)

    async def get(self, path: str, token: str = "") -> dict[str, Any]:
        """Get the body of an answer.

        Raises:
            Failed: it was refused, or never answered.
        """
        return await self._call("GET", path, None, token)

    async def _call(
        self, method: str, path: str, body: bytes | None, token: str
    ) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        for _ in range(TRIES_MAX):
            status, answer = await self._once(method, path, body, headers)
            if status and status not in RETRIED:
                break
            await asyncio.sleep(PAUSE_S)
        if not 200 <= status < 300:
            code = answer.get("code", "without a code") if status else "no answer"
            raise Failed(path, status, str(code))
        return answer

    async def _once(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        """Call once; a status of 0 is no answer."""
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        address = self._root + path
        try:
            async with self._http.request(
                method, address, data=body, headers=headers, timeout=timeout
            ) as answer:
                data = await answer.read()
        except (aiohttp.ClientError, OSError, TimeoutError):
            return 0, {}
        self._statuses[answer.status] += 1
        return answer.status, _json(data)


def _json(data: bytes) -> dict[str, Any]:
    try:
        body = orjson.loads(data)
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}
