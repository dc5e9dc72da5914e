"""Small tables of networks in the binary formats, made by hand for the tests."""

import struct
from ipaddress import ip_network

NOWHERE = 0xFFFFFFFF


class Short(int):
    """A number that the format wants in 16 bits."""


class Long(int):
    """A number that the format wants in 64 bits."""


def libloc(networks, *, created=1_667_001_600):
    """Return a libloc database of (network, country, number, name, flags) rows."""
    pool, nodes, systems, data = bytearray(b"\0"), [[0, 0, NOWHERE]], [], b""
    for place, (text, country, number, name, flags) in enumerate(networks):
        at = _leaf(nodes, _bits(text))
        nodes[at][2] = place
        data += struct.pack(">2s2xIH2x", country.encode(), number, flags)
        systems.append((number, len(pool)))
        pool += name.encode() + b"\0"
    parts = [
        b"".join(struct.pack(">2I", *row) for row in sorted(systems)),
        data,
        b"".join(struct.pack(">3I", *node) for node in nodes),
        b"",
        bytes(pool),
    ]
    offset, header = 8192, struct.pack(">Q3I", created, 0, 0, 0)
    for part in parts:
        header += struct.pack(">2I", offset, len(part))
        offset += len(part)
    return (b"LOCDBXX\x01" + header).ljust(8192, b"\0") + b"".join(parts)


def mmdb(text, record, *, built=1_667_001_600):
    """Return a database in MaxMind's format with one IPv4 network and its record."""
    bits = _bits(text)[96:]
    count = len(bits)
    tree = b""
    for number, bit in enumerate(bits):
        following = number + 1 if number + 1 < count else count + 16
        pair = (count, following) if bit == "1" else (following, count)
        tree += b"".join(value.to_bytes(3, "big") for value in pair)
    about = {
        "node_count": count,
        "record_size": Short(24),
        "ip_version": Short(4),
        "database_type": "Test",
        "languages": [],
        "binary_format_major_version": Short(2),
        "binary_format_minor_version": Short(0),
        "build_epoch": Long(built),
        "description": {},
    }
    return tree + b"\0" * 16 + _packed(record) + b"\xab\xcd\xefMaxMind.com" + _packed(about)


def _packed(value):
    if isinstance(value, dict):
        body = b"".join(_packed(key) + _packed(item) for key, item in value.items())
        return bytes([7 << 5 | len(value)]) + body
    if isinstance(value, list):
        return bytes([len(value), 11 - 7])
    if isinstance(value, str):
        text = value.encode()
        head = (
            bytes([2 << 5 | len(text)]) if len(text) < 29 else bytes([2 << 5 | 29, len(text) - 29])
        )
        return head + text
    if isinstance(value, Long):
        return bytes([8, 9 - 7]) + value.to_bytes(8, "big")
    if isinstance(value, Short):
        return bytes([5 << 5 | 2]) + value.to_bytes(2, "big")
    return bytes([6 << 5 | 4]) + value.to_bytes(4, "big")


def _bits(text):
    network = ip_network(text)
    if network.version == 6:
        return f"{int(network.network_address):0128b}"[: network.prefixlen]
    return f"{0xFFFF:096b}{int(network.network_address):032b}"[: 96 + network.prefixlen]


def _leaf(nodes, bits):
    at = 0
    for bit in map(int, bits):
        if not nodes[at][bit]:
            nodes.append([0, 0, NOWHERE])
            nodes[at][bit] = len(nodes) - 1
        at = nodes[at][bit]
    return at
