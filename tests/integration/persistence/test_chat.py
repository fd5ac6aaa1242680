"""Every message is in the history once, however many are said between two batches."""

from sqlalchemy import Connection, text

from app.core.message import Ref
from app.game.chat.model import KEPT_MAX
from app.game.chat.projection import said, said_by
from tests.support.empires import Empires

SAID = 3 * KEPT_MAX


def test_the_history_has_every_message_by_its_number(empires: Empires) -> None:
    for player in ("ann", "bob"):
        empires.join(player)
    channel = empires.do("ann", "chat.open", players=["bob-name"])["channel"]
    texts = [f"{number} \\n \\u0000 \u00e4" for number in range(SAID)]
    numbers = [
        empires.do("ann", "chat.say", channel=channel, text=one)["number"]
        for one in texts
    ]
    empires.do("bob", "chat.leave", channel=channel)
    empires.wait_until_drained()
    with empires.cluster.postgres.connect() as connection:
        assert _numbers(connection, channel) == numbers[::-1]
        exported = said_by(connection, "ann")
        assert [one["text"] for one in exported] == texts[::-1]
        assert said_by(connection, "bob") == []
        versions = connection.execute(
            text("SELECT version FROM aggregates WHERE kind = 'channel'")
        )
        assert versions.scalars().all() == [numbers[-1] + 1]
    _at_ms, states = empires.galaxy.reads.states(Ref("channel", channel))
    assert states[Ref("channel", channel)].number == numbers[-1] + 1


def _numbers(connection: Connection, channel: str) -> list[int]:
    """Read the numbers of a channel's messages page by page."""
    read: list[int] = []
    while page := said(connection, ("1", channel), (read or [2**53])[-1], 25):
        read += [one["number"] for one in page]
    return read


def test_messages_are_found_by_indexes(empires: Empires) -> None:
    """Neither a page nor an export reads what others said."""
    empires.join("ann")
    empires.wait_until_drained()
    asked = {
        "SELECT body FROM events WHERE galaxy = '1' AND kind = 'channel' AND id = 'c'"
        " AND version < 9 AND name = 'MessageSaid' ORDER BY version DESC LIMIT 5": "pk",
        "SELECT id FROM events WHERE player = 'ann' AND name = 'MessageSaid'"
        " ORDER BY at_ms DESC LIMIT 5": "player_at_ms",
    }
    with empires.cluster.postgres.begin() as connection:
        connection.execute(text("SET LOCAL enable_seqscan TO off"))
        for query, index in asked.items():
            plan = connection.execute(text(f"EXPLAIN {query}")).scalars().all()
            assert "Seq Scan" not in str(plan)
            assert index in str(plan), plan
