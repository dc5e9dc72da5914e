"""`./run read FILE [--json]`: say what is in a spreadsheet; the database is not touched."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from breaches.leaks.hidden import KINDS
from breaches.leaks.inspection import Found, inspect
from breaches.leaks.tabular import Unreadable, read


class Command(BaseCommand):
    """Parse, one look, print."""

    help = "Say what is in a leaked spreadsheet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether to print JSON."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        try:
            found = inspect(read([options["file"].read_bytes()]))
        except (Unreadable, OSError) as problem:
            raise CommandError(str(problem)) from problem
        report = _report(found)
        text = (
            json.dumps(report, ensure_ascii=False, indent=2) if options["json"] else _prose(report)
        )
        self.stdout.write(text)


def _report(found: Found) -> dict[str, Any]:
    return {
        "sheet": found.sheet + 1,
        "header_row": found.header_row,
        "rows": found.rows,
        "hidden": found.hidden,
        "columns": [
            {
                "position": column.position + 1,
                "header": column.header,
                "element": column.element,
                "fitting": round(column.fitting, 3),
                "filled": column.filled,
            }
            for column in found.columns
        ],
    }


def _prose(report: dict[str, Any]) -> str:
    lines = [f"{count} {KINDS[kind]}" for kind, count in report["hidden"].items()]
    where = f"sheet {report['sheet']}, header in row {report['header_row']}"
    lines.append(f"{report['rows']} rows on {where}")
    lines += [
        f"{column['position']:>4} {column['header']} = {column['element'] or 'not known'}"
        f" ({column['fitting']:.0%} fit, {column['filled']} filled)"
        for column in report["columns"]
    ]
    return "\n".join(lines)
