"""Know a client's address: nginx on this machine is the one trusted hop.

What is counted by address counts under its home (`home`); nginx/limits.conf agrees.
"""

from collections.abc import Mapping, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any

UNKNOWN = "0.0.0.0"  # noqa: S104 - says that we don't know, binds nothing
HOME_BITS = 64
"""What is one customer's of an IPv6 address; the rest its devices choose at will."""

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def of(environ: Mapping[str, Any]) -> str:
    """Tell the address that a request came from.

    nginx overwrites X-Forwarded-For; only a peer on loopback, or a socket file, is
    believed to be nginx.
    """
    peer = _clean(environ.get("REMOTE_ADDR", ""))
    if peer is not None and not ip_address(peer).is_loopback:
        return peer
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1]
    return _clean(forwarded) or peer or UNKNOWN


def home(address: str) -> str:
    """Give what an address counts under: itself, or of IPv6 the network of a home."""
    found = _unmapped(ip_address(address))
    if isinstance(found, IPv6Address):
        found = ip_network((found, HOME_BITS), strict=False).network_address
    return found.compressed


def networks(names: Sequence[str]) -> tuple[Network, ...]:
    """Read the networks of a setting.

    Raises:
        ValueError: one is no network.
    """
    return tuple(ip_network(name, strict=False) for name in names)


def is_in(address: str, known: Sequence[Network]) -> bool:
    """Tell whether an address is in one of some networks."""
    found = ip_address(address)
    return any(found in network for network in known)


def _clean(text: str) -> str | None:
    try:
        return _unmapped(ip_address(text.strip())).compressed
    except ValueError:
        return None


def _unmapped(found: Address) -> Address:
    """Give the IPv4 address that an IPv6 one only wraps."""
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
