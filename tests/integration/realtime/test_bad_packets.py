"""Packets that no honest client sends: harmless, and never the end of a connection."""

import json
import socket
import struct
from threading import Thread

import pytest
import requests
import websocket

from tests.integration.realtime.clients import command
from tests.support.waiting import wait_for

DEEP = "[" * 1000 + "]" * 1000
NINE = "[" * 9 + "]" * 9


@pytest.mark.parametrize(
    "body",
    [
        '["counters.add",{bad}]',
        '["counters.add",NaN]',
        '["counters.add",Infinity]',
        '["counters.add",-Infinity]',
        '["counters.add",1e999]',
        f'["counters.add",{DEEP}]',
        f'["counters.add",{{"amount":{NINE}}}]',
        '["counters.add","\\ud800"]',
        "{}",
        "[]",
        "[5]",
        "[null]",
        '"text"',
        "",
        '["counters.add",' + " " * 17_000 + "{}]",
        '["counters.add",{"amount":"' + "x" * 20_000 + '"}]',
    ],
    ids=lambda body: body[:40] or "empty",
)
def test_refuses_what_is_no_event_with_an_ack(bare, body):
    bare.send("427" + body)
    assert bare.ack(7)["error"]["code"] == "invalid"
    assert bare.is_alive()


def test_refuses_binary_attachments_and_waits_for_none(bare):
    bare.send('451-3["counters.add",{"_placeholder":true,"num":0}]')
    assert bare.ack(3)["error"]["code"] == "invalid"
    bare.send('4599999999-4["counters.add",{"_placeholder":true,"num":0}]')
    assert bare.ack(4)["error"]["code"] == "invalid"
    assert bare.is_alive()


@pytest.mark.parametrize(
    "packet",
    [
        "",
        "4",
        "7",
        "9hello",
        "x",
        "2probe",
        "5",
        "6",
        "48",
        "4x",
        "43[]",
        "431[1]",
        '43999999999999999[{"a":1}]',
        '461-5["x"]',
        '44{"message":"x"}',
        "42",
        '42["counters.add"',
        '42/admin,["x"]',
        "40/admin,",
        "40/" + "n" * 3000,
        "41/admin,",
        '42123456789012345678901234567890["counters.add"]',
        "bAAEC",
        "b!!!",
        "4\x00",
        "42\ud7ff[",
    ],
    ids=lambda packet: repr(packet[:20]),
)
def test_ignores_what_is_no_packet(bare, packet):
    bare.send(packet)
    assert bare.is_alive()


def test_ignores_binary_messages(web, name, speak):
    bare = speak(web, "websocket").join(name)
    bare.send(b"", b"\x00\x01", b'42["counters.add"]')
    assert bare.is_alive()


def test_answers_a_second_connect_and_stays_connected(bare):
    bare.send('40{"token":"somebody"}')
    assert "Unable to connect" in bare.until("44")
    assert bare.said() == []  # nor is it welcomed again


@pytest.mark.parametrize(
    "auth",
    ['{"token":"' + "x" * 17_000 + '"}', '{"token":', '{"token":' + NINE + "}"],
    ids=["long", "cut", "deep"],
)
def test_answers_a_connect_that_cannot_be_read(web, speak, name, transport, auth):
    bare = speak(web, transport)
    bare.send("40" + auth)
    refusal = json.loads(bare.until("44")[2:])
    assert refusal["data"]["code"] == "unauthenticated"
    bare.join(name)
    assert bare.is_alive()


def test_takes_many_packets_in_one_post(web, name, speak):
    bare = speak(web, "polling").join(name)
    packets = [f'42{n}["time.sync",{{"client_ms":{n}}}]' for n in range(400)]
    assert bare.send(*packets) == 200
    assert [bare.ack(n)["result"]["client_ms"] for n in range(400)] == list(range(400))


