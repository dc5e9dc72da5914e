"""What a workbook holds that nobody sees on opening it. Pure; runs in the reader's process."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from breaches.leaks.containers import BROKEN

CHUNK = 1 << 20
KINDS = {
    "hidden_sheets": "hidden sheets",
    "hidden_sheet_rows": "rows on hidden sheets",
    "other_sheet_rows": "rows on other sheets or in other tables than the largest",
    "filters": "filters, which hide rows from view",
    "filtered_rows": "rows hidden by a filter",
    "hidden_rows": "hidden rows",
    "hidden_columns": "hidden columns",
    "pivot_caches": "pivot caches (copies of a table behind a summary)",
    "pivot_records": "rows in pivot caches",
    "external_links": "links to other files",
    "external_rows": "rows copied from other files",
    "comments": "comments",
    "formulas": "cells with formulas (never worked out here; the saved value is read)",
    "defined_names": "defined names",
    "merged_cells": "merged cells",
    "revisions": "changes of earlier versions that were kept",
    "orphans": "sheets or parts that are in the file but in no list of contents",
    "embedded": "embedded files and pictures",
    "macros": "macros (never run here)",
    "unreadable_parts": "parts that are damaged and could not be looked into",
    "properties": "document properties that name a person or an office",
}
ROW = rb'<(?:\w+:)?row\b[^>]*\shidden="(?:1|true)"'
TAGS = {
    "xl/worksheets/": {
        "hidden_rows": ROW,
        "hidden_columns": rb'<(?:\w+:)?col\b[^>]*\shidden="(?:1|true)"',
        "filters": rb"<(?:\w+:)?autoFilter\b",
        "merged_cells": rb"<(?:\w+:)?mergeCell\b",
        "formulas": rb"<(?:\w+:)?f\b",
        "_criteria": rb"<(?:\w+:)?filterColumn\b",
    },
    "xl/tables/": {"filters": rb"<(?:\w+:)?autoFilter\b"},
    "xl/pivotCache/pivotCacheDefinition": {"pivot_caches": rb"<(?:\w+:)?pivotCacheDefinition\b"},
    "xl/pivotCache/pivotCacheRecords": {"pivot_records": rb"<(?:\w+:)?r\b"},
    "xl/comments": {"comments": rb"<(?:\w+:)?comment\b"},
    "xl/threadedComments/": {"comments": rb"<(?:\w+:)?threadedComment\b"},
    "xl/externalLinks/externalLink": {
        "external_links": rb"<(?:\w+:)?externalLink\b",
        "external_rows": rb"<(?:\w+:)?row\b",
    },
    "xl/revisions/revisionLog": {"revisions": rb"<(?:\w+:)?r(?:cc|rc|m|fmt|is)\b"},
    "xl/workbook.xml": {"defined_names": rb'<(?:\w+:)?definedName\b(?![^>]*name="_xlnm\.)'},
    "docProps/": {
        "properties": rb"<(?:\w+:)?(?:creator|lastModifiedBy|Company|Manager)\b[^>]*>[^<]"
    },
    "content.xml": {
        "hidden_rows": rb'<table:table-row\b[^>]*table:visibility="collapse"[^>]*>',
        "filtered_rows": rb'<table:table-row\b[^>]*table:visibility="filter"[^>]*>',
        "hidden_columns": rb'<table:table-column\b[^>]*table:visibility="collapse"[^>]*>',
        "filters": rb"<table:filter\b|<table:database-range\b[^>]*display-filter-buttons",
        "comments": rb"<office:annotation\b(?!-)",
        "defined_names": rb"<table:named-(?:range|expression)\b",
        "merged_cells": rb'<table:table-cell\b[^>]*number-(?:columns|rows)-spanned="(?!1")',
        "formulas": rb"<table:table-cell\b[^>]*table:formula=",
        "external_links": rb"<table:table-source\b",
        "revisions": rb"<table:(?:cell-content-change|insertion|deletion|movement)\b",
    },
    "meta.xml": {"properties": rb"<(?:dc:creator|meta:initial-creator|meta:printed-by)>[^<]"},
}
# One of these stands wherever such a tag does, and is found in a fraction of the time.
CLUES = {
    "hidden_rows": (b"hidden=", b'"collapse"'),
    "hidden_columns": (b"hidden=", b'"collapse"'),
    "filters": (b"autoFilter", b"table:filter", b"display-filter-buttons"),
    "filtered_rows": (b'"filter"',),
    "merged_cells": (b"mergeCell", b"-spanned="),
    "formulas": (b"<f", b":f"),
    "_criteria": (b"filterColumn",),
}
MEMBERS = {
    "embedded": re.compile(r"xl/(embeddings|media)/.|Pictures/.|Object \d+/content\.xml"),
    "macros": re.compile(r"xl/vbaProject\.bin|Basic/.*\.xml"),
    "revisions": re.compile(r"Versions/.+"),
}


def count_hidden(archive: zipfile.ZipFile) -> dict[str, int]:
    """Count what is hidden in an XLSX or ODS workbook whose directory has been checked."""
    found: Counter[str] = Counter()
    for name in archive.namelist():
        found.update(kind for kind, of in MEMBERS.items() if of.match(name))
        if patterns := dict(_patterns(name)):
            found += _counted(archive, name, patterns)
    found["orphans"] += orphans(archive)
    return {kind: count for kind, count in found.items() if count and kind in KINDS}


def orphans(archive: zipfile.ZipFile) -> int:
    """Count sheets that the workbook does not list, and parts that are there twice."""
    names = archive.namelist()
    twice = len(names) - len(set(names))
    listing = "xl/_rels/workbook.xml.rels"
    if listing not in names:
        return twice
    try:
        listed = archive.read(listing)
    except BROKEN:
        return twice
    sheets = [name for name in set(names) if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
    return twice + sum(name.rpartition("/")[2].encode() not in listed for name in sheets)


def _counted(archive: zipfile.ZipFile, name: str, patterns: dict[str, bytes]) -> Counter[str]:
    found: Counter[str] = Counter()
    try:
        for text in _tags(archive, name):
            for kind, of in patterns.items():
                if holds_one(text, CLUES.get(kind, (b"<",))):
                    found[kind] += sum(map(_times, re.findall(of, text)))
    except BROKEN:
        return Counter(unreadable_parts=1)
    if found["_criteria"]:
        found["filtered_rows"] = found.pop("hidden_rows")
    return found


def holds_one(text: bytes, clues: tuple[bytes, ...]) -> bool:
    """Say whether any of some bytes stands in a text."""
    return any(clue in text for clue in clues)


def _times(tag: bytes) -> int:
    """Return for how many rows or columns one tag stands: OpenDocument repeats like ones."""
    repeated = re.search(rb'number-(?:rows|columns)-repeated="(\d{1,7})"', tag)
    return int(repeated[1]) if repeated else 1


def _tags(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a member in pieces, none of which ends within a tag."""
    rest = b""
    with archive.open(name) as file:
        while chunk := file.read(CHUNK):
            text = rest + chunk
            end = text.rfind(b"<") if text.count(b"<") else len(text)
            yield text[:end]
            rest = text[end:][-CHUNK:]
    yield rest


def _patterns(name: str) -> Iterator[tuple[str, bytes]]:
    for start, patterns in TAGS.items():
        if name.startswith(start) and not name.endswith(".rels"):
            yield from patterns.items()
