"""What a workbook holds that nobody sees on opening it. Pure; runs in the reader's process."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from breaches.leaks.containers import BROKEN
from breaches.leaks.folded import Folded, times
from breaches.leaks.parts import sheets

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
    "data_models": "data models (whole copies of tables behind a summary)",
    "connections": "connections to databases or other sources",
    "chart_values": "values kept in charts",
    "drawing_texts": "pieces of text in text boxes and drawings",
    "custom_xml": "parts that other programs have put into the file (custom XML)",
    "embedded": "embedded files and pictures",
    "macros": "macros (never run here)",
    "unreadable_parts": "parts that are damaged and could not be looked into",
    "custom_properties": "document properties that an office has added",
    "properties": "document properties that name a person or an office",
}
HIDDEN = rb"""hidden\s*=\s*["'](?:1|true)["']"""
ROW = rb"<(?:\w+:)?row\b[^>]*\s(?:" + HIDDEN + rb"""|ht\s*=\s*["']0(?:\.0*)?["'])"""
COLUMN = rb"<(?:\w+:)?col\b[^>]*\s(?:" + HIDDEN + rb"""|width\s*=\s*["']0(?:\.0*)?["'])[^>]*>"""
ZERO_HEIGHT = rb"""<(?:\w+:)?sheetFormatPr\b[^>]*\szeroHeight\s*=\s*["'](?:1|true)["']"""
# Hidden where rows are, unless they say otherwise.
BARE_ROW = re.compile(rb"<(?:\w+:)?row\b(?![^>]*\s(?:hidden|ht)\s*=)[^>]*>")
OPEN = rb"""<table:table-%s\b[^>]*table:visibility\s*=\s*["']%s["'][^>]*>"""
TAGS = {
    "xl/worksheets/": {
        "hidden_rows": ROW,
        "hidden_columns": COLUMN,
        "_zero_height": ZERO_HEIGHT,
        "filters": rb"<(?:\w+:)?autoFilter\b",
        "merged_cells": rb"<(?:\w+:)?mergeCell\b",
        "formulas": rb"<(?:\w+:)?f\b",
        "_criteria": rb"<(?:\w+:)?filterColumn\b",
    },
    "xl/tables/": {"filters": rb"<(?:\w+:)?autoFilter\b"},
    "xl/pivotCache/pivotCacheDefinition": {"pivot_caches": rb"<(?:\w+:)?pivotCacheDefinition\b"},
    "xl/pivotCache/pivotCacheRecords": {"pivot_records": rb"<(?:\w+:)?r\b"},
    "xl/comments": {"comments": rb"<(?:\w+:)?comment\b"},
    "xl/threadedComments/": {
        "_threads": rb"<(?:\w+:)?threadedComment\b(?![^>]*\sparentId\s*=)",
        "_replies": rb"<(?:\w+:)?threadedComment\b[^>]*\sparentId\s*=",
    },
    "xl/connections.xml": {"connections": rb"<(?:\w+:)?connection\b"},
    "xl/drawings/drawing": {"drawing_texts": rb"<(?:\w+:)?t\b[^>]*>[^<]"},
    "xl/charts/": {"chart_values": rb"<(?:\w+:)?pt\b"},
    "xl/persons/": {"properties": rb"<(?:\w+:)?person\b"},
    "docProps/custom.xml": {"custom_properties": rb"<(?:\w+:)?property\b"},
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
        "hidden_rows": OPEN % (b"row", b"collapse"),
        "filtered_rows": OPEN % (b"row", b"filter"),
        "hidden_columns": OPEN % (b"column", b"collapse"),
        "filters": rb"<table:filter\b|<table:database-range\b[^>]*display-filter-buttons",
        "comments": rb"<office:annotation\b(?!-)",
        "defined_names": rb"<table:named-(?:range|expression)\b",
        "merged_cells": rb'<table:table-cell\b[^>]*number-(?:columns|rows)-spanned="(?!1")',
        "formulas": rb"<table:table-cell\b[^>]*table:formula=",
        "external_links": rb"<table:table-source\b",
        "drawing_texts": rb"<draw:text-box\b",
        "revisions": rb"<table:(?:cell-content-change|insertion|deletion|movement)\b",
    },
    "meta.xml": {"properties": rb"<(?:dc:creator|meta:initial-creator|meta:printed-by)>[^<]"},
}
SHEET = re.compile(r"xl/(?:work|macro)sheets/[^/]+\.xml")
SPAN = re.compile(rb"""\s(min|max)\s*=\s*["'](\d{1,7})["']""")
# One of these stands wherever such a tag does, and is found in a fraction of the time.
CLUES = {
    "hidden_rows": (b"hidden", b' ht="0', b" ht='0"),
    "hidden_columns": (b" max",),
    "_zero_height": (b"zeroHeight",),
    "filters": (b"autoFilter",),
    "merged_cells": (b"mergeCell",),
    "formulas": (b"<f", b":f"),
    "_criteria": (b"filterColumn",),
}
OPEN_CLUES = {
    "hidden_rows": (b"collapse",),
    "hidden_columns": (b"collapse",),
    "filtered_rows": (b"filter",),
    "filters": (b"table:filter", b"display-filter-buttons"),
    "merged_cells": (b"-spanned=",),
    "formulas": (b":formula",),
    "drawing_texts": (b"draw:text-box",),
}
ANY = (b"<",)
MEMBERS = {
    "embedded": re.compile(r"xl/(embeddings|media)/.|Pictures/.|Object \d+/content\.xml"),
    "macros": re.compile(r"xl/vbaProject\.bin|Basic/.*\.xml"),
    "revisions": re.compile(r"Versions/.+"),
    "data_models": re.compile(r"xl/model/.+"),
    "custom_xml": re.compile(r"customXml/item\d*\.xml"),
}


