"""`./run read FILE [--json]`: say what is in a spreadsheet; the database is not touched."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from breaches.leaks.report import prose, report
from breaches.leaks.tabular import Unreadable, read
from breaches.leaks.texts import Wish


class Command(BaseCommand):
    """Parse, one look, print."""

    help = "Say what is in a leaked spreadsheet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, how to read it, and whether to print JSON."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--encoding", default="", help="such as cp1252; else as it looks")
        parser.add_argument("--delimiter", default="", help="such as ;; else as it looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        wish = Wish(options["encoding"], options["delimiter"])
        try:
            content = options["file"].read_bytes()
            found = report(lambda: read([content], wish), timezone.now().date())
        except (Unreadable, OSError) as problem:
            raise CommandError(str(problem)) from problem
        text = json.dumps(found, ensure_ascii=False, indent=2) if options["json"] else prose(found)
        self.stdout.write(text)
