"""Keep every session in the rooms that its player's vision allows.

Whoever is told that some sensors changed sees it at once; what moves is looked at every
half second. So gained and lost vision are told within a second.
"""

from collections import defaultdict
from collections.abc import Iterable
from time import monotonic
from typing import Any

import redis
import structlog

from app.engine.peeks import cut
from app.engine.redis import Unavailable
from app.realtime import runtime
from app.realtime.horizon import Area
from app.realtime.manager import Manager
from app.realtime.server import Server
from app.realtime.sessions import Session, Sessions
from app.realtime.sights import Sights, Who
from app.realtime.viewing import Viewing

SWEEP_S = 0.5
GATHER_S = 0.02
"""How long what is told is gathered before it is looked at."""
SESSIONS_A_TIME = 50
"""Sessions that enter rooms together; others run in between."""

log = structlog.get_logger()

Moved = list[tuple[Session, set[str]]]


class Sweep:
    """Look after the sessions' vision."""

    def __init__(
        self,
        server: Server,
        manager: Manager,
        sessions: Sessions,
        sights: Sights,
        viewing: Viewing,
    ) -> None:
        self._server = server
        self._manager = manager
        self._sessions = sessions
        self._sights = sights
        self._viewing = viewing
        self._swept_s = 0.0
        self._moments: dict[str, int] = {}
        """Galaxy -> the time as of which this sweep looks."""

    def run(self) -> None:
        """Sweep for as long as the process lives."""
        while True:
            try:
                self._sights.woken.wait(self._swept_s + SWEEP_S - monotonic())
                runtime.sleep(GATHER_S)
                self.once()
            except Exception:
                log.exception("a sweep failed")

    def once(self) -> None:
        """Look at whose sensors changed, or at all when it is time."""
        self._sights.woken.clear()
        touched = self._freshened()
        if monotonic() - self._swept_s >= SWEEP_S:
            self._swept_s = monotonic()
            self.sweep(self._sessions.all())
        else:
            self.sweep(self._of(touched))

    def doubt(self, galaxy: str | None) -> None:
        """Take it that broadcasts were missed: nobody surely heard all so far.

        Those of one galaxy, or all.
        """
        for session in self._sessions.all():
            if galaxy in (None, session.galaxy.id):
                session.since.clear()
        self._sights.doubt(galaxy)

    def sweep(self, sessions: Iterable[Session]) -> None:
        """Let sessions leave what their player doesn't see, and enter what it does.

        All leave first: to enter takes servers, which may keep us waiting.
        """
        self._moments.clear()
        entering: dict[str, Moved] = defaultdict(list)
        for some in cut(sessions, SESSIONS_A_TIME):
            for session in some:
                entered = self._left(session)
                if entered:
                    entering[session.galaxy.id].append((session, entered))
            runtime.sleep()
        for moved in entering.values():
            self._enter(moved[0][0].galaxy, moved)

    def _freshened(self) -> set[Who]:
        try:
            return self._sights.freshen_all()
        except (Unavailable, redis.RedisError):
            return set()  # what is old stays so, and is read with the next sweep

    def _of(self, touched: Iterable[Who]) -> list[Session]:
        return [
            session
            for who in touched
            for session in self._sessions.of_player(who.player)
            if session.galaxy.id == who.galaxy
        ]

    def _left(self, session: Session) -> set[str]:
        """Leave what must be left; give what is to be entered."""
        sight = self._sights.sight(session.galaxy, session.player_id)
        if sight is None or not session.is_welcomed:
            return set()
        seen = self._seen(session, sight.own)
        shown = seen & (session.view | session.watches)
        mark = session.view, sight.own, shown, sight.joined
        if mark == session.mark:
            return set()
        if not session.moving.acquire(blocking=False):
            return set()  # a verb moves it, and checks by itself
        try:
            change = self._viewing.plan(session, seen)
            session.mark = mark
            self._viewing.leave(session, change)
            if change.left:
                told = {"rooms": sorted(change.left), "at_ms": session.now_ms()}
                self._server.tell(session, "left", told)
        finally:
            session.moving.release()
        return change.entered

    def _seen(self, session: Session, own: Area) -> Area:
        """Give what decides where a session should be: its own, where nothing else."""
        if not session.view and not session.watches:
            return own
        galaxy = session.galaxy
        at_ms = self._moments.setdefault(galaxy.id, galaxy.reads.now_ms())
        return self._sights.seen(galaxy, session.player_id, at_ms)

    def _enter(self, galaxy: Any, moved: Moved) -> None:
        """Enter what is seen of a galaxy, unless its server is away.

        Whoever could not enter is looked at again by the next sweep.
        """
        is_there = True
        for some in cut(moved, SESSIONS_A_TIME):
            is_there = is_there and self._manager.hears(galaxy.id)
            is_there = is_there and self._enter_some(galaxy, some)
            if is_there:
                runtime.sleep()
                continue
            for session, _rooms in some:
                session.mark = None

    def _enter_some(self, galaxy: Any, moved: Moved) -> bool:
        """Enter, but for sessions that a verb moves, and rooms that one entered."""
        held: Moved = []
        try:
            for session, rooms in moved:
                if session.moving.acquire(blocking=False):
                    held.append((session, rooms - session.rooms))
                else:
                    session.mark = None  # the verb may fail: look again
            entering = [one for one in held if one[1]]
            return not entering or self._enter_together(galaxy, entering)
        finally:
            for session, _rooms in held:
                session.moving.release()

    def _enter_together(self, galaxy: Any, moved: Moved) -> bool:
        """Enter rooms, and tell what they show. False where a server doesn't answer."""
        rooms = {room for _session, some in moved for room in some}
        for session, _rooms in moved:
            session.client.hold()
        try:
            self._manager.listen(map(galaxy.keys.room, rooms))
            for session, some in moved:
                self._viewing.join(session, some)
            shots = self._viewing.shots(galaxy, rooms)
            for session, some in moved:
                shown = self._viewing.shown(session, some, shots)
                if shown:
                    told = {"rooms": shown, "at_ms": session.now_ms()}
                    self._server.tell(session, "entered", told)
        except (Unavailable, redis.RedisError):
            for session, some in moved:
                self._viewing.leave_rooms(session, some)
                self._viewing.hush(session)
            return False
        finally:
            for session, _rooms in moved:
                session.client.release()
        return True
