"""Which format a log is in: said by a person, or found by trying each on the first lines. Pure."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from breaches.downloads.formats.apache import apache
from breaches.downloads.formats.combined import COMBINED
from breaches.downloads.formats.compiled import Unusable
from breaches.downloads.formats.json_lines import BUILT_IN, mapping
from breaches.downloads.formats.json_records import is_folded, unfolded
from breaches.downloads.formats.line import BEFORE_A_LINE, Format, NotALine
from breaches.downloads.formats.nginx import nginx
from breaches.downloads.formats.stores import ALB, ELB, S3
from breaches.downloads.formats.w3c import FIELDS, HEADERS, WITHOUT_COLUMNS

TRIED = 200
KNOWN = [COMBINED, S3, ALB, ELB, *BUILT_IN]


class Guess(NamedTuple):
    """A format and how many of the lines tried it reads."""

    format: Format
    read: int
    tried: int


def said(text: str) -> Format:
    """Return the Format that a person wrote. Raises Unusable."""
    text = text.strip()
    if text.startswith("{") and "$" not in text and "%" not in text:
        return mapping(text)
    if text.lower() in {"w3c", "iis", "cloudfront"}:
        return WITHOUT_COLUMNS
    if text in NAMED:
        return NAMED[text]
    if "%" in text:
        return apache(text)
    if "$" in text:
        return nginx(text)
    raise Unusable(
        "Give auto, combined, w3c, s3, alb, elb, a LogFormat or log_format string, or a mapping."
    )


NAMED = {"combined": COMBINED, "common": COMBINED, "s3": S3, "alb": ALB, "elb": ELB}


def in_force(text: str, first: bytes) -> Format:
    """Return the Format that a person wrote, with the columns that the file itself names."""
    known, lines = said(text), lines_of(first)[:TRIED]
    return _fitted(_headed(known, lines) if known.follow else known, first)


def lines_of(first: bytes) -> list[bytes]:
    """Return the first lines of a log; of folded JSON each record is one."""
    return (b"".join(unfolded([first])) if is_folded(first) else first).split(b"\n")


def _headed(known: Format, lines: Iterable[bytes]) -> Format:
    """Return the format after the first header lines, of which the columns are one."""
    for line in lines:
        if known.follow and HEADERS.match(line):
            known = known.follow(line)
        elif FIELDS in known.said:
            break
    return known


def reads_any(known: Format, first: bytes) -> bool:
    """Say whether any of the first lines is of this format."""
    return any(reads(known, line) for line in lines_of(first)[:TRIED] if line.strip())


def guessed(first: bytes) -> Guess | None:
    """Return the format that reads most of the first lines, or None if none reads any."""
    lines = [line for line in lines_of(first)[: 2 * TRIED] if line.strip()][:TRIED]
    formats = list(KNOWN)
    if (headed := _headed(WITHOUT_COLUMNS, lines)).said:
        formats.append(headed)
    lines = [line for line in lines if not line.startswith(b"#")]
    guesses = [Guess(known, sum(reads(known, line) for line in lines), len(lines))
               for known in formats]  # fmt: skip
    best = max(guesses, key=lambda guess: guess.read)
    return best._replace(format=_fitted(best.format, first)) if best.read else None


def _fitted(known: Format, first: bytes) -> Format:
    """Return the format with what else the first lines show of it."""
    if is_folded(first):
        known = replace(known, unfold=unfolded)
    for line in lines_of(first)[:TRIED]:
        with suppress(NotALine):
            if known.parse(line).forwarded:
                return replace(known, notes=known.notes | {"forwarded"})
    return known


def reads(known: Format, line: bytes) -> bool:
    """Say whether `line` is a line of this format, be its request broken or not."""
    try:
        known.parse(line.lstrip(BEFORE_A_LINE))
    except NotALine as fault:
        # A scanner's broken request is still a line of a log.
        return str(fault) == "request"
    return True
