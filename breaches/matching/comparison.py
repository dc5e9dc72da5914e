"""A leaked row and a person side by side, with what differs marked. Pure."""

from difflib import SequenceMatcher
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS
from breaches.matching import birth_dates, names
from breaches.people import dates, identifiers

WORDS = {
    "same": "the same",
    "similar": "similar",
    "near": "may be a slip",
    "different": "different",
    "missing": "only on one side",
}
NAME_PARTS = ("given_name", "middle_name", "family_name")
PLAIN = ("nationality", "country_of_birth", "sex", "language")


class Piece(NamedTuple):
    """A stretch of a value, and whether the other side has it."""

    text: str
    differs: bool


class Line(NamedTuple):
    """One field on both sides."""

    label: str
    verdict: str
    row: list[Piece]
    person: list[Piece]
    note: str = ""

    @property
    def words(self) -> str:
        """Return the verdict as it is said."""
        return WORDS[self.verdict]


def written_name(values: dict[str, str]) -> str:
    """Return the name on a leaked row as it is written there."""
    parts = " ".join(values[part] for part in NAME_PARTS if values.get(part))
    return parts or values.get("full_name", "") or values.get("native_name", "")


def side_by_side(
    values: dict[str, str], name: str, facts: dict[str, Any], numbers: dict[str, str]
) -> list[Line]:
    """Return the fields a reviewer needs, no more, in the order of their weight."""
    lines = [_name(written_name(values), name)]
    if values.get("native_name") or facts["native"]:
        lines.append(_name(values.get("native_name", ""), facts["native"], "Name, own script"))
    lines.append(_birth_date(values.get("birth_date", ""), facts["birth_date"]))
    lines += [_number(kind, values.get(kind, ""), numbers) for kind in sorted(IDENTIFIERS)]
    lines += [_plain(code, values.get(code, ""), facts.get(code, "")) for code in PLAIN]
    return [line for line in lines if line.row or line.person]


def marked(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, with the stretches that differ marked."""
    codes = SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False).get_opcodes()
    ours = [Piece(left[a:b], code != "equal") for code, a, b, _, _ in codes if a < b]
    theirs = [Piece(right[a:b], code != "equal") for code, _, _, a, b in codes if a < b]
    return ours, theirs


def _line(label: str, verdict: str, left: str, right: str, note: str = "") -> Line:
    if verdict == "missing" or not left or not right:
        ours, theirs = ([Piece(text, False)] if text else [] for text in (left, right))
        return Line(label, "missing", ours, theirs, note)
    return Line(label, verdict, *marked(left, right), note)


def _name(left: str, right: str, label: str = "Name") -> Line:
    return _line(label, names.agreement(names.tokens(left), names.tokens(right)), left, right)


def _birth_date(written: str, right: str) -> Line:
    left = dates.parse(written)
    note = f"written {written}" if written and written != left else ""
    return _line("Birth date", birth_dates.agreement(left, right), left, right, note)


def _number(kind: str, written: str, numbers: dict[str, str]) -> Line:
    left, right = identifiers.normal(kind, written), numbers.get(kind, "")
    slips = OSA.distance(left, right) if left and right else 0
    verdict = "same" if left == right else "near" if slips == 1 else "different"
    return _line(ELEMENTS[kind].label, verdict, left or written, right)


def _plain(code: str, left: str, right: str) -> Line:
    verdict = "same" if left.casefold() == right.casefold() else "different"
    return _line(ELEMENTS[code].label.capitalize(), verdict, left, right)
