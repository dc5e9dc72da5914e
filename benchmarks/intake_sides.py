"""The two sides of benchmarks/intake.py, each run in a process of its own: SIDE FILE

Prints its figures as JSON.
"""
# ruff: noqa: E402  (Django is set up before its models are imported)

import csv
import json
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
django.setup()

import python_calamine
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from breaches.leaks import actions, queries
from tests.factories import make_incident, make_user

PIECE = 2000


def rows_of(path: Path) -> Iterator[list[str]]:
    """Yield the rows as the peer reads them."""
    if path.suffix == ".csv":
        with path.open(newline="") as file:
            yield from csv.reader(file)
        return
    book = python_calamine.CalamineWorkbook.from_path(path)
    yield from book.get_sheet_by_index(0).iter_rows()


def peer(path: Path) -> dict[str, Any]:
    """Store every row in plain text in one loop."""
    started = time.monotonic()
    rows = rows_of(path)
    width = len(next(rows))
    plain = plain_model(width)
    while piece := list(islice(rows, PIECE)):
        plain._default_manager.bulk_create(
            [plain(**{f"column_{n}": cell for n, cell in enumerate(row)}) for row in piece]
        )
    return {"seconds": time.monotonic() - started, "rows": plain._default_manager.count()}


def plain_model(width: int) -> type[models.Model]:
    """Return a table with a column a field, made in the database."""
    fields = {f"column_{n}": models.TextField() for n in range(width)}
    plain = type("Plain", (models.Model,), {"__module__": "breaches.models", **fields})
    with connection.schema_editor() as editor:
        editor.create_model(plain)
    return plain


class Upload:
    """A file as a form hands it on."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, a piece at a time."""
        with self.path.open("rb") as file:
            while chunk := file.read(1 << 20):
                yield chunk


def ours(path: Path) -> dict[str, Any]:
    """Take the file in as the product does, without a worker in between."""
    by, at = make_user(), timezone.now()
    started = time.monotonic()
    file = actions.receive_file(
        make_incident(by=by), Upload(path), handed_over_by="x", by=by, at=at
    )
    received = time.monotonic()
    actions.inspect_file(file, at=at)
    looked = time.monotonic()
    elements = {column.key: column.element for column in file.columns.all()}
    actions.confirm_mapping(file, elements, by=by, at=at)
    begun = time.monotonic()
    actions.store_rows(file, at=at)
    ended = time.monotonic()
    return {
        "receive": received - started,
        "look": looked - received,
        "seal": ended - begun,
        "seconds": ended - started,
        "rows": queries.counts_of(file).rows,
        "people": sum(file.people.values()),
    }


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    figures = {"peer": peer, "ours": ours}[sys.argv[1]](Path(sys.argv[2]))
    figures["CPU"] = 0
    for who, name in ((resource.RUSAGE_SELF, "MB"), (resource.RUSAGE_CHILDREN, "MB of the reader")):
        used = resource.getrusage(who)
        figures[name] = used.ru_maxrss // 1024
        figures["CPU"] += used.ru_utime + used.ru_stime
    print(json.dumps(figures))
