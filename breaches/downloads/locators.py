"""Where the posted file stood, and every way a request may spell it. Pure.

The prefilter must never miss a spelling a server would serve: nginx and Apache were seen to
answer 200 to /%72oster.xlsx, //roster.xlsx, /./x/../roster.xlsx, http://host/roster.xlsx, ?v=2.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from breaches.downloads.prefilter import undone

LEAST_RUN = 4
RUN = re.compile(r"[0-9A-Za-z]+")
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
    query: tuple[tuple[str, str], ...] = ()
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
    path, query = _normal_cached(target)
    if not set(place.query) <= set(query):
        return ""
    if ";" not in place.path:
        path = re.sub(r";[^/]*", "", path)
    if path == place.path:
        return "same"
    if path.replace("\\", "/").casefold() == place.path.casefold():
        return "same" if place.ignore_case else "case"
    return ""


def normal(target: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the normal form of a request target: path without tricks, and its query."""
    target = ABSOLUTE.sub("", target, count=1) if ABSOLUTE.match(target) else target
    target = target.partition("#")[0]
    path, _, query = target.partition("?")
    decoded = undone(path.encode("utf-8", "replace")).decode("utf-8", "replace")
    path = "/" + "/".join(_without_dots(decoded))
    pairs = tuple(parse_qsl(query, keep_blank_values=True, max_num_fields=None))
    return unicodedata.normalize("NFC", path), pairs


_normal_cached = lru_cache(maxsize=4096)(normal)


def _without_dots(path: str) -> list[str]:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(part)
    return kept
