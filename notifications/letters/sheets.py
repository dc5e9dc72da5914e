"""From a notice to the sheet: what is copied when a letter is ordered, and its HTML."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from notifications.letters import glyphs, rules
from notifications.letters.blanks import Blanks, Sheet
from notifications.letters.models import Hold, Letter
from notifications.notices import languages
from notifications.notices.models import Notice
from notifications.wording import fields
from notifications.wording.fields import Value
from notifications.wording.models import TemplateVersion

SENDER_LINES = 4  # what fits above the window


class Fault(NamedTuple):
    """Why a letter cannot be made; the note holds field names and character codes only."""

    hold: Hold
    note: str


def snapshot(
    notice: Notice,
    version: TemplateVersion,
    reference: str,
    values: Mapping[str, Value],
    *,
    at: datetime,
) -> dict[str, Any]:
    """Return everything that will be printed for `notice`, as it stands `at` that local time."""
    incident, route = notice.incident, notice.document
    asked = route.get("inputs", {})
    parts = [part.strip() for part in incident.contact_address.split(",")]
    day = languages.day(at, version.language)
    own = {"reference": reference, "letter_date": day}
    return {
        "lines": [route["addressee"], *route["lines"]],
        "values": {**values, **own},
        "sender": {"name": incident.holder, "lines": [incident.contact_name, *parts]},
        "phone": incident.contact_phone,
        "date": day,
        "is_large_print": bool(asked.get("is_large_print")),
        "needs_interpreter": bool(asked.get("needs_interpreter")),
    }


def fault_in(document: dict[str, Any], version: TemplateVersion) -> Fault | None:
    """Return what stops a letter from being made, if anything does."""
    if gaps := fields.missing(f"{version.subject}\n{version.body}", document["values"]):
        return Fault(Hold.UNDEFINED_FIELD, ", ".join(gaps))
    if not glyphs.address_size(document["lines"]):
        return Fault(Hold.UNPRINTABLE_ADDRESS, "More than 7 lines, or one over 3.25 inches.")
    if codes := glyphs.unprintable([version.subject, version.body, *_texts(document)]):
        return Fault(Hold.MISSING_GLYPH, " ".join(codes)[:200])
    return None


def sheet_of(letter: Letter, document: dict[str, Any]) -> Sheet:
    """Return the whole letter, a blank wherever something of one person alone is printed."""
    blanks = Blanks()
    own = {
        "lines": [blanks.blank(line) for line in document["lines"]],
        "reference": blanks.blank(letter.reference),
        "name": blanks.blank(document["values"].get("name", "")),
    }
    return Sheet(_html(letter, document, own), blanks.own)


def _html(letter: Letter, document: dict[str, Any], own: dict[str, Any]) -> str:
    """Return a letter with `own` in it; every value is escaped."""
    version, is_large = letter.version, letter.is_large_print
    size = glyphs.address_size(document["lines"], is_large=is_large)
    sender, phone = document["sender"], document["phone"]
    words = rules.furniture(letter.language)
    values = {**document["values"], "reference": own["reference"], "name": own["name"]}
    return render_to_string(
        "letters/notice.html",
        {
            "language": letter.language,
            "subject": fields.fill(version.subject, values),
            # Every value in it was escaped one by one.
            "body": mark_safe(fields.to_html(version.body, values)),  # noqa: S308
            "words": words,
            "is_large": is_large,
            "interpreter": words["interpreter"].format(phone=phone)
            if letter.needs_interpreter and phone
            else "",
            "help_in": () if letter.notice.demand_id else rules.HELP_IN,
            "phone": phone,
            "reference": own["reference"],
            "date": document["date"],
            "sender": {"name": sender["name"], "lines": _few(sender, is_large=is_large)},
            "lines": own["lines"],
            "size_class": f" size-{size:.0f}",
        },
    )


def _few(sender: dict[str, Any], *, is_large: bool) -> list[str]:
    """Return the sender's lines that fit above the window, where long ones take two in large."""
    lines = [line for line in sender["lines"] if line][:SENDER_LINES]
    if is_large:
        while lines and sum(map(glyphs.large_lines, [sender["name"], *lines])) > SENDER_LINES + 1:
            lines.pop()
    return lines


def _texts(value: Any) -> Iterator[str]:
    """Yield every text anywhere in a snapshot."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
