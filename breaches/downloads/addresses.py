"""What an address in a log can and cannot identify. Pure."""

import re
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import NamedTuple

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

CGNAT = IPv4Network("100.64.0.0/10")  # ipaddress calls it neither private nor global
NAT64 = IPv6Network("64:ff9b::/96")
DOCUMENTATION = [
    ip_network(text)
    for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
]
WRAPPED = re.compile(r"\[([^\]]+)\](?::\d{1,5})?|([0-9.]+):\d{1,5}")

KINDS = {
    "public": "public address",
    "cgnat": "shared carrier address (100.64.0.0/10): the log sits behind a carrier's gateway",
    "documentation": "documentation range: invented data, or a log that was masked",
    "private": "private address: the log sits behind a proxy, or the client is inside",
    "loopback": "the server itself",
    "special": "special range: no client on the internet has this address",
    "name": "a host name instead of an address",
}


class Client(NamedTuple):
    """One subscriber as far as an address tells: an IPv4 address, or an IPv6 /64."""

    key: str
    kind: str
    block: str  # the /24 or /48 around it: neighbours are often one operator


@lru_cache(maxsize=4096)
def client(text: str) -> Client:
    """Return who stands behind the address `text` as a log prints it."""
    address = plain(text)
    if address is None:
        name = text.strip().lower().rstrip(".")
        return Client(name, "name", name.partition(".")[2] or name)
    if isinstance(address, IPv6Address):
        subscriber = ip_network((address, 64), strict=False)
        block = ip_network((address, 48), strict=False)
        return Client(str(subscriber), kind(address), str(block))
    return Client(str(address), kind(address), str(ip_network((address, 24), strict=False)))


def plain(text: str) -> Address | None:
    """Return the address in `text` without brackets, port, zone or tunnel; None if it is none."""
    text = text.strip()
    if found := WRAPPED.fullmatch(text):
        text = found[1] or found[2]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return _unwrapped(address) if isinstance(address, IPv6Address) else address


def kind(address: Address) -> str:
    """Return the key into KINDS for `address`."""
    tests = {
        "cgnat": address.version == 4 and address in CGNAT,
        "documentation": any(
            address in net for net in DOCUMENTATION if net.version == address.version
        ),
        "loopback": address.is_loopback,
        "special": address.is_multicast or address.is_unspecified or address.is_link_local,
        "private": address.is_private,
    }
    named = next((name for name, holds in tests.items() if holds), "")
    return named or ("public" if address.is_global else "special")


def inside(text: str, network: Network) -> bool:
    """Say whether the address `text` lies in `network`, be it written as IPv4 inside IPv6."""
    address, network = plain(text), _unmapped(network)
    return address is not None and address.version == network.version and address in network


def _unwrapped(address: IPv6Address) -> Address:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


@lru_cache(maxsize=512)
def _unmapped(network: Network) -> Network:
    if isinstance(network, IPv4Network) or network.prefixlen < 96:
        return network
    first = network.network_address.ipv4_mapped
    return IPv4Network((first, network.prefixlen - 96)) if first else network
