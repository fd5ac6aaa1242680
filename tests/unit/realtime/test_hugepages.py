"""Memory is held in huge pages, and nothing that lies in it changes."""

import ctypes
import mmap
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.realtime import hugepages, runtime
from app.realtime.hugepages import areas

MIB = 1024 * 1024
HUGE = 2 * MIB
MAPS = """\
00400000-10400000 rw-p 00000000 fe:00 1441 /usr/bin/python3.11
20100000-20500000 rw-p 00000000 00:00 0                [heap]
30000000-30400000 rw-p 00000000 00:00 0
40000000-40400000 r--p 00000000 00:00 0
50000000-50400000 rw-s 00000000 00:01 77 /dev/zero (deleted)
60000000-601ff000 rw-p 00000000 00:00 0
7ff00000-80200000 rw-p 00000000 00:00 0                [stack]
"""


def huge_kib(start):
    """Read how much of the mapping at an address is in huge pages."""
    found = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        first, *rest = line.split()
        if "-" in first:
            low, high = (int(edge, 16) for edge in first.split("-"))
            found = low <= start < high
        elif found and first == "AnonHugePages:":
            return int(rest[0])
    raise LookupError(start)


def test_holds_what_it_keeps_in_huge_pages(monkeypatch, tmp_path):
    if not hugepages.are_possible():
        pytest.skip("no huge pages for us")
    memory = mmap.mmap(-1, 3 * HUGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    said = b"nothing changes "
    memory[:] = said * (len(memory) // len(said))
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    maps = tmp_path / "maps"
    maps.write_text(f"{start:x}-{start + 3 * HUGE:x} rw-p 00000000 00:00 0 \n")
    monkeypatch.setattr(hugepages, "MAPS", maps)

    hugepages.collapse()

    assert huge_kib(start) >= HUGE // 1024
    assert memory[:] == said * (len(memory) // len(said))


def test_takes_whole_pages_of_the_heap_and_of_what_is_no_files():
    assert list(areas(MAPS, HUGE)) == [
        (0x20200000, 0x20400000),
        (0x30000000, 0x30400000),
        (0x60000000, 0x60000000),
    ]


@pytest.mark.parametrize(
    ("enabled", "refused", "is_kept"),
    [
        ("always [madvise] never", 0, True),
        ("[always] madvise never", 0, True),
        ("always madvise [never]", 0, False),
        ("always [madvise] never", -1, False),
        (None, 0, False),
    ],
)
def test_does_as_operator_and_kernel_allow(
    monkeypatch, tmp_path, enabled, refused, is_kept
):
    if enabled is not None:
        (tmp_path / "enabled").write_text(enabled + "\n")
    kept = []
    libc = SimpleNamespace(madvise=lambda *_asked: refused)
    monkeypatch.setattr(hugepages, "_libc", libc)
    monkeypatch.setattr(hugepages, "KERNEL", tmp_path)
    monkeypatch.setattr(runtime, "spawn", kept.append)

    hugepages.keep()

    assert len(kept) == is_kept
