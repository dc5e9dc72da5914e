"""`./run read FILE [--json]`: say what is in a spreadsheet; the database is not touched."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from breaches.leaks.encodings import DELIMITERS, ENCODINGS
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
        parser.add_argument("--delimiter", default="", help="such as ; or tab; else as it looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        wish = Wish(
            _one_of(ENCODINGS, options["encoding"], "encoding"),
            _one_of(DELIMITERS, options["delimiter"], "delimiter"),
        )
        content = _content(options["file"])
        try:
            found = report(lambda: read([content], wish), timezone.now().date())
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        text = json.dumps(found, ensure_ascii=False, indent=2) if options["json"] else prose(found)
        self.stdout.write(text)


def _one_of(choices: Mapping[str, str], asked: str, what: str) -> str:
    """Return what was asked for, by itself or by its name. Raises CommandError."""
    by_name = {name: one for one, name in choices.items()}
    chosen = by_name.get(asked, asked)
    if chosen and chosen not in choices:
        names = ", ".join(choices if what == "encoding" else by_name)
        raise CommandError(f"There is no such {what}. Choose one of these: {names}.")
    return chosen


def _content(path: Path) -> bytes:
    """Return what is in a file. Raises CommandError."""
    try:
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise CommandError(f"There is no file {path}.") from missing
    except IsADirectoryError as folder:
        raise CommandError(f"{path} is a folder; name one of the files in it.") from folder
    except OSError as problem:
        raise CommandError(f"{path} cannot be opened: {problem.strerror}.") from problem
