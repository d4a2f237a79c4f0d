"""Which web addresses may be visited: hosts that the operator named, and no private network behind them."""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
# Addresses of IPv6 that carry one of IPv4, which counts.
NAT64 = ip_network("64:ff9b::/96")
# All that is given out for public use; what lies outside, such as ::127.0.0.1, is of no use but mischief.
GLOBAL_UNICAST = ip_network("2000::/3")

Host = tuple[str, int]


def is_public(address: str) -> bool:
    """Whether an IP address is public: not private, loopback, link-local, reserved or multicast.

    Raises:
        ValueError: it is no IP address.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip not in GLOBAL_UNICAST:
            return False
    return ip.is_global and not ip.is_multicast


def literal_of(host: str) -> str | None:
    """The IP address that ``host`` is written as, in any of the ways that systems read; None for a name."""
    # Full-width digits and full stops are made plain before a name is looked up.
    host = unicodedata.normalize("NFKC", host).replace("\u3002", ".").rstrip(".")
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        # Also 2130706433, 0x7f.1 and 127.1, all of which are 127.0.0.1 to the resolver.
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def hosts_of(addresses: Iterable[str], further: Iterable[str]) -> frozenset[Host]:
    """Hosts with their ports that may be visited.

    A host that may be visited at a default port may be at both, and with or without ``www.``: sites lead from
    one to the other.

    Args:
        addresses: each allows its host.
        further: other hosts, as ``host`` or ``host:port``.
    """
    allowed: set[Host] = set()
    for address in (*addresses, *(f"//{host}" for host in further)):
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 443)
        except ValueError:  # no address at all allows nothing
            continue
        twins = {host, f"www.{host}", host.removeprefix("www.")}
        allowed |= {
            (twin, each) for twin in twins for each in (PORTS.values() if port in PORTS.values() else (port,))
        }
    return frozenset(allowed)


def may_visit(address: str, hosts: frozenset[Host], *, allow_private: bool) -> bool:
    """Whether ``address`` may be asked for; what its name stands for is checked when it is looked up."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return False
    # What stands before an @ hides the host from people, and a backslash is read one way here, another there.
    if not host or "@" in parts.netloc or "\\" in address:
        return False
    if parts.scheme not in PORTS or (host, port) not in hosts:
        return False
    literal = literal_of(host)
    return allow_private or literal is None or is_public(literal)
