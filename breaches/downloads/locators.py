"""Where the posted file stood, and every way a request may spell it. Pure.

The prefilter must never miss a spelling a server would serve: nginx and Apache were seen to
answer 200 to /%72oster.xlsx, //roster.xlsx, /./x/../roster.xlsx, http://host/roster.xlsx, ?v=2.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from typing import NamedTuple
from urllib.parse import parse_qsl

from breaches.downloads.prefilter import decodings

LEAST_RUN = 4
RUN = re.compile(r"[0-9A-Za-z]+")
Pair = tuple[str, str]
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
# Types that web servers usually compress on the way, so that fewer bytes prove nothing.
COMPRESSIBLE = {"csv", "txt", "json", "html", "htm", "xml", "tsv", "md", "svg", "js", "css", "sql"}
COMPRESSIBLE |= {"log", "mjs", "xhtml", "jsonl", "ndjson", "geojson", "yaml", "yml", "ics", "vcf"}
# What a program makes is of any type.
COMPRESSIBLE |= {"php", "asp", "aspx", "ashx", "jsp", "jspx", "do", "cgi", "pl", "cfm"}


@dataclass(frozen=True)
class Locator:
    """One posted file: its path, the query that names it, and how the server reads case."""

    path: str
    query: tuple[Pair, ...] = ()
    ignore_case: bool = False

    @property
    def is_compressible(self) -> bool:
        """Say whether the server probably sent the file gzipped."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[2].lower() in COMPRESSIBLE or "." not in name


def locator(url_or_path: str, *, ignore_case: bool = False) -> Locator:
    """Return the Locator of a URL or path as a person typed it."""
    text = url_or_path.strip()
    if not text.startswith("/") and "://" not in text:
        text = "/" + text
    path, query = normal(text)
    return Locator(path, query, ignore_case)


def needle(place: Locator) -> bytes:
    """Return what every plain spelling of `place` holds, lowered; b"" if nothing is safe."""
    directory, _, name = place.path.rpartition("/")
    for part in (name, directory):
        longest = max(RUN.findall(part), key=len, default="")
        if len(longest) >= LEAST_RUN:
            return longest.lower().encode()
    return b""


def compare(place: Locator, target: str) -> str:
    """Return "same", "case" (only the case differs) or "" for the target of a request."""
    paths, pairs = _read_cached(target)
    if not pairs.issuperset(place.query):
        return ""
    if ";" not in place.path:
        paths = [re.sub(r";[^/]*", "", path) for path in paths]
    if place.path in paths:
        return "same"
    if place.path.casefold() in [path.replace("\\", "/").casefold() for path in paths]:
        return "same" if place.ignore_case else "case"
    return ""


class Target(NamedTuple):
    """What a request may ask for: the path after each decoding, and the pairs of its query.

    Servers decode once, those behind another or behind a log that encodes once more see it later.
    """

    paths: list[str]
    pairs: set[Pair]


def normal(target: str) -> tuple[str, tuple[Pair, ...]]:
    """Return the normal form of a request target: path without tricks, and its query."""
    path, pairs = _parted(target)
    return _paths(path)[-1], tuple((_decoded(name)[-1], _decoded(text)[-1]) for name, text in pairs)


def read(target: str) -> Target:
    """Return all that a request target may ask for."""
    path, pairs = _parted(target)
    found = [product(_decoded(name), _decoded(text)) for name, text in pairs]
    return Target(_paths(path), set(chain.from_iterable(found)))


_read_cached = lru_cache(maxsize=4096)(read)


def _parted(target: str) -> tuple[str, list[Pair]]:
    """Return the path as it is written, and the pairs of the query, decoded once."""
    target = ABSOLUTE.sub("", target, count=1) if ABSOLUTE.match(target) else target
    path, _, query = target.partition("#")[0].partition("?")
    return path, parse_qsl(query, keep_blank_values=True, max_num_fields=None)


def _paths(path: str) -> list[str]:
    plain = ["/" + "/".join(_without_dots(text)) for text in _decoded(path)]
    return [unicodedata.normalize("NFC", text) for text in plain]


def _decoded(text: str) -> list[str]:
    return [one.decode("utf-8", "replace") for one in decodings(text.encode("utf-8", "replace"))]


def _without_dots(path: str) -> list[str]:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(part)
    return kept
