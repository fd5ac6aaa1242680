"""Too much at once is refused at once, so that the rest is answered in time."""

import json
from collections import Counter
from itertools import count

import redis

from app.realtime.server import AT_WORK_MAX
from tests.integration.realtime.clients import command

MORE = 20
PAUSE_MS = 500
_numbers = count(1)


def test_is_busy_for_whom_it_would_keep_waiting(
    start, state: redis.Redis, speak, name
) -> None:
    web = start(CONNECTIONS_PER_ADDRESS="1000")
    crowd = [
        speak(web, "websocket").join(f"{name}-{number}")
        for number in range(AT_WORK_MAX + MORE)
    ]
    state.execute_command("CLIENT", "PAUSE", PAUSE_MS, "ALL")
    sent, acks = _all_add(crowd, name)
    codes = Counter("" if ack["ok"] else ack["error"]["code"] for ack in acks)
    assert codes == {"": AT_WORK_MAX, "busy": MORE}
    assert [ack["id"] for ack in acks] == [data["id"] for data in sent]
    assert all(ack["ok"] or ack["error"]["retry_after_ms"] > 0 for ack in acks)
    _sent, acks = _all_add(crowd[-MORE:], name)
    assert all(ack["ok"] for ack in acks)


def _all_add(crowd, name):
    number = next(_numbers)
    sent = [command(counter=f"{name}-{i}", amount=1) for i, _bare in enumerate(crowd)]
    for bare, data in zip(crowd, sent, strict=True):
        bare.send(f"42{number}{json.dumps(['counters.add', data])}")
    return sent, [bare.ack(number) for bare in crowd]
