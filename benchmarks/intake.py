"""A leaked file from upload to sealed rows, beside a plain loop into plaintext rows.

    python benchmarks/intake.py                 CSV of 10 k, 100 k and 1 M rows, XLSX of 200 k
    python benchmarks/intake.py csv 5000000     one size of one kind

The peer reads the same file with `csv` or python-calamine in one loop and stores what it reads
with bulk_create, a column a field, nothing sealed, nothing looked at. Both run in a process of
their own, one after the other, on SQLite, made anew.
Ours finds the tables, suggests what columns hold, lists doubtful cells, counts people, and seals.
"""

import csv
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

SIDES = Path(__file__).parent / "intake_sides.py"

SIZES = [("csv", 10_000), ("csv", 100_000), ("csv", 1_000_000), ("xlsx", 200_000)]
HEAD = (
    *("A-Number", "Last Name", "First Name", "DOB", "Nationality"),
    *("Detention Facility", "Fear Result", "Attorney"),
)


def people(number: int) -> Iterator[list[str]]:
    """Yield invented rows, 18 for every 10 people."""
    dice = Random(number)
    for row in range(number):
        one = row if row % 9 else row // 2
        born = f"{dice.randrange(1950, 2008)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        yield [
            f"A{one:09}", f"Doe{one % 5003}", f"Ada{one % 701}", born,
            dice.choice(("Cuba", "Peru", "Chad", "Nepal")), f"Facility {dice.randrange(90)}",
            dice.choice(("positive", "negative", "")), f"Counsel {dice.randrange(400)}",
        ]  # fmt: skip


def write(kind: str, number: int, path: Path) -> None:
    """Write the file that both read."""
    if kind == "csv":
        with path.open("w", newline="") as out:
            csv.writer(out).writerows([HEAD])
            csv.writer(out).writerows(people(number))
        return
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("list")
    sheet.append(HEAD)
    for row in people(number):
        sheet.append(row)
    book.save(path)


def measured(role: str, path: Path) -> dict[str, Any]:
    """Return the figures of one role, from a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o700)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": folder,
            "SECRET_KEY": secrets.token_hex(32),
            "MASTER_KEY": secrets.token_hex(32),
        }
        command = [sys.executable, str(SIDES), role, str(path)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def compare(kind: str, number: int) -> None:
    """Print one line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{kind}"
        write(kind, number, path)
        size = path.stat().st_size >> 20
        plain, sealed = measured("peer", path), measured("ours", path)
    assert plain["rows"] == sealed["rows"] == number
    steps = ", ".join(f"{step} {sealed[step]:.1f}" for step in ("receive", "look", "seal"))
    print(
        f"{kind} {number:>9,} rows {size:>4} MB | plain {plain['seconds']:7.1f} s "
        f"{number / plain['seconds']:>8,.0f}/s {plain['MB']:>4} MB | "
        f"sealed {sealed['seconds']:7.1f} s ({steps}) {number / sealed['seconds']:>8,.0f}/s "
        f"{sealed['MB']:>4} MB, reader {sealed['MB of the reader']} MB | "
        f"{sealed['people']:,} people | whole {sealed['seconds'] / plain['seconds']:.2f}x, "
        f"seal {sealed['seal'] / plain['seconds']:.2f}x, CPU {sealed['CPU'] / plain['CPU']:.2f}x",
        flush=True,
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        compare(sys.argv[1], int(sys.argv[2]))
    else:
        for kind, number in SIZES:
            compare(kind, number)
