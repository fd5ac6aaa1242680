"""Make a galaxy's hot state in Redis again from Postgres.

Timers, due indexes, sector sets and the latest replies are restored; aggregates come
back by themselves when they are asked for. While it runs there is no epoch, and the
commit script refuses: a rebuild that dies half-way is simply done again.
"""

from typing import Any

import redis
from sqlalchemy import Connection, select

from app.core.message import Ref
from app.core.units import SECOND_MS
from app.engine import checkpoint, epoch, timers
from app.engine.checkpoint import Checkpoint
from app.engine.history import DURABLE
from app.engine.keys import Keys
from app.engine.peeks import cut
from app.engine.postgres import aggregates as aggregate_table
from app.engine.postgres import commands as command_table
from app.engine.postgres import streamed
from app.engine.postgres import timers as timer_table
from app.engine.store import REPLY_TTL_MS
from app.engine.tail import Tail

BATCH_MAX = 1_000


def rebuild(
    client: redis.Redis,
    keys: Keys,
    connection: Connection,
    galaxy: str,
    begin: Checkpoint,
) -> Checkpoint:
    """Make the hot state anew and give the checkpoint from which the journal goes on.

    Only whoever holds the persister's lock may call it, and nothing is cleared unless
    Postgres answers that its checkpoint is still at `begin`. Rooms' numbers go on above
    all that were given so far, for clients still hold what they heard.

    Raises:
        Overtaken: another persister moved the checkpoint, so what looked lost is not.
    """
    tail = Tail(client, keys)
    with connection.begin():
        connection.execute(DURABLE)
        checkpoint.confirm(connection, galaxy, begin)
        client.delete(keys.epoch)
        _clear(client, keys)
        _restore_timers(client, keys, connection, galaxy)
        _restore_sectors(client, keys, connection, galaxy)
        _restore_replies(client, keys, connection, galaxy)
        _begin_journal(client, keys, begin)
        reborn = epoch.read(begin.epoch).reborn(tail.now_ms(), tail.node())
        begin = begin._replace(epoch=str(reborn))
        checkpoint.begin_epoch(connection, galaxy, begin)
    client.set(keys.epoch, begin.epoch)
    return begin


def _clear(client: redis.Redis, keys: Keys) -> None:
    found = client.scan_iter(match=keys.everything(), count=BATCH_MAX)
    for some in cut(found, BATCH_MAX):
        client.unlink(*some)


def _begin_journal(client: redis.Redis, keys: Keys, begin: Checkpoint) -> None:
    """Let ids go on where Postgres ends, also where the server's clock stepped back.

    So they never come twice, and `entries-added` is the galaxy's count of commits. Ids
    are set where there is a journal: an entry makes it that nobody sees.
    """
    if not begin.position:
        return
    numbers = ("ENTRIESADDED", begin.position, "MAXDELETEDID", begin.journal_id)
    pipe = client.pipeline()
    pipe.xadd(keys.journal, {"begin": ""}, id=begin.journal_id)
    pipe.xtrim(keys.journal, maxlen=0, approximate=False)
    ask: Any = pipe.execute_command
    ask("XSETID", keys.journal, begin.journal_id, *numbers)
    pipe.execute()


def _restore_timers(
    client: redis.Redis, keys: Keys, connection: Connection, galaxy: str
) -> None:
    statement = select(timer_table).where(timer_table.c.galaxy == galaxy)
    for rows in cut(streamed(connection, statement, BATCH_MAX), BATCH_MAX):
        pipe = client.pipeline(transaction=False)
        for row in rows:
            refs = tuple(Ref(*text.split(":", 1)) for text in row.refs)
            timed = timers.Timed(row.at_ms, refs, bytes(row.command))
            value: Any = timers.pack(keys, timed)
            pipe.hset(keys.commands, row.id, value)
            pipe.zadd(keys.timers, {row.id: row.at_ms})
            for ref in refs:
                pipe.zadd(keys.due(ref), {row.id: row.at_ms})
        pipe.execute()


def _restore_sectors(
    client: redis.Redis, keys: Keys, connection: Connection, galaxy: str
) -> None:
    columns = aggregate_table.c
    statement = select(columns.kind, columns.id, columns.place).where(
        columns.galaxy == galaxy, columns.place.is_not(None)
    )
    for rows in cut(streamed(connection, statement, BATCH_MAX), BATCH_MAX):
        pipe = client.pipeline(transaction=False)
        for kind, name, place in rows:
            pipe.sadd(keys.sector(place), str(Ref(kind, name)))
        pipe.execute()


def _restore_replies(
    client: redis.Redis, keys: Keys, connection: Connection, galaxy: str
) -> None:
    """Restore the replies that would still be remembered (law L4)."""
    time: Any = client.time()
    now_ms = int(time[0]) * SECOND_MS
    columns = command_table.c
    statement = (
        select(columns.command_id, columns.at_ms, columns.fingerprint, columns.reply)
        .where(columns.galaxy == galaxy, columns.reply != "")
        .order_by(columns.position.desc())
    )
    for rows in cut(streamed(connection, statement, BATCH_MAX), BATCH_MAX):
        pipe = client.pipeline(transaction=False)
        for row in rows:
            left_ms = row.at_ms + REPLY_TTL_MS - now_ms
            if left_ms > 0:
                value = row.fingerprint + row.reply
                pipe.set(keys.done(row.command_id), value, px=left_ms)
        pipe.execute()
        if rows[-1].at_ms + REPLY_TTL_MS < now_ms:
            break
