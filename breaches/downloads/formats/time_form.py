"""Times that a LogFormat string writes by a form of strftime(3). Pure."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from breaches.downloads.formats.compiled import Unusable
from breaches.downloads.formats.line import NotALine

# What strftime knows and Python's strptime does not.
SHORT = {
    "T": "%H:%M:%S",
    "F": "%Y-%m-%d",
    "D": "%m/%d/%y",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "c": "%a %b %d %H:%M:%S %Y",
    "e": "%d",
    "h": "%b",
}
SHAPES = {
    **dict.fromkeys("mdyHIMS", r"[ \d]?\d"),
    **dict.fromkeys("aAbB", "[A-Za-z]+"),
    "Y": r"\d{4}",
    "j": r"\d{3}",
    "p": "[AaPp][Mm]",
    "z": r"[+-]\d{4}",
    "%": "%",
}


def expanded(form: str) -> str:
    """Return the form in the directives that strptime knows. Raises Unusable."""
    form = re.sub("%(.)", lambda found: SHORT.get(found[1], found[0]), form)
    found = re.findall("%(.?)", form)
    if unknown := set(found) - set(SHAPES):
        raise Unusable(f"The time holds a directive that is not known: %{min(unknown)}")
    if len(set(found)) < len(found):
        raise Unusable("The time says the same thing twice.")
    return form


def adds(form: str, forms: Sequence[str]) -> bool:
    """Say whether a form says something of the time that none of the others says."""
    return not set(re.findall("%.", form)) & set(re.findall("%.", "".join(forms)))


def shape_of(form: str) -> str:
    """Return the regular expression of an expanded form."""
    parts = re.split("%(.)", form)
    return "".join(SHAPES[part] if number % 2 else re.escape(part)
                   for number, part in enumerate(parts))  # fmt: skip


def read(text: str, form: str) -> str:
    """Return the ISO time of a text by its expanded form; no zone means UTC. Raises NotALine."""
    try:
        at = datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError as fault:
        raise NotALine("time") from fault
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
