"""The `((field))` language of wordings. Pure: one pass, everything escaped, nothing computed.

((field))            the value of a field; of a list, a bullet each when alone on a bullet line
((flag??text))       the text, when the field has a value
# Heading            * bullet            1. step            a blank line parts paragraphs

Field names match without case, blanks, dashes or underscores. A value that holds `((x))` is
printed as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

Value = str | Sequence[str]

FIELDS = {
    "reference": "reference of this letter",
    "letter_date": "date of this letter",
    "name": "the person's full name",
    "elements": "what leaked about this person, as a list",
    "holder": "whose data it was",
    "what_happened": "one sentence saying what happened",
    "opened": "when it went online",
    "closed": "when it was taken down",
    "recipients": "who is known to have it, as a list",
    "demands": "what was asked of them, as a list",
    "records": "to a recipient: what our records show of its copies, as a list",
    "basis": "to a recipient: the legal basis, in a sentence",
    "contact_name": "who answers questions",
    "contact_phone": "their telephone",
    "contact_address": "their postal address",
}
ABOUT_A_PERSON = ("name", "elements", "recipients", "demands")
ABOUT_A_RECIPIENT = ("records", "basis")
# An address that works; hxxps://example[.]org does not, and may stand.
WEB_ADDRESS = re.compile(r"\b(?!hxxps?:)[a-z][a-z0-9+.-]*://|\bwww\.", re.I)
PATTERN = re.compile(r"\(\(([^()]*?)(?:\?\?((?:[^()]|\([^()]+\))*))?\)\)")

FACTS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+|\d[\d.,:/-]*")


def canonical(name: str) -> str:
    """Return the field that `name` means, or the name without its marks when there is none."""
    bare = re.sub(r"[\s_-]", "", name).casefold()
    return next((field for field in FIELDS if field.replace("_", "") == bare), bare)


def fields_of(text: str) -> list[str]:
    """Return the fields that a wording needs or asks about, in order, once each."""
    return list(dict.fromkeys(canonical(found[1]) for found in PATTERN.finditer(text)))


def required_fields(text: str) -> list[str]:
    """Return the fields without whose value nothing may be printed."""
    plain = (found for found in PATTERN.finditer(text) if found[2] is None)
    return list(dict.fromkeys(canonical(found[1]) for found in plain))


def problems(text: str) -> list[str]:
    """Say what keeps a wording from being saved: unknown fields, lost brackets."""
    unknown = [field for field in fields_of(text) if field not in FIELDS]
    said = [f"There is no field “{field}”." for field in unknown]
    rest = PATTERN.sub("", text)
    if "((" in rest or "))" in rest:
        said.append("A pair of brackets is not closed: a field is written ((like this)).")
    return said


def out_of_place(text: str, *, to_recipient: bool) -> list[str]:
    """Say what must not stand in a letter to such a reader."""
    strange = ABOUT_A_PERSON if to_recipient else ABOUT_A_RECIPIENT
    said = [
        f"The field “{field}” does not belong into a letter to this reader."
        for field in fields_of(text)
        if field in strange
    ]
    if to_recipient and WEB_ADDRESS.search(text):
        said.append("A letter to a recipient must not hold a web address.")
    return said


def facts_in(text: str) -> list[str]:
    """Return the numbers and web or mail addresses that stand in a wording, sorted."""
    bare = re.sub(r"^\d+\. ", "", PATTERN.sub(" ", text), flags=re.M)
    return sorted(found.rstrip(".,;:") for found in FACTS.findall(bare))


def missing(text: str, values: Mapping[str, Value]) -> list[str]:
    """Return the required fields that have no value."""
    return [field for field in required_fields(text) if not values.get(field)]


def fill(text: str, values: Mapping[str, Value]) -> str:
    """Return `text` with its fields filled, as plain text; a list is joined by commas."""

    def value(found: re.Match[str]) -> str:
        held = values.get(canonical(found[1]))
        if found[2] is not None:
            return found[2] if held else ""
        return held if isinstance(held, str) else ", ".join(held or ())

    return PATTERN.sub(value, text)


class Block(NamedTuple):
    """A heading (h2), a paragraph (p), or a list (ul, ol) with its items; all plain text."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


def to_html(text: str, values: Mapping[str, Value]) -> str:
    """Return a wording as HTML of headings, paragraphs and lists, with every value escaped."""
    return "\n".join(_html(block) for block in to_blocks(text, values))


def to_blocks(text: str, values: Mapping[str, Value]) -> list[Block]:
    """Return a wording, filled, block by block; a block that came out empty is left out."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [block for part in parts for block in _blocks(part, values) if block.text or block.items]


def _html(block: Block) -> str:
    inside = escape(block.text) + "".join(f"<li>{escape(item)}</li>" for item in block.items)
    return f"<{block.kind}>{inside}</{block.kind}>"


def _blocks(part: str, values: Mapping[str, Value]) -> Iterator[Block]:
    lines = [line.strip() for line in part.splitlines()]
    for kind, same in groupby(lines, _kind):
        if kind == "h2":
            yield from (Block(kind, fill(line[2:], values)) for line in same)
        elif kind == "p":
            yield Block(kind, fill(" ".join(same), values).strip())
        else:
            items = [item for line in same for item in _items(line.split(" ", 1)[1], values)]
            yield Block(kind, items=tuple(items))


def _kind(line: str) -> str:
    if line.startswith("# "):
        return "h2"
    if line.startswith("* "):
        return "ul"
    return "ol" if re.match(r"\d+\. ", line) else "p"


def _items(text: str, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield one item, or one for each value of a list that stands alone."""
    alone = PATTERN.fullmatch(text.strip())
    held = values.get(canonical(alone[1])) if alone and alone[2] is None else None
    if held is not None and not isinstance(held, str):
        yield from held
    elif filled := fill(text, values).strip():
        yield filled
