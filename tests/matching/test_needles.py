"""After a run in its own process, planted names lie nowhere on the disk in clear."""

import base64
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import pytest
from django.conf import settings as configured

from breaches.matching import actions
from breaches.matching.models import Candidate, MatchModel, RegisterIndex
from tests.conftest import database_url
from tests.factories import NOON, make_user
from tests.matching.crowds import crowd, leak_lines, register_lines
from tests.matching.test_match import leaked, registered
from tests.services import ROOT

# Made up anew each time: no source, cache or earlier run can hold them.
NEEDLES = [
    "".join(Random(secrets.token_hex()).choices("bdfgklmnprtvz", k=12)).title() for _ in "12"
]
BORN, NUMBER = "1961-07-19", f"A{secrets.randbelow(8 * 10**8) + 10**8}"
SCANNER = """
import mmap, os, subprocess, sys
wanted = [bytes.fromhex(line) for line in sys.stdin.read().split()]
since, *roots = sys.argv[1:]
changed = ["(", "-newermt", since, "-o", "-newerct", since, ")"]
found = subprocess.run(["find", *roots, "-xdev", "-type", "f", *changed, "-size", "+0", "-print0"],
                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
for path in filter(None, found.split(b"\\0")):
    try:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as content:
            held = any(content.find(one) >= 0 for one in wanted)
    except (OSError, ValueError):  # it is gone already
        continue
    print(int(held), os.fsdecode(path))
"""


@pytest.fixture
def started():
    """When the test began, in seconds; file systems count coarser than the clock."""
    return int(time.time()) - 1


@pytest.fixture
def run(transactional_db, tmp_path):
    """A run over a crowd with one planted person, matched in its own process."""
    people = [[*NEEDLES, BORN, NUMBER, "Cuba"], *crowd(130)]
    registered(register_lines(people))
    incident = leaked(leak_lines(people[:120], numbered=lambda place: place % 2))
    run = actions.start_match(incident, by=make_user(), at=NOON)
    return subprocess.run(
        [sys.executable, "manage.py", "match_run", str(run.pk)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=100,
        # Were the process to crash, it may leave no core: the limit is lifted here on purpose.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2),
    )


def needles():
    """Return the planted words in the ways a file may hold them."""
    words = {form for name in NEEDLES for form in (name, name.lower(), name.upper())} | {NUMBER[1:]}
    found = {word.encode() for word in words}
    for word in words:
        # Without its last byte a word in UTF-16 or UTF-32 is found in either byte order.
        found |= {word.encode(code).rstrip(b"\0") for code in ("utf-16-le", "utf-32-le")}
        for before in range(3):  # base64 depends on where in three bytes the word begins
            coded = base64.b64encode(b" " * before + word.encode())
            found.add(coded[[0, 2, 3][before] : len(coded) // 4 * 4 - 4])
    return found


def holding(since, roots):
    """Return the files that changed, and whether each holds a needle.

    Another process reads them: closing a database file in this one would drop SQLite's locks
    on it (sqlite.org/howtocorrupt.html, 2.2).
    """
    said = subprocess.run(
        [sys.executable, "-c", SCANNER, f"@{since}", *map(str, roots)],
        input="\n".join(needle.hex() for needle in needles()),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    return {Path(line[2:]): line[0] == "1" for line in said.splitlines()}


def places(tmp_path):
    """Return where a process of ours may write; every disk there is, if WHOLE_DISK is set."""
    memory = Path("/dev/shm")  # noqa: S108  (a file system in memory)
    if os.environ.get("WHOLE_DISK"):
        return [Path("/"), memory, Path("/run"), Path(tempfile.gettempdir())]
    own = [configured.VAR_DIR, configured.SEALED_DIR, configured.BROKER_DIR, tmp_path]
    return [*own, ROOT, Path.home() / ".cache", memory, Path("/var"), Path("/run")]


def test_no_file_holds_a_planted_name(started, run, tmp_path):
    assert run.returncode == 0, run.stdout.decode()
    assert Candidate.objects.filter(is_pending=True).exists()
    assert MatchModel.objects.exists()
    assert RegisterIndex.objects.exists()

    found = holding(started, places(tmp_path))

    assert any(path.is_relative_to(configured.SEALED_DIR) for path in found)
    assert not [path for path, held in found.items() if held]
    assert not [one for one in needles() if one in run.stdout]


@pytest.mark.parametrize("code", ["utf-8", "utf-16-be", "base64"])
def test_a_needle_would_be_found(started, tmp_path, code):
    text = f"x{NEEDLES[0]} {NUMBER}"
    coded = base64.b64encode(text.encode()) if code == "base64" else text.encode(code)
    (tmp_path / "spill").write_bytes(b"before" + coded)

    assert holding(started, [tmp_path]) == {tmp_path / "spill": True}


def test_a_fault_says_where_and_not_whom(transactional_db, tmp_path):
    broken = subprocess.run(
        [sys.executable, "manage.py", "match_run", "999999"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert broken.returncode == 1
    assert b"run 999999: DoesNotExist in query.py" in broken.stderr
    assert b"Traceback" not in broken.stderr


ASK = """
import ctypes, os, resource
from breaches.matching.own_process import keep_memory_private
keep_memory_private()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))
if os.geteuid() == 0 and resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmLck")))
"""


def test_the_process_can_neither_be_dumped_nor_traced_nor_swapped():
    said = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, check=True, timeout=60
    )

    limits, *locked = said.stdout.decode().splitlines()
    assert limits == "(0, 0) 0", "PR_GET_DUMPABLE is 3 in linux/prctl.h"
    assert all(int(line.split()[1]) > 10_000 for line in locked), "kB kept off the swap"
