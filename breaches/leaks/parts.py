"""Which parts of an XLSX package are the sheets that its workbook lists. Pure."""

import posixpath
import re
import zipfile

SHEET = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*?\s(?:\w+:)?id\s*=\s*["']([^"']+)["'][^>]*>""")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
TOLD = re.compile(rb"""\b(Id|Target)\s*=\s*["']([^"']*)["']""")


def sheets(archive: zipfile.ZipFile) -> list[str]:
    """Return the parts of the sheets in the order of the workbook, "" for one without.

    Raises KeyError for a package without a list, and containers.BROKEN for a damaged one.
    """
    targets = {}
    for tag in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        told = dict(TOLD.findall(tag))
        target = told.get(b"Target", b"").decode("utf-8", "replace")
        targets[told.get(b"Id")] = (
            target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        )
    return [targets.get(one, "") for one in SHEET.findall(archive.read("xl/workbook.xml"))]
