"""Link two CSV files, or find the duplicates inside one, without the database."""

import os
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from breaches.matching.linkage import linking, mapping, output, tables
from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.files import Files, prepare
from breaches.matching.linkage.linked import Linked
from breaches.matching.linkage.linking import LEAST

ENGINES = {  # of requirements-scale.txt: the packages that each needs, and where it is
    "splink": (("splink", "duckdb"), "breaches.matching.linkage.duckdb_engine"),
    "spark": (("splink", "duckdb", "pyspark"), "breaches.matching.linkage.spark_engine"),
}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("left", type=Path, help="a CSV file")
        parser.add_argument("right", type=Path, nargs="?", help="another; none with --dedupe")
        parser.add_argument("--map", type=Path, required=True, help="TOML: which column is what")
        parser.add_argument("--out", type=Path, required=True, help="the CSV of pairs to write")
        parser.add_argument("--dedupe", action="store_true", help="duplicates inside LEFT")
        parser.add_argument("--engine", choices=["own", *ENGINES], default="own")

    def handle(self, *args: Any, **options: Any) -> None:
        left, right = options["left"], options["right"]
        if options["dedupe"] == bool(right):
            raise CommandError("Name two files, or one file with --dedupe.")
        engine, out = _engine(options["engine"]), options["out"]
        try:
            _refuse_to_overwrite(out, [left, options["map"], *([right] if right else [])])
            here, there = mapping.read(_text(options["map"]))
            one = self._table(left, here)
            other = self._table(right, there) if right else None
            ids = one[here.id], (other or one)[there.id if other else here.id]
            summary_to = self.stderr if output.is_stdout(out) else self.stdout
            with output.whole(out) as file:  # before the work, to know that it can be written
                found = engine(prepare(one, here, other, there))
                header = ["left_id", "right_id", "posterior", "weight", "auto", *found.labels]
                output.write(file, header, _lines(found, *ids))
        except mapping.BadMap as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(f"{fault.filename or out}: {fault.strerror or fault}.") from fault
        summary_to.write(_summary(found, len(ids[0]), len(ids[1]) if other else 0))

    def _table(self, path: Path, columns: mapping.Mapping) -> Table:
        """Return the mapped columns; say what is doubtful. Raises BadMap when there is no row."""
        table, doubts = tables.read(path, columns)
        if not table[columns.id]:
            raise mapping.BadMap(f"{path.name} has a header and no rows: there is nothing to link.")
        for doubt in doubts:
            self.stderr.write(doubt)
        return table


def _refuse_to_overwrite(out: Path, inputs: list[Path]) -> None:
    """Raise CommandError when the output is an input, by whatever name."""
    for path in inputs:
        if out.is_file() and path.exists() and out.samefile(path):
            raise CommandError(f"--out is {path.name}, which is read: name another file.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise mapping.BadMap(f"{path.name} is not UTF-8 text: save it in UTF-8.") from fault


def _engine(name: str) -> Callable[[Files], Linked]:
    """Return what links two files. Raises CommandError when something for it is missing."""
    if name == "own":
        return linking.link
    packages, module = ENGINES[name]
    missing = [package for package in packages if not find_spec(package)]
    if missing:
        raise CommandError(
            f"The {name} engine needs {' and '.join(missing)}: pip install -r "
            "requirements-scale.txt. The built-in engine needs nothing more: --engine own."
        )
    if name == "spark" and not (which("java") or "JAVA_HOME" in os.environ):
        raise CommandError(
            "The spark engine needs Java 17: apt-get install openjdk-17-jre-headless. "
            "The built-in engine needs nothing more: --engine own."
        )
    found: Callable[[Files], Linked] = import_module(module).link
    return found


def _lines(found: Linked, left: list[str], right: list[str]) -> Iterator[list[object]]:
    for pair, bits in enumerate(found.bits.tolist()):
        yield [
            *(left[found.rows[pair]], right[found.others[pair]]),
            *(f"{found.posterior[pair]:.6f}", f"{found.weight[pair]:.3f}"),
            int(found.is_auto[pair]),
            *(f"{one:.3f}" for one in bits),
        ]


def _summary(found: Linked, left: int, right: int) -> str:
    auto, review = int(found.is_auto.sum()), found.in_review
    return "\n".join(
        (
            f"rows: {left:,}" + (f" and {right:,}" if right else ""),
            f"pairs blocked: {found.blocked:,} ({found.unused_keys:,} keys too common to use)",
            f"pairs scored: {found.scored:,}",
            f"estimated prior: {found.prior:.3g}",
            f"auto: {auto:,}",
            f"review: {review:,}",
            f"rejected: {found.scored - auto - review:,} (below {LEAST} not written)",
        )
    )
