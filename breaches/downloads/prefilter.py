"""Which lines of a block could be about the posted file: quickly, and never one too few. Pure.

A line is offered if it holds the needle in any capitals, or an encoded letter or digit that
may hide it. Two engines find the same lines: hyperscan where it is installed (see
requirements-fast.in), else plain searches over the block.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product
from types import ModuleType
from urllib.parse import unquote_to_bytes

import numpy as np

from breaches.downloads.engines import hyperscan
from breaches.downloads.lines import Held, Lines

DECODINGS = 3
# An encoded letter or digit. "%25" repeats because some servers encode the percent sign again
# in their own log.
ENCODED = rb"%(?:25)*(?:3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa])"
# The same in JSON, and in the escapes of Apache and nginx.
ESCAPED = rb"\\(?:u00|x)[3-7][0-9a-f]"
ENCODED_HERE = re.compile(ENCODED)
ESCAPED_HERE = re.compile(ESCAPED, re.I)
PERCENT = ord("%")
FEW = 400  # signs in a block that are looked at one by one
# What may follow a sign that hides one of our letters; the same as a table.
PAIRS = {bytes(pair) for pair in product(b"0123456789abcdefABCDEF", repeat=2)}
PAIRS = {pair for pair in PAIRS if pair == b"25" or ENCODED_HERE.fullmatch(b"%" + pair)}
HIDING = np.zeros((256, 256), bool)
HIDING[tuple(zip(*PAIRS, strict=True))] = True

Engine = Callable[[bytes], list[int]]


def engine(sought: bytes, *, plain: bool = False) -> Engine:
    """Return what finds offsets inside each line that may hold `sought`, which is lowered.

    With `plain` the optional engine is passed over.
    """
    if not sought:
        return _every_line
    return _plain(sought) if plain or hyperscan is None else _fast(hyperscan, sought)


def candidates(block: Lines, sought: bytes, find: Engine) -> Iterator[Held]:
    """Yield each line that may be a hit."""
    for held in block.holding(find(block.text)):
        line = held.text
        if not sought or sought in line.lower() or holds_encoded(line, sought):
            yield held._replace(text=line.rstrip(b"\r"))


def holds_encoded(line: bytes, sought: bytes) -> bool:
    """Say whether `line` holds `sought` once its percent signs and escapes are undone."""
    plain = ESCAPED_HERE.sub(lambda found: bytes.fromhex(found[0][-2:].decode()), line)
    return sought in undone(plain).lower()


def undone(text: bytes) -> bytes:
    """Return `text` without percent signs, which some servers encode again in their own log."""
    return decodings(text)[-1]


def decodings(text: bytes) -> list[bytes]:
    """Return `text` as it stands and after each decoding that changes it."""
    found = [text]
    while len(found) <= DECODINGS and (decoded := unquote_to_bytes(found[-1])) != found[-1]:
        found.append(decoded)
    return found


def _every_line(text: bytes) -> list[int]:
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
    last = [] if text.endswith(b"\n") else [len(text)]
    return [*map(int, ends), *last]


def _fast(made_by: ModuleType, sought: bytes) -> Engine:
    # The needle alone: it is searched five times as fast as together with the patterns.
    database = made_by.Database(mode=made_by.HS_MODE_BLOCK)
    database.compile(expressions=[sought], ids=[0], flags=[made_by.HS_FLAG_CASELESS])

    def find(text: bytes) -> list[int]:
        found = [*_encoded(text), *_escaped(text)]
        database.scan(text, match_event_handler=lambda *match: found.append(match[2] - 1))
        return found

    return find


def _plain(sought: bytes) -> Engine:
    scratch = bytearray()

    def find(text: bytes) -> list[int]:
        if len(scratch) != len(text):
            scratch[:] = bytes(len(text))
        # For letters and digits this bit is what lower() sets; others are looked at again.
        raised = np.frombuffer(scratch, np.uint8)
        codes = np.frombuffer(text, np.uint8)
        np.bitwise_or(codes, 0x20, out=raised)
        del raised  # it would keep the scratch from changing its length
        return [*_spelled(text, scratch, sought), *_encoded(text), *_escaped(text)]

    return find


def _spelled(text: bytes, raised: bytearray, sought: bytes) -> Iterator[int]:
    at = raised.find(sought)
    while at >= 0:
        yield at
        stop = text.find(b"\n", at)
        at = raised.find(sought, stop) if stop >= 0 else -1


def _encoded(text: bytes) -> Iterator[int]:
    at, tries = text.find(b"%"), FEW
    while at >= 0 and tries:
        # Most signs stand for a space, a slash or a letter of another script.
        if text[at + 1 : at + 3] in PAIRS and ENCODED_HERE.match(text, at):
            yield at
        at, tries = text.find(b"%", at + 1), tries - 1
    if at >= 0:
        codes = np.frombuffer(text, np.uint8)
        signs = at + np.flatnonzero(codes[at:-2] == PERCENT)
        for at in signs[HIDING[codes[signs + 1], codes[signs + 2]]]:
            if ENCODED_HERE.match(text, at):
                yield int(at)


def _escaped(text: bytes) -> Iterator[int]:
    if b"\\" in text:
        for found in ESCAPED_HERE.finditer(text):
            yield found.start()
