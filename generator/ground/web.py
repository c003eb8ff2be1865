"""Which hosts are of the open web, as far as a name or number tells by itself."""

from __future__ import annotations

import ipaddress

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = rf"{_LABEL}(?:\.{_LABEL})*"
PORT = "(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
OWN_ADDRESS = rf"(?=.{{1,100}}$)https?://{HOST}{PORT}(?:/[A-Za-z0-9._~/-]*)?"
"""Of a site whose numbers are printed: short enough for a small code."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
KEPT = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""A cloud's own helper, and what protocols and papers about them use: Python calls some of these global."""
_ISATAP = (b"\0\0\x5e\xfe", b"\2\0\x5e\xfe")
"""Before a number of the house, in the middle of one of the web (RFC 5214, 6.1)."""
INSIDE = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa")
"""Last words of names that are given inside houses alone."""


def is_public(number: str) -> bool:
    """False for loopback, link-local, private, shared and special numbers, also when a v6 number wraps one."""
    found = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in NAT64:
            wrapped = ipaddress.IPv4Address(found.packed[-4:])
        if wrapped is not None:
            return is_public(str(wrapped))
        if found.is_site_local or found.packed[8:12] in _ISATAP:
            return False
    if any(found in network for network in KEPT):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def is_inside(host: str) -> bool:
    """A name or number that leads to this machine or into a house; also `127.1`, which some read as a number."""
    host = host.rstrip(".").lower()
    last = host.rpartition(".")[2]
    if last in INSIDE or not {".", ":"} & set(host):
        return True
    if ":" not in host and not last[:1].isdigit():
        return False
    try:
        return not is_public(host)
    except ValueError:
        return True
