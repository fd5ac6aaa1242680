"""What a sector shows is read once, for as long as its room is heard and silent."""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from app.engine.snapshots import Shot
from app.engine.store import QUIET_MS
from app.realtime.shots import BYTES_MAX, Shots

HERE, THERE, OWN = "sector:0:0:full", "sector:1:0", "player:p"


class Reads:
    """Be a server that counts what it is asked, and may speak while it is."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.seq = 1
        self.data = b"{}"
        self.losses = 0
        self.at_ms = QUIET_MS
        self.meanwhile: Callable[[], None] = lambda: None

    def snapshots(self, rooms: Iterable[str]) -> dict[str, Shot]:
        names = list(rooms)
        self.asked += names
        shots = {room: Shot(self.seq, 1, self.data) for room in names}
        self.meanwhile()
        return shots

    def now_ms(self) -> int:
        return self.at_ms


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def galaxy(reads: Reads) -> Any:
    return SimpleNamespace(keys=SimpleNamespace(room=lambda room: room), reads=reads)


@pytest.fixture
def shots(reads: Reads) -> Shots:
    return Shots(lambda: reads.losses)


def test_a_silent_sector_is_read_once(shots: Shots, reads: Reads, galaxy: Any) -> None:
    assert shots.of(galaxy, [HERE, THERE]) == {
        HERE: Shot(1, 1, b"{}"),
        THERE: Shot(1, 1, b"{}"),
    }
    reads.at_ms += 7
    assert shots.of(galaxy, [THERE, HERE])[HERE] == Shot(1, QUIET_MS + 7, b"{}")
    assert reads.asked == [HERE, THERE]


def test_rooms_whose_snapshots_depend_on_the_time_are_always_read(
    shots: Shots, reads: Reads, galaxy: Any
) -> None:
    for _time in range(2):
        shots.of(galaxy, [OWN])
    assert reads.asked == [OWN, OWN]


def test_what_is_large_is_not_kept(shots: Shots, reads: Reads, galaxy: Any) -> None:
    reads.data = b" " * (BYTES_MAX + 1)
    for _time in range(2):
        assert shots.of(galaxy, [HERE])[HERE].data == reads.data
    assert reads.asked == [HERE, HERE]


@pytest.mark.parametrize("ends", ["heard", "left", "lost", "doubted", "aged"])
def test_what_may_be_old_is_read_again(
    shots: Shots, reads: Reads, galaxy: Any, ends: str
) -> None:
    shots.of(galaxy, [HERE])
    reads.seq = 2
    match ends:
        case "heard":
            shots.heard(HERE)
        case "left":
            shots.forget([HERE])
        case "lost":
            reads.losses += 1
        case "doubted":
            shots.doubt()
        case "aged":  # a silent room's number grew
            reads.at_ms += QUIET_MS
    assert shots.of(galaxy, [HERE])[HERE].seq == 2


@pytest.mark.parametrize("ends", ["heard", "left", "lost", "doubted"])
def test_what_was_read_while_its_room_spoke_is_not_kept(
    shots: Shots, reads: Reads, galaxy: Any, ends: str
) -> None:
    def lose() -> None:
        reads.losses += 1

    reads.meanwhile = {
        "heard": lambda: shots.heard(HERE),
        "left": lambda: shots.forget([HERE]),
        "lost": lose,
        "doubted": shots.doubt,
    }[ends]
    shots.of(galaxy, [HERE])
    reads.meanwhile = lambda: None
    shots.of(galaxy, [HERE])
    assert reads.asked == [HERE, HERE]
