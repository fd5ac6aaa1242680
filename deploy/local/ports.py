"""Choose free loopback ports for what only the cluster itself talks to."""

import random
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"
LOWEST = 10_240
ATTEMPTS_MAX = 200


def bind_problem(port: int) -> str | None:
    """Tell why no server could listen there now, if so."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            return error.strerror
    return None


def free_ports(count: int) -> list[int]:
    """Choose ports below those that the kernel gives to outgoing connections.

    A port that the kernel may give away could be taken while its server restarts.
    """
    below = _first_outgoing()
    chosen: list[int] = []
    for port in random.SystemRandom().sample(range(LOWEST, below), ATTEMPTS_MAX):
        if len(chosen) == count:
            break
        if bind_problem(port) is None:
            chosen.append(port)
    return chosen


def _first_outgoing() -> int:
    bounds = Path("/proc/sys/net/ipv4/ip_local_port_range")
    try:
        low = int(bounds.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        low = 0
    return low if low > LOWEST + ATTEMPTS_MAX else 32_768
