"""Who asks: the one place that says which client a connection is from."""

import ipaddress

from starlette.types import Scope

_SUBSCRIBER = 64
"""Bits of an IPv6 address that name a subscriber; the rest is his to choose."""


def client_of(scope: Scope) -> str:
    """The client of a connection, for limits: its address or, by IPv6, its network.

    The address is the peer's. Only where FORWARDED_ALLOW_IPS names the proxies that are trusted has the server put the
    one that they forward in its place.
    """
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:64]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _SUBSCRIBER), strict=False))
    return str(address)
