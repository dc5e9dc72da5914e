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
    "contact_name": "who answers questions",
    "contact_phone": "their telephone",
    "contact_address": "their postal address",
}
PATTERN = re.compile(r"\(\(([^()]*?)(?:\?\?((?:[^()]|\([^()]+\))*))?\)\)")


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


def to_html(text: str, values: Mapping[str, Value]) -> str:
    """Return a wording as HTML of headings, paragraphs and lists, with every value escaped."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return "\n".join(html for block in blocks for html in _block(block, values) if html)


def _block(block: str, values: Mapping[str, Value]) -> Iterator[str]:
    lines = [line.strip() for line in block.splitlines()]
    while lines and lines[0].startswith("# "):
        yield f"<h2>{_filled(lines.pop(0)[2:], values)}</h2>"
    while lines:
        kind = _kind(lines[0])
        same = list(_leading(lines, kind))
        del lines[: len(same)]
        if kind == "p":
            yield _paragraph(" ".join(same), values)
        else:
            yield _list(kind, same, values)


def _kind(line: str) -> str:
    if line.startswith("* "):
        return "ul"
    return "ol" if re.match(r"\d+\. ", line) else "p"


def _leading(lines: Sequence[str], kind: str) -> Iterator[str]:
    for line in lines:
        if _kind(line) != kind:
            return
        yield line


def _paragraph(text: str, values: Mapping[str, Value]) -> str:
    filled = _filled(text, values).strip()
    return f"<p>{filled}</p>" if filled else ""


def _list(kind: str, lines: Sequence[str], values: Mapping[str, Value]) -> str:
    items = [item for line in lines for item in _items(line.split(" ", 1)[1], values)]
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>" if items else ""


def _items(text: str, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield one item, or one for each value of a list that stands alone."""
    alone = PATTERN.fullmatch(text.strip())
    held = values.get(canonical(alone[1])) if alone and alone[2] is None else None
    if held is not None and not isinstance(held, str):
        yield from (escape(value) for value in held)
    elif filled := _filled(text, values).strip():
        yield filled


def _filled(text: str, values: Mapping[str, Value]) -> str:
    return escape(fill(text, values))
