"""Writing a CSV that appears whole or not at all. Pure."""

import csv
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

STDOUT = 1


def is_stdout(path: Path) -> bool:
    """Say whether a path is where this process prints to. Raises OSError."""
    return path.exists() and os.path.samestat(path.stat(), os.fstat(STDOUT))


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """Open a file that takes its place only once it is written. Raises OSError.

    What is no file, such as a pipe, is written as it comes.
    """
    if is_stdout(path):  # opened anew, a file would be overwritten from its beginning
        with open(os.dup(STDOUT), "w", newline="", encoding="utf-8") as file:
            yield file
    elif path.exists() and not path.is_file():
        with path.open("w", newline="", encoding="utf-8") as file:
            yield file
    else:
        with _beside(path.resolve()) as file:
            yield file


@contextmanager
def _beside(path: Path) -> Iterator[TextIO]:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        file = part.open("x", newline="", encoding="utf-8")
    except OSError as fault:  # which names a path that nobody asked for
        raise OSError(fault.errno, fault.strerror, str(path)) from fault
    try:
        with file:
            if path.exists():
                shutil.copymode(path, part)
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write(file: TextIO, header: list[str], lines: Iterable[list[object]]) -> None:
    """Write a CSV into an open file. Raises OSError."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(header)
    out.writerows(lines)
