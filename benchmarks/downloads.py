"""How fast one core finds every request for a file in a large access log.

Makes a combined log with planted requests in six spellings, then runs, side by side: our whole
evidence pass (hash, lines, times, prefilter, strict parse), GoAccess, zgrep and rg where they
are installed. Prints CPU seconds and ratios. `python benchmarks/downloads.py [LINES]`
"""

import gzip
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from breaches.downloads.counting import Window
from breaches.downloads.files_report import Question, read_files
from breaches.downloads.grades import Posted
from breaches.downloads.locators import locator

PLANTED = 300
SPELLINGS = (
    *("/files/roster.xlsx", "/files/%72oster.xlsx", "//files//roster.xlsx"),
    *("/./files/x/../roster.xlsx", "http://a.example/files/roster.xlsx", "/files/roster.xlsx?v=2"),
)
AGENTS = [
    f"Mozilla/5.0 (X11; Linux x86_64; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"
    for version in range(60, 110)
]
START = datetime(2022, 11, 28, tzinfo=UTC)


def make_log(path: Path, lines: int) -> None:
    """Write the log; the same bytes for the same number of lines."""
    dice = random.Random(7)
    planted = {lines // PLANTED * n + 1: n for n in range(PLANTED)}
    with path.open("w") as out:
        for number in range(lines):
            at = START + timedelta(seconds=number * 86_400 // lines)
            target, sent = f"/news/{dice.randrange(9_000)}/page-{number % 997}.html", 23_456
            if number in planted:
                target, sent = SPELLINGS[planted[number] % len(SPELLINGS)], 1_000_000
            address = f"{dice.randrange(1, 224)}.{dice.randrange(256)}.{dice.randrange(256)}.7"
            out.write(
                f"{address} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "
                f'"GET {target} HTTP/1.1" 200 {sent} "-" "{AGENTS[number % 50]}"\n'
            )


def ours(path: Path) -> tuple[int, int]:
    """Return lines and hits of the whole evidence pass."""
    question = Question(
        locator("/files/roster.xlsx"), Posted(1_000_000, is_compressible=False), Window(None, None)
    )
    found = read_files([path], question)[0]
    return found.lines, sum(not hit.problem for hit in found.hits)


def cpu_of(command: list[str]) -> float:
    """Return the CPU seconds of a child process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Into a pipe: grep stops at its first match when it writes to /dev/null.
    subprocess.run(command, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own_cpu(path: Path) -> tuple[float, float, str]:
    """Return CPU seconds and MB of memory of our pass in a fresh process, and what it found."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(path)], capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found, memory = done.stdout.rsplit(maxsplit=1)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, int(memory) / 1024, found


def peers(plain: Path, packed: Path) -> dict[str, list[str]]:
    """Return the commands to compare with, of those installed."""
    safe = "roster|%(25)*(3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])"
    known = {
        "goaccess": ["goaccess", str(plain), "--log-format=COMBINED", "-o", "/dev/null.json"],
        "rg": ["rg", "-c", "-i", safe, str(plain)],
        "grep": ["grep", "-ciE", safe, str(plain)],
        "zgrep (.gz)": ["zgrep", "-cF", "roster", str(packed)],
    }
    return {name: command for name, command in known.items() if shutil.which(command[0])}


def main(lines: int) -> None:
    """Make the log, run everything once, print the table."""
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder, "access.log"), Path(folder, "access.log.gz")
        make_log(plain, lines)
        with plain.open("rb") as source, gzip.open(packed, "wb", 6) as target:
            shutil.copyfileobj(source, target)
        size = plain.stat().st_size / 1e6
        print(f"{lines:,} lines, {size:,.0f} MB, {PLANTED} planted")
        for name, path in (("ours", plain), ("ours (.gz)", packed)):
            spent, memory, found = own_cpu(path)
            print(f"{name:12} {spent:8.2f} CPU s {lines / spent / 1e6:7.2f} M lines/s"
                  f" {size / spent:7.0f} MB/s {memory:5.0f} MB memory, {found}")  # fmt: skip
        for name, command in peers(plain, packed).items():
            spent = cpu_of(command)
            print(f"{name:12} {spent:8.2f} CPU s {lines / spent / 1e6:7.2f} M lines/s")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        lines, hits = ours(Path(sys.argv[2]))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{lines} lines {hits} found {memory}")
    else:
        main(int((sys.argv[1:] or ["3000000"])[0]))
