"""Hold this process's memory in huge pages, so that it is found sooner.

What an instance knows is hundreds of MiB of small objects that every command jumps
about in; in pages of 4 KiB a fifteenth of its time went into finding the page
(decision 39).
"""

import ctypes
import errno
from collections.abc import Iterator
from pathlib import Path

from app.realtime import runtime

MAPS = Path("/proc/self/maps")
KERNEL = Path("/sys/kernel/mm/transparent_hugepage")
MADV_COLLAPSE = 25
"""Of Linux 6.1 and newer; asks for no privilege, and changes nothing but the pages."""
EVERY_S = 60.0
"""How often what came since is looked for."""

_libc = ctypes.CDLL(None, use_errno=True)


def keep() -> None:
    """See to it from now on, beside all else, where the operator allows it."""
    if are_possible():
        runtime.spawn(_keep)


def are_possible() -> bool:
    """Tell whether the operator allows huge pages, and the kernel gives them to us."""
    try:
        is_allowed = "[never]" not in (KERNEL / "enabled").read_text()
    except OSError:  # another system than Linux, or a kernel without
        return False
    return is_allowed and _collapsed(0, 0)


def collapse() -> None:
    """Have all that this process keeps in huge pages, as far as there are any.

    Takes some milliseconds for each page that is not huge yet; other threads go on.
    """
    size = int((KERNEL / "hpage_pmd_size").read_text())
    for start, end in areas(MAPS.read_text(), size):
        for page in range(start, end, size):
            if not _collapsed(page, size) and ctypes.get_errno() == errno.ENOMEM:
                return  # none is left: perhaps in a minute


def _keep() -> None:
    while True:
        runtime.offload(collapse)
        runtime.sleep(EVERY_S)


def _collapsed(start: int, size: int) -> bool:
    """Ask for it; of no bytes it tells whether the kernel knows what is asked."""
    place, length = ctypes.c_void_p(start), ctypes.c_size_t(size)
    return not _libc.madvise(place, length, MADV_COLLAPSE)


def areas(maps: str, size: int) -> Iterator[tuple[int, int]]:
    """Give where whole huge pages may lie in memory that is no file's: start, end."""
    for line in maps.splitlines():
        place, access, _offset, _device, inode, *name = line.split(maxsplit=5)
        if access == "rw-p" and inode == "0" and (not name or name[0] == "[heap]"):
            start, end = (int(edge, 16) for edge in place.split("-"))
            yield -(-start // size) * size, end // size * size
