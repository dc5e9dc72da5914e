"""Texts that are no tables, and what to do instead. Pure."""

import re

from breaches.leaks.lines import Unreadable

KINDS = {
    r"%PDF": "This is a PDF. Ask for the spreadsheet it was made from.",
    r"<!doctype html|<html|<table": "This is a web page. Open it in a spreadsheet program "
    "and save the table as XLSX.",
    r"<\?xml": "This is XML. Open it in a spreadsheet program and save it as XLSX.",
    r"\{\\rtf": "This is a text document. Ask for the spreadsheet it was made from.",
}
DUMP = "This is a SQL dump. Restore it into an empty database and hand in each table as CSV."
STATEMENT = r"(?:(?:CREATE|ALTER|DROP) TABLE|(?:INSERT|REPLACE) INTO|COPY \S+ .*FROM stdin)\b"
BEGINS = re.compile(STATEMENT, re.I)
ANYWHERE = re.compile(rf"^[ \t]*{STATEMENT}", re.I | re.M)
COMMENTS = re.compile(r"(?:\s|--[^\n]*+|/\*[\s\S]*?\*/;?)*+")
# What stands in a dump before the first of these.
BEFORE = re.compile(
    r"--|/\*|#|\\|(?:SET|USE|CREATE|INSERT|ALTER|DROP|BEGIN|START|PRAGMA|LOCK)\b", re.I
)


def refuse_other_texts(start: str) -> None:
    """Refuse what begins like a text of another kind. Raises Unreadable."""
    start = start.lstrip()
    for pattern, words in KINDS.items():
        if re.match(pattern, start, re.IGNORECASE):
            raise Unreadable(words)
    if _is_dump(start):
        raise Unreadable(DUMP)


def _is_dump(start: str) -> bool:
    """Say whether a text begins as a SQL dump does, comments first and for however long."""
    comments = COMMENTS.match(start)
    rest = start[comments.end() :] if comments else start
    if start.startswith(("--", "/*")) and (not rest.strip("-") or rest.startswith("/*")):
        return True  # nothing but comments, the last of them cut off
    return bool(BEGINS.match(rest) or (BEFORE.match(start) and ANYWHERE.search(start)))
