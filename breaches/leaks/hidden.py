"""What a workbook holds that nobody sees on opening it. Pure; runs in the reader's process."""

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

KINDS = {
    "hidden_sheets": "hidden sheets",
    "hidden_sheet_rows": "rows on hidden sheets",
    "other_sheet_rows": "rows on other sheets, which were not taken in",
    "hidden_rows": "hidden rows",
    "hidden_columns": "hidden columns",
    "filters": "filters, which hide rows from view",
    "pivot_caches": "pivot caches (copies of a table behind a summary)",
    "pivot_records": "rows in pivot caches",
    "comments": "comments",
    "defined_names": "defined names",
    "external_links": "links to other files, with copies of their cells",
    "merged_cells": "merged cells",
    "unreadable_parts": "parts that are damaged and could not be looked into",
    "properties": "document properties that name a person or an office",
}
# What zipfile raises for a damaged, encrypted or oddly packed member.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(OSError, ValueError, struct.error),
)

TAGS = {
    "worksheets/": {
        "hidden_rows": rb'<(?:\w+:)?row\b[^>]*\shidden="(?:1|true)"',
        "hidden_columns": rb'<(?:\w+:)?col\b[^>]*\shidden="(?:1|true)"',
        "filters": rb"<(?:\w+:)?autoFilter\b",
        "merged_cells": rb"<(?:\w+:)?mergeCell\b",
    },
    "tables/": {"filters": rb"<(?:\w+:)?autoFilter\b"},
    "pivotCache/pivotCacheDefinition": {"pivot_caches": rb"<(?:\w+:)?pivotCacheDefinition\b"},
    "pivotCache/pivotCacheRecords": {"pivot_records": rb"<(?:\w+:)?r\b"},
    "comments": {"comments": rb"<(?:\w+:)?comment\b"},
    "threadedComments/": {"comments": rb"<(?:\w+:)?threadedComment\b"},
    "externalLinks/externalLink": {"external_links": rb"<(?:\w+:)?externalLink\b"},
    "workbook.xml": {"defined_names": rb'<(?:\w+:)?definedName\b(?![^>]*name="_xlnm\.)'},
}
PROPERTIES = rb"<(?:\w+:)?(?:creator|lastModifiedBy|Company|Manager)\b[^>]*>[^<]"


def count_hidden(content: bytes) -> dict[str, int]:
    """Count what is hidden in an XLSX workbook whose directory has been checked."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if patterns := dict(_patterns(name)):
                found += _counted(archive, name, patterns)
    return dict(found)


def _counted(archive: zipfile.ZipFile, name: str, patterns: dict[str, bytes]) -> Counter[str]:
    try:
        text = archive.read(name)
    except BROKEN:
        return Counter(unreadable_parts=1)
    return Counter({kind: len(re.findall(of, text)) for kind, of in patterns.items()})


def _patterns(name: str) -> Iterator[tuple[str, bytes]]:
    if name.startswith("docProps/"):
        yield "properties", PROPERTIES
    for start, patterns in TAGS.items():
        if name.startswith(f"xl/{start}") and not name.endswith(".rels"):
            yield from patterns.items()
