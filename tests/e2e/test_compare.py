"""A peer runs, and a crowd chats on it: stock Flask-SocketIO, for two seconds."""

from tests.load.peers.candidates import of_peer
from tests.load.peers.trial import chatted

USERS = 10
SECONDS = 2.0


def test_everybody_hears_everybody_on_both_instances_of_a_peer() -> None:
    candidate = of_peer("flask-socketio")
    with candidate.started() as server:
        trial = chatted(candidate, server, USERS, SECONDS, warm_s=SECONDS / 2)
    assert trial.said == USERS * SECONDS
    assert trial.heard == trial.said * USERS
    assert (trial.lost, trial.doubled, trial.errors) == (0, 0, {})
    assert {name for name, used in trial.cpu_s.items() if used} >= {"web.1", "web.2"}
