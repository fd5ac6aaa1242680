"""Keep the sessions of this instance: who is connected, and until when they may be."""

from dataclasses import dataclass, field
from typing import Any

from app.engine import metrics
from app.realtime.client import Client
from app.realtime.edge import Identity
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

    @property
    def player_id(self) -> str:
        """Name the player."""
        return self.identity.player_id

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
        session.client.is_joined = True
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
