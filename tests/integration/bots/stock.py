"""Serve the wire contract's frame with stock parts, and break it where told.

A stock python-socketio server: what the bots' own client speaks must be understood by
others. It has no game; `colonies.*` commands only make an event in the player's room.
"""

import asyncio
import threading
from time import time
from typing import Any

import socketio
from aiohttp import web

from app.game import registry
from tests.load.sight import Rectangle

START_SEQ = 100
REFUSED = {"fleets.move": "not_found", "colonies.train": "not_enough_resources"}
"""Nobody has a fleet here, or anything to pay with."""
NOTHING: dict[str, Any] = {"events": []}


def now_ms() -> int:
    return int(time() * 1_000)


class Room:
    """Hold a room's history, and what of its state a snapshot shows."""

    def __init__(self, player: str) -> None:
        self.events: list[dict[str, Any]] = []
        self.view = {
            "player": {"id": player, "technologies": {}},
            "colonies": {player: _colony(player)},
            "research": {"projects": []},
            "fleets": {},
            "battles": {},
        }

    @property
    def seq(self) -> int:
        return START_SEQ + len(self.events)


def _colony(name: str) -> dict[str, Any]:
    amounts = {"energy": 0, "minerals": 0}
    return {
        "id": name,
        "x": 50.0,
        "y": 9_950.0,
        "name": "",
        "buildings": {},
        "queue": [],
        "units": {},
        "resources": {
            "amounts": amounts,
            "rates_per_hour": amounts,
            "capacity": amounts,
            "at_ms": 0,
        },
    }


class StockServer:
    """Run in a thread.

    `lose` broadcasts, `swallow` acks, `cut` connections, `refuse` them: how many times
    that is still to happen.
    """

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.done: dict[str, dict[str, Any]] = {}
        self.lose = self.swallow = self.cut = self.refuse = 0
        self.twice = self.takes_all = False
        self._io = socketio.AsyncServer(async_mode="aiohttp")
        self._io.on("*", self._on_command)
        self._io.on("connect", self._on_connect)
        self._io.on("resume", self._on_resume)
        self._io.on("time.sync", self._on_time_sync)
        self._io.on("view.set", self._on_view_set)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._started = threading.Event()
        self.port = 0

    def start(self) -> None:
        self._thread.start()
        assert self._started.wait(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        self._started.set()
        self._loop.run_forever()
        self._loop.close()

    async def _open(self) -> None:
        self._over = asyncio.Event()
        app = web.Application()
        app.router.add_post("/api/v1/auth/register", self._register)
        app.router.add_post("/api/v1/galaxies/{galaxy}/join", self._join)
        app.router.add_get("/api/v1/rules", self._rules)
        self._io.attach(app)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _close(self) -> None:
        self._over.set()
        await self._io.shutdown()
        await self._runner.cleanup()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _register(self, request: web.Request) -> web.Response:
        name = (await request.json())["username"]
        body = {"player": {"id": name}, "access_token": name, "refresh_token": name}
        return web.json_response(body, status=201)

    async def _join(self, request: web.Request) -> web.Response:
        if request.match_info["galaxy"] != "1":
            return web.json_response({"code": "not_found"}, status=404)
        return web.json_response({"colony": "c"})

    async def _rules(self, _request: web.Request) -> web.Response:
        return web.json_response(registry.rules_document())

    async def _on_connect(self, sid: str, _environ: Any, auth: dict[str, Any]) -> None:
        if self.refuse:
            self.refuse -= 1
            raise socketio.exceptions.ConnectionRefusedError(
                "no", {"code": "draining", "retry_after_ms": 20}
            )
        player = auth["token"]
        name = f"player:{player}"
        room = self.rooms.setdefault(name, Room(player))
        await self._io.save_session(sid, {"room": name})
        await self._io.enter_room(sid, name)
        welcome = {"player_id": player, "instance": "stock", "rooms": {name: room.seq}}
        # A stock server says that we are connected only once this has returned.
        self._io.start_background_task(self._io.emit, "welcome", welcome, to=sid)

    async def _on_resume(self, _sid: str, data: dict[str, Any]) -> dict[str, Any]:
        answers = {
            name: self._resumed(name, seq) for name, seq in data["rooms"].items()
        }
        return {"ok": True, "result": {"rooms": answers}}

    def _resumed(self, name: str, after: int) -> dict[str, Any]:
        room = self.rooms.get(name)
        if room is None:
            return {"seq": START_SEQ, "snapshot": {}} if after < START_SEQ else NOTHING
        if after < START_SEQ:
            return {"seq": room.seq, "snapshot": room.view}
        return {"events": room.events[after - START_SEQ :]}

    async def _on_time_sync(self, _sid: str, data: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "result": {**data, "server_ms": now_ms()}}

    async def _on_view_set(self, _sid: str, view: dict[str, Any]) -> dict[str, Any]:
        empty = {"seq": START_SEQ, "snapshot": {"colonies": {}}}
        sectors = Rectangle(**view).sectors()
        return {
            "ok": True,
            "result": {
                "rooms": {f"sector:{one}": empty for one in sectors},
                "left": [],
            },
        }

    async def _on_command(self, name: str, sid: str, data: dict[str, Any]) -> Any:
        room = (await self._io.get_session(sid))["room"]
        ack = self.done.get(data["id"]) or await self._did(name, room, data)
        if self.cut:
            self.cut -= 1
            await self._io.disconnect(sid)
        if self.swallow:
            self.swallow -= 1
            await self._over.wait()
        return ack

    async def _did(self, name: str, room: str, data: dict[str, Any]) -> dict[str, Any]:
        at_ms = now_ms()
        ack = {"id": data["id"], "at_ms": at_ms}
        code = "" if self.takes_all else REFUSED.get(name, "")
        if code:
            self.done[data["id"]] = {"ok": False, **ack, "error": {"code": code}}
        else:
            self.done[data["id"]] = {"ok": True, **ack, "result": {}}
        if name == "colonies.rename":
            changes = {"name": data["name"]}
            event = {
                "seq": self.rooms[room].seq + 1,
                "type": "colonies.renamed",
                "at_ms": at_ms,
                "colony": data["colony"],
                "changes": changes,
            }
            self.rooms[room].events.append(event)
            self.rooms[room].view["colonies"][data["colony"]].update(changes)
            await self._broadcast(room, event)
        return self.done[data["id"]]

    async def _broadcast(self, room: str, event: dict[str, Any]) -> None:
        if self.lose:
            self.lose -= 1
            return
        seq = event["seq"]
        batch = {"room": room, "from": seq - 1, "to": seq, "at_ms": event["at_ms"]}
        for _ in range(2 if self.twice else 1):
            await self._io.emit("events", {**batch, "events": [event]}, room=room)
