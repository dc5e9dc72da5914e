"""How fast one core finds every request for a file in a large access log.

Makes a combined log with 300 planted requests in six spellings, then runs, side by side, CPU
seconds: our whole evidence pass (hash, lines, times, gaps, prefilter, strict parse) with the
engines of requirements-fast.in and without them, GoAccess, apachelogs, rg, grep and zgrep. What is
compared takes turns, and the medians count: other work on the machine then slows both. Peers
that are missing come by apt-get where this runs as root, and are named otherwise.

    python benchmarks/downloads.py [LINES]             3,000,000 lines unless said otherwise
    python benchmarks/downloads.py 3000000 --large 10  and then 10 GB, for the 100 GB arithmetic
"""

import atexit
import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

PLANTED, ROUNDS, CLIENTS = 300, 5, 60_000
APACHELOGS_LINES = 100_000  # at some 25,000 a second
SPELLINGS = (
    *("/files/roster.xlsx", "/files/%72oster.xlsx", "//files//roster.xlsx"),
    *("/./files/x/../roster.xlsx", "http://a.example/files/roster.xlsx", "/files/roster.xlsx?v=2"),
)
AGENTS = [
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    f"Chrome/{version}.0.{version * 37}.{version % 7} Safari/537.36"
    for version in range(60, 110)
]
START = datetime(2022, 11, 28, tzinfo=UTC)
SAFE = r"roster|%(25)*(3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])"
ENGINES = ("hyperscan", "isal")
# As ./run starts it: its modules compiled once, not in each round, and one thread.
COMPILED = tempfile.mkdtemp(prefix="redress-pyc-")
atexit.register(shutil.rmtree, COMPILED, ignore_errors=True)
PROGRAM = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
PROGRAM |= {"PYTHONPYCACHEPREFIX": COMPILED, "OPENBLAS_NUM_THREADS": "1"}


class Spent(NamedTuple):
    """What one run cost: CPU seconds, seconds on the wall, MB of memory, and what it printed."""

    cpu: float
    wall: float
    memory: float
    said: str


