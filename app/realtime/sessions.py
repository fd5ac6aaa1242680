"""Keep the sessions of this instance: who is connected, and until when they may be."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from app.engine import metrics
from app.realtime.client import Client
from app.realtime.edge import Identity
from app.realtime.horizon import Area
from app.realtime.presence import Slot


@dataclass(slots=True)
class Session:
    """Hold one player's connection to one galaxy."""

    sid: str
    client: Client
    identity: Identity
    galaxy: Any
    slot: Slot
    seqs: dict[str, int] = field(default_factory=dict)
    """The number of each room that was joined at connect."""
    is_busy: bool = False
    """A command of it is being run."""
    is_welcomed: bool = False
    is_over: bool = False
    moving: Lock = field(default_factory=Lock)
    """Held by whoever moves the session between rooms."""
    view: Area = 0
    """What the client looks at."""
    placed: set[str] = field(default_factory=set)
    """Rooms it is in for its view, its player's own sectors, and as a member."""
    asked: dict[str, Area] = field(default_factory=dict)
    """Rooms it asked for by name, and what must be seen for each."""
    since: dict[str, int] = field(default_factory=dict)
    """From which number on it heard a room without a break, where vision decides."""
    mark: tuple[Area, Area, Area, Sequence[str]] | None = None
    """What its rooms were decided by; None when that has to be looked at."""

    @property
    def player_id(self) -> str:
        """Name the player."""
        return self.identity.player_id

    @property
    def rooms(self) -> set[str]:
        """Name the rooms that it is in."""
        return self.placed | self.asked.keys()

    @property
    def watches(self) -> Area:
        """Give what must be seen for rooms that were asked for by name."""
        area = 0
        for one in self.asked.values():
            area |= one
        return area

    def know(self, room: str, seq: int) -> None:
        """Take it that an answer tells of a room up to an event."""
        self.client.know(self.galaxy.keys.room(room), seq)

    def now_ms(self) -> int:
        """Tell the time of the galaxy's server."""
        return int(self.galaxy.reads.now_ms())


class Sessions:
    """Find sessions by what they are asked for."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Session] = {}
        self._by_client: dict[str, Session] = {}
        self._by_player: dict[str, dict[str, Session]] = {}

    def add(self, session: Session) -> None:
        """Keep a session."""
        self._by_sid[session.sid] = session
        self._by_client[session.client.sid] = session
        self._by_player.setdefault(session.player_id, {})[session.sid] = session
        session.client.join()
        metrics.CONNECTIONS.set(len(self._by_sid))

    def remove(self, sid: str) -> Session | None:
        """Forget a session; None when it was not kept."""
        session = self._by_sid.pop(sid, None)
        if session is None:
            return None
        del self._by_client[session.client.sid]
        of_player = self._by_player[session.player_id]
        del of_player[sid]
        if not of_player:
            del self._by_player[session.player_id]
        session.client.leave()
        metrics.CONNECTIONS.set(len(self._by_sid))
        return session

    def of_client(self, client: Client) -> Session | None:
        """Give the session of a connection."""
        return self._by_client.get(client.sid)

    def of_player(self, player_id: str) -> list[Session]:
        """Give the sessions of a player."""
        return list(self._by_player.get(player_id, {}).values())

    def all(self) -> list[Session]:
        """Give all sessions."""
        return list(self._by_sid.values())
