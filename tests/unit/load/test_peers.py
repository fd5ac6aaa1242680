"""What peers say is understood: frames as their own clients and servers sent them."""

import pytest

from tests.load.crowd.dialect import Acked, Heard, User
from tests.load.crowd.websocket import Connection, Refused
from tests.load.peers import wire
from tests.load.peers.colyseus import Colyseus, _says_so
from tests.load.peers.results import Results
from tests.load.peers.search import most
from tests.load.peers.socketio import SocketIO
from tests.load.peers.trial import Trial

TEXT = "x" * 40
SAID = bytes.fromhex(
    "0dac6d6573736167655f73616964de0004a6706c61796572a9385370465647427335a875736572"
    "6e616d65a27531a474657874d928" + "78" * 40 + "a7736169645f6d73cb427a1fdf93312000"
)
ANSWERED = bytes.fromhex(
    "160000de0002a76368616e6e656ca93139754a72412d6337a561745f6d73cb427a1fdf93312000"
)
NO_HANDLER = bytes.fromhex(
    "160102de0002a46e616d65aa6e6f5f68616e646c6572a76d657373616765a16e"
)
AT_MS = 1_795_262_329_618


class Spoken(Connection):
    """Keep what is sent, where a socket would be."""

    def __init__(self) -> None:
        super().__init__(lambda _message: None, lambda _reason: None)
        self.texts: list[str] = []
        self.data: list[bytes] = []

    def send_text(self, text: str) -> None:
        self.texts.append(text)

    def send_binary(self, data: bytes) -> None:
        self.data.append(data)


def user_of(state: int = 0) -> User:
    user = User(7, "chatter00007", "seed")
    user.room, user.state, user.connection = "room 0", state, Spoken()
    return user


def test_colyseus_tells_what_was_said() -> None:
    [heard] = Colyseus("http://nowhere").heard(user_of(), SAID)
    assert isinstance(heard, Heard)
    assert (heard.room, heard.stamp) == ("room 0", TEXT)
    assert heard.at_ms == AT_MS


def test_colyseus_answers_a_request() -> None:
    dialect = Colyseus("http://nowhere")
    [acked] = dialect.heard(user_of(), ANSWERED)
    assert acked == Acked(0, True, "", {"channel": "19uJrA-c7", "at_ms": AT_MS})
    [refused] = dialect.heard(user_of(), NO_HANDLER)
    assert isinstance(refused, Acked)
    assert (refused.id, refused.ok, refused.code) == (1, False, "refused")


def test_colyseus_is_asked_as_by_its_own_client() -> None:
    user = user_of()
    assert Colyseus("http://nowhere").say(user, TEXT) == 1
    head = bytes.fromhex(
        "1501a3736179"
    )  # as recorded; its body is a record, ours a map
    assert user.connection.data == [head + wire.encode({"text": TEXT})]


@pytest.mark.parametrize("number", [0, 127, 128, 255, 256, 65_535, 65_536, 2**32])
def test_numbers_of_requests_are_read_as_written(number: int) -> None:
    asked = wire.request(number, "say", {})
    answer = bytes([wire.ROOM_RESPONSE]) + asked[1:-5] + b"\x00"
    assert wire.read(answer) == wire.Response(number, True, None)


def test_numbers_are_little_endian() -> None:
    assert wire.request(300, "say", None)[1:4] == b"\xcd\x2c\x01"


def test_a_room_of_colyseus_welcomes_or_refuses() -> None:
    assert _says_so(bytes.fromhex("0a09413942384337443645000000"))
    assert not _says_so(SAID)
    with pytest.raises(Refused, match="error_524"):
        _says_so(b"\x0b\xcd\x0c\x02\xa7expired")


def test_socketio_tells_and_answers() -> None:
    dialect, user = SocketIO("http://nowhere"), user_of()
    told = (
        '42["message_said",{"player":"ne8S27hnbiexHNZxAAAA","username":"u0",'
        f'"text":"{TEXT}","said_ms":{AT_MS}}}]'
    )
    [heard] = dialect.heard(user, told)
    assert (heard.stamp, heard.at_ms) == (TEXT, AT_MS)
    assert dialect.say(user, TEXT) == 1
    said = f'421["say",{{"channel":"room 0","text":"{TEXT}"}}]'
    assert user.connection.texts == [said]
    [acked] = dialect.heard(user, f'431[{{"channel":"room 0","at_ms":{AT_MS}}}]')
    assert (acked.id, acked.ok) == (1, True)


def test_socketio_answers_heartbeats() -> None:
    user = user_of()
    assert list(SocketIO("http://nowhere").heard(user, "2")) == []
    assert user.connection.texts == ["3"]


@pytest.mark.parametrize("limit", [0, 10, 130, 500, 1_270, 3_990])
def test_the_search_comes_close_to_the_most(limit: int) -> None:
    found = most(lambda users: users <= limit, first=500, bound=4_000)
    assert found.users <= limit
    assert limit - found.users <= max(10, limit * 0.15)
    assert not found.is_bound


def test_the_search_ends_at_its_bound() -> None:
    found = most(lambda _users: True, first=500, bound=4_000)
    assert (found.users, found.is_bound) == (4_000, True)
    assert [users for users, _held in found.steps] == [500, 1_000, 2_000, 4_000]


def trial_of(web_s: float, heard: int = 10_000) -> Trial:
    times = {"p50": 1.0, "p95": 5.0, "p99": 9.0}
    return Trial(
        users=100,
        seconds=10,
        said=heard // 10,
        heard=heard,
        lost=0,
        doubled=0,
        errors={},
        cpu_s={"web.1": web_s / 2, "web.2": web_s / 2, "valkey": 0.1, "nginx": 0.2},
        empty_bytes=0,
        connected_bytes=100 * 1024,
        after_bytes=200 * 1024,
        chat_ms=times,
        ack_ms=times,
        late_ms=1.0,
        generator_share=0.2,
    )


def test_cpu_is_told_for_each_event_and_message() -> None:
    figures = trial_of(web_s=0.4).figures()
    assert figures["servers, µs/event"] == pytest.approx(40)
    assert figures["servers + Redis, µs/event"] == pytest.approx(50)
    assert figures["servers + Redis, µs/message"] == pytest.approx(500)
    assert figures["all but nginx, µs/event"] == pytest.approx(50)
    assert figures["KiB/connection, quiet"] == pytest.approx(1)


def test_ratios_are_to_ours_of_the_same_round() -> None:
    rounds = [(0.4, 0.2), (0.8, 0.4), (0.4, 0.4)]
    results = Results({"ours": "", "other": "all"})
    results.rounds = [
        {"ours": trial_of(ours_s), "other": trial_of(other_s)}
        for ours_s, other_s in rounds
    ]
    ratio = results.ratios("other")["servers, µs/event"]
    assert (ratio.median, ratio.low, ratio.high) == pytest.approx((0.5, 0.5, 1.0))
    assert not list(results.wrongs())