def make_log(path: Path, lines: int) -> None:
    """Write the log; the same bytes for the same number of lines."""
    dice = random.Random(7)
    clients = [(".".join(map(str, dice.randbytes(4))), dice.choice(AGENTS)) for _ in range(CLIENTS)]
    planted = {lines // PLANTED * n + 1: n for n in range(PLANTED)}
    with path.open("w") as out:
        for number in range(lines):
            at = START + timedelta(seconds=number * 86_400 // lines)
            target, sent = f"/news/{dice.randrange(900_000)}.html", dice.randrange(900_000)
            if number in planted:
                target, sent = SPELLINGS[planted[number] % len(SPELLINGS)], 1_000_000
            elif number % 20 == 0:
                target += f"?q=removal%20hold%2F{number % 313}"
            address, agent = dice.choice(clients)
            out.write(
                f"{address} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "
                f'"GET {target} HTTP/1.1" 200 {sent} '
                f'"https://www.agency.example/search?page={dice.randrange(50_000)}" '
                f'"{agent}"\n'
            )


# Our whole evidence pass, in a process of its own.
ONE_PASS = f"""
import sys
sys.path.insert(0, {str(Path(__file__).resolve().parent.parent)!r})
sys.modules.update(dict.fromkeys(sys.argv[2:]))  # engines that must not be found
from pathlib import Path
from breaches.downloads.counting import Window
from breaches.downloads.file_reading import Question, read_files
from breaches.downloads.grades import Posted
from breaches.downloads.locators import locator

posted = Posted(1_000_000, is_compressible=False)
question = Question(locator("/files/roster.xlsx"), posted, Window(None, None))
found = read_files([Path(sys.argv[1])], question)[0]
hits = sum(not hit.problem for hit in found.hits)
print(f"{{hits}} found in {{found.lines:,}} lines, sha256 {{found.sha256[:12]}}")
"""


def spent(command: list[str]) -> Spent:
    """Run a command; into a pipe, since grep stops at its first match when it writes nowhere."""
    with tempfile.TemporaryFile("w+") as said:
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL, env=PROGRAM)
        _, _, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - began
        said.seek(0)
        text = said.read(200).strip()
    return Spent(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, text)


def through_a_shell(command: str) -> Spent:
    """Run a command whose children count too (zgrep is a script)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, shell=True, capture_output=True, text=True)  # noqa: S602
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(cpu, cpu, 0, done.stdout[:200].strip())


def ours(path: Path, *without: str) -> Spent:
    """Run our pass once, where these engines are not found."""
    return spent([sys.executable, "-c", ONE_PASS, str(path), *without])


def in_turns(runs: dict[str, Callable[[], Spent]]) -> dict[str, Spent]:
    """Run each of `runs` ROUNDS times, by turns; return the median run of each."""
    found = defaultdict(list)
    for _ in range(ROUNDS):
        for name, run in runs.items():
            found[name].append(run())
    return {
        name: sorted(rows, key=lambda row: row.cpu)[ROUNDS // 2] for name, rows in found.items()
    }


def oracle(path: Path) -> Spent:
    """Return what apachelogs needs for each line of the log, from the first lines of it."""
    code = (
        "import sys, itertools, apachelogs\n"
        "parser = apachelogs.LogParser(apachelogs.COMBINED)\n"
        f"lines = itertools.islice(open(sys.argv[1]), {APACHELOGS_LINES})\n"
        "print(sum('roster.xlsx' in row.request_line for row in parser.parse_lines(lines)))\n"
    )
    return spent([sys.executable, "-c", code, str(path)])


def bring(command: str, package: str) -> bool:
    """Say whether a command is there, after installing it where this runs as root."""
    if not shutil.which(command) and os.geteuid() == 0:
        subprocess.run(
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", package],
            check=False,
            stdout=subprocess.DEVNULL,
        )
    return shutil.which(command) is not None


def peers(plain: Path, lines: int) -> dict[str, tuple[Spent, int]]:
    """Run each slow peer once; return what it cost and how many lines it read."""
    found: dict[str, tuple[Spent, int]] = {}
    grep = spent(["grep", "-ciE", SAFE, str(plain)])
    found["grep, the same pattern"] = grep, lines
    if bring("goaccess", "goaccess"):
        report = plain.with_suffix(".json")
        command = ["goaccess", str(plain), "--log-format=COMBINED", "--no-progress", "-o"]
        found["GoAccess, its report"] = spent([*command, str(report)]), lines
        general = json.loads(report.read_text())["general"]
        assert general["valid_requests"] == lines, general
    if (run := oracle(plain)).said:
        found["apachelogs"] = run, min(lines, APACHELOGS_LINES)
    else:
        print("apachelogs is not installed: see requirements-bench.txt")
    return found


def show(name: str, run: Spent, lines: int, size: float) -> float:
    """Print one line of the table; return lines a second."""
    rate = lines / run.cpu
    print(
        f"{name:28} {run.cpu:8.2f} CPU s {rate / 1e6:7.3f} M lines/s {size / run.cpu:7.0f} MB/s"
        f" {run.memory:5.0f} MB memory  {run.said}"
    )
    return rate


def side_by_side(plain: Path, packed: Path, lines: int) -> None:
    """Run all on the same files; print the table and the ratios."""
    size = plain.stat().st_size / 1e6
    print(f"{lines:,} lines, {size:,.1f} MB, {PLANTED} planted in {len(SPELLINGS)} spellings")
    runs = {
        "ours": lambda: ours(plain),
        "ours, gz": lambda: ours(packed),
        "zgrep, one spelling": lambda: through_a_shell(f"zgrep -cF roster {packed}"),
        "ours, no engines": lambda: ours(plain, *ENGINES),
        "ours, gz, no hyperscan": lambda: ours(packed, "hyperscan"),
        "ours, gz, no engines": lambda: ours(packed, *ENGINES),
    }
    if bring("rg", "ripgrep"):
        runs["rg, the same pattern"] = lambda: spent(["rg", "-c", "-i", SAFE, str(plain)])
    rates = {name: show(name, run, lines, size) for name, run in in_turns(runs).items()}
    others = {name: rates[name] for name in ("zgrep, one spelling", "rg, the same pattern")
              if name in rates}  # fmt: skip
    others |= {
        name: show(name, run, read, size * read / lines)
        for name, (run, read) in peers(plain, lines).items()
    }
    for name, rate in others.items():
        kind = "ours, gz" if name.startswith("zgrep") else "ours"
        bare = "ours, gz, no engines" if name.startswith("zgrep") else "ours, no engines"
        print(
            f"{kind} / {name}: {rates[kind] / rate:.1f}; without engines {rates[bare] / rate:.1f}"
        )
    for bare in (name for name in rates if ", no " in name):
        kind = bare.partition(", no ")[0]
        print(f"{kind} / {bare}: {rates[kind] / rates[bare]:.2f}")


def large(plain: Path, gigabytes: int) -> None:
    """Read a log of so many GB, and print what 100 GB take at that speed."""
    big = plain.with_name("large.log")
    with big.open("wb") as out:
        while out.tell() < gigabytes * 1e9:
            with plain.open("rb") as source:
                shutil.copyfileobj(source, out, 16 * 1024 * 1024)
    size = big.stat().st_size / 1e9
    run = spent([sys.executable, "-c", ONE_PASS, str(big)])
    rate = size / run.cpu
    print(
        f"{size:.1f} GB: {run.cpu:.1f} CPU s, {run.wall:.1f} s on the clock, "
        f"{run.memory:.0f} MB memory, {run.said}"
        f"\n100 GB at {rate:.2f} GB a CPU second: {100 / rate / 60:.1f} minutes on one core"
    )


def main() -> None:
    """Make the log, run everything, print the table."""
    parser = ArgumentParser()
    parser.add_argument("lines", nargs="?", type=int, default=3_000_000)
    parser.add_argument("--large", type=int, metavar="GB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder, "access.log"), Path(folder, "access.log.gz")
        make_log(plain, options.lines)
        with plain.open("rb") as source, gzip.open(packed, "wb", 6) as target:
            shutil.copyfileobj(source, target)
        side_by_side(plain, packed, options.lines)
        if options.large:
            packed.unlink()
            large(plain, options.large)


if __name__ == "__main__":
    main()
