"""A whole United States address, as written and as Publication 28 writes it. Pure.

Everything that the post delivers to is allowed: streets, boxes, rural and contract routes,
military units, Puerto Rico, care-of lines, institutions. What is doubtful is said, never dropped.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from breaches.people.pub28.delivery import DELIVERS, Line, plain, understood
from breaches.people.pub28.last_line import LastLine, last_line

COUNTRY = re.compile(r"U\s*S\s*A?|UNITED STATES(?: OF AMERICA)?|EE ?UU|ESTADOS UNIDOS")
UNIT_WORD = re.compile(r"\b(?:APT|UNIT|STE|RM|SPC|LOT|FL)\s+(?=\S)|#")
WIDTH = 64  # what is stored of a line at most: letters.md part 2


@dataclass(frozen=True)
class UsAddress:
    """An address taken apart."""

    above: tuple[Line, ...]
    delivery: tuple[Line, ...]
    last: LastLine | None
    problems: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines to print below the name, in order."""
        last = (self.last.text,) if self.last else ()
        return (*(line.text for line in (*self.above, *self.delivery)), *last)

    @property
    def offer(self) -> str:
        """Return a ZIP Code with its lost zeros, or nothing."""
        return self.last.offer if self.last else ""

    @property
    def leads_to(self) -> str:
        """Return where mail ends up, the same for every spelling: the line it is delivered to."""
        place = self.delivery[-1].text if self.delivery else " ".join(x.text for x in self.above)
        place = UNIT_WORD.sub("", place)  # 4, APT 4 and # 4 are one door
        code = (self.last.offer or self.last.zip_code)[:5] if self.last else ""
        return f"{''.join(filter(str.isalnum, place))}|{code}"


def parse(written: Iterable[str]) -> UsAddress:
    """Take an address apart. The lines may be cut anywhere, or all be one with commas."""
    parts = [part for line in written for part in _parts(line)]
    while parts and COUNTRY.fullmatch(plain(parts[-1])):
        parts.pop()
    last, rest = _last(parts)
    found = [understood(part) for part in rest]
    above, delivery = _delivery(_joined(found)) if last else (tuple(found), ())
    return UsAddress(above, delivery, last, tuple(_problems(above, delivery, last)))


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split(",") if part.strip()]


def _last(parts: list[str]) -> tuple[LastLine | None, list[str]]:
    """Find the last line, which may be written as two or three."""
    for count in (1, 2, 3):
        found = last_line(" ".join(parts[-count:])) if len(parts) >= count else None
        if found and (found.city or count == len(parts)):
            return _without_street(found, parts[:-count])
    return None, parts


def _without_street(found: LastLine, rest: list[str]) -> tuple[LastLine, list[str]]:
    """Part a street from its city when both stand on the only line."""
    cut = re.fullmatch(
        r"(\d.*\b(?:ST|AVE|RD|DR|LN|BLVD|CT|WAY|STREET|AVENUE|ROAD|DRIVE|LANE|BOX \d+))\s+(\D+)",
        found.city,
    )
    if rest or not cut:
        return found, rest
    return found._replace(city=cut[2]), [cut[1]]


def _joined(found: list[Line]) -> list[Line]:
    """Put a unit behind the street it belongs to, whichever stands first (section 213)."""
    out: list[Line] = []
    waiting = ""
    for line in found:
        if line.kind == "unit" and out and out[-1].kind == "street":
            out[-1] = Line("street", f"{out[-1].text} {line.text}")
        elif line.kind == "unit":
            waiting = f"{waiting} {line.text}".strip()
        elif line.kind == "street" and waiting:
            out.append(Line("street", f"{line.text} {waiting}"))
            waiting = ""
        else:
            out.append(line)
    return [*out, Line("other", waiting)] if waiting else out


def _delivery(found: list[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Part the lines of delivery from those above; of two, mail goes to the lower (section 28)."""
    delivery = tuple(line for line in found if line.kind in DELIVERS)
    above = [line for line in found if line.kind not in DELIVERS and line.kind != "urbanization"]
    urban = [line for line in found if line.kind == "urbanization"]
    return (*above, *urban), delivery


def _problems(
    above: tuple[Line, ...], delivery: tuple[Line, ...], last: LastLine | None
) -> Iterable[str]:
    if last is None:
        yield "no city, state and ZIP Code were found"
    elif last.problem:
        yield last.problem
    if last and not delivery and not any(line.kind == "other" for line in above):
        yield "no street or box was found"
    if any(len(line.text) > WIDTH for line in (*above, *delivery)):
        yield f"a line has more than {WIDTH} characters"