def test_takes_a_message_in_fragments(web, name, speak):
    bare = speak(web, "websocket").join(name)
    text = '428["time.sync",{"client_ms":1}]'
    for index, part in enumerate([text[:5], "", text[5:20], text[20:]]):
        opcode = websocket.ABNF.OPCODE_TEXT if index == 0 else 0
        is_last = int(index == 3)
        frame = websocket.ABNF(is_last, 0, 0, 0, opcode, 1, part)
        bare.socket.send_frame(frame)
        bare.socket.ping("between")
    assert bare.ack(8)["ok"]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"\x81\xff" + struct.pack("!Q", 10**6) + b"\0" * 4 + b"\0" * 70_000, 1009),
        (b"\x81\x05hello", 1002),  # not masked
        (b"\xc1\x80\0\0\0\0", 1002),  # compressed
        (b"\x83\x80\0\0\0\0", 1002),  # unknown opcode
        (b"\x80\x80\0\0\0\0", 1002),  # continues nothing
        (b"\x89\xfe\x00\xff\0\0\0\0", 1002),  # a ping of 255 bytes
        (b"\x81\x82\0\0\0\0\xff\xff", 1007),  # not UTF-8
        (b"\x88\x81\0\0\0\0\x01", 1002),  # a close of one byte
    ],
)
def test_ends_a_websocket_that_breaks_its_rules(web, name, speak, frame, code):
    bare = speak(web, "websocket").join(name)
    bare.socket.sock.sendall(frame)
    opcode, data = wait_for(lambda: _closing(bare), "a close frame")
    assert opcode == websocket.ABNF.OPCODE_CLOSE
    assert struct.unpack("!H", data[:2])[0] == code


def test_bounds_a_message_of_endless_fragments(web, name, speak):
    bare = speak(web, "websocket").join(name)
    bare.socket.send_frame(websocket.ABNF(0, 0, 0, 0, 1, 1, "4"))
    bare.socket.sock.sendall(b"\x00\x80\0\0\0\0" * 70_000)
    opcode, data = wait_for(lambda: _closing(bare), "a close frame")
    assert (opcode, data[:2]) == (websocket.ABNF.OPCODE_CLOSE, struct.pack("!H", 1009))


def test_drops_a_post_past_all_bounds(web, name, speak):
    bare = speak(web, "polling").join(name)
    assert bare.send("42" + "x" * 70_000) == 400
    assert bare.send("42") == 400


def test_answers_400_to_requests_that_are_none(web):
    base = f"{web.url}/socket.io/"
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Connection": "Upgrade"}
    upgrade = {**key, "Upgrade": "websocket"}
    version = {"Sec-WebSocket-Version": "13"}
    asked = [
        ("GET", "", {}),
        ("GET", "?EIO=3&transport=polling", {}),
        ("GET", "?EIO=4&transport=nope", {}),
        ("GET", "?EIO=4&transport=polling&sid=nobody", {}),
        ("GET", "?EIO=4&transport=polling&j=0", {}),
        ("POST", "?EIO=4&transport=polling", {}),
        ("POST", "?EIO=4&transport=polling&sid=a%0Ab", {}),
        ("GET", "?EIO=4&transport=websocket", {}),
        ("GET", "?EIO=4&transport=websocket", upgrade),
        (
            "GET",
            "?EIO=4&transport=websocket",
            {**upgrade, "Sec-WebSocket-Version": "8"},
        ),
        ("GET", "?EIO=4&transport=polling", {**upgrade, **version}),
        (
            "GET",
            "?EIO=4&transport=websocket",
            {**upgrade, **version, "Sec-WebSocket-Key": "short"},
        ),
    ]
    answers = [
        requests.request(method, base + query, headers=headers, timeout=5)
        for method, query, headers in asked
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert requests.put(base + "?EIO=4", timeout=5).status_code == 405


@pytest.mark.parametrize("length", ["x", "-1", "1e3", "²"])
def test_refuses_a_length_that_is_none(web, name, speak, length):
    bare = speak(web, "polling").join(name)
    host = f"127.0.0.1:{web.port}"
    head = f"POST {bare._url.split(host)[1]} HTTP/1.1\r\nHost: {host}\r\n"
    with socket.create_connection(("127.0.0.1", web.port), 5) as plain:
        plain.sendall((head + f"Content-Length: {length}\r\n\r\n").encode())
        assert b" 400 " in plain.recv(4096)


def test_a_poll_gives_way_to_the_next(web, name, speak):
    bare = speak(web, "polling").join(name)
    first: list[str] = []
    waiting = Thread(
        target=lambda: first.append(requests.get(bare._url, timeout=9).text)
    )
    waiting.start()
    bare.send('421["time.sync",{"client_ms":1}]')
    waiting.join(5)
    assert json.loads(first[0][3:])[0]["ok"]


def test_tells_apart_players_by_their_ids_only(web, play, name):
    ann, bob = play(web, name + "a"), play(web, name + "b")
    data = command(counter=name, amount=1)
    assert ann.ask("counters.add", data)["result"] == {"value": 1}
    assert bob.ask("counters.add", data)["result"] == {"value": 2}


def _closing(bare):
    frame = bare.socket.recv_frame()  # recv_data would answer it, maybe too late
    is_close = frame.opcode == websocket.ABNF.OPCODE_CLOSE
    return (frame.opcode, frame.data) if is_close else None