def count_hidden(archive: zipfile.ZipFile) -> dict[str, int]:
    """Count what is hidden in an XLSX or ODS workbook whose directory has been checked."""
    found: Counter[str] = Counter()
    for name in archive.namelist():
        found.update(kind for kind, of in MEMBERS.items() if of.match(name))
        if patterns := dict(_patterns(name)):
            found += _counted(archive, name, patterns)
    # Excel writes a plain comment beside each thread of them, for programs that know no threads.
    found["comments"] = max(found["comments"], found["_threads"]) + found["_replies"]
    found["orphans"] += orphans(archive)
    return {kind: count for kind, count in found.items() if count and kind in KINDS}


def orphans(archive: zipfile.ZipFile) -> int:
    """Count sheets that the workbook does not list, and parts that are there twice."""
    names = archive.namelist()
    twice = len(names) - len(set(names))
    try:
        listed = sheets(archive)
    except (KeyError, *BROKEN):
        return twice
    return twice + len(set(filter(SHEET.fullmatch, names)).difference(listed))


def _counted(archive: zipfile.ZipFile, name: str, patterns: dict[str, bytes]) -> Counter[str]:
    found: Counter[str] = Counter()
    folded, clues = Folded(), OPEN_CLUES if name == "content.xml" else CLUES
    try:
        for text in _tags(archive, name):
            for kind, of in patterns.items():
                if holds_one(text, clues.get(kind, ANY)):
                    found[kind] += sum(map(_times, re.findall(of, text)))
            if found["_zero_height"]:
                found["hidden_rows"] += len(BARE_ROW.findall(text))
            if name == "content.xml":
                found += folded.add(text)
    except BROKEN:
        return Counter(unreadable_parts=1)
    if found["_criteria"]:
        found["filtered_rows"] = found.pop("hidden_rows")
    return found


def holds_one(text: bytes, clues: tuple[bytes, ...]) -> bool:
    """Say whether any of some bytes stands in a text."""
    return any(clue in text for clue in clues)


def _times(tag: bytes) -> int:
    """Return for how many rows or columns one tag stands."""
    if not tag.endswith(b">"):
        return 1
    span = dict(SPAN.findall(tag))
    if len(span) == 2:
        return max(1, int(span[b"max"]) - int(span[b"min"]) + 1)
    return times(tag)


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
