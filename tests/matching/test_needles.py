"""After a run in its own process, planted names lie nowhere on the disk in clear."""

import os
import resource
import subprocess
import sys

import pytest
from django.conf import settings as configured

from breaches.matching import actions
from breaches.matching.models import Candidate, MatchModel, RegisterIndex
from tests.conftest import database_url
from tests.factories import NOON, make_user
from tests.matching.crowds import crowd, leak_lines, register_lines
from tests.matching.test_match import leaked, registered
from tests.services import ROOT

NEEDLES = ("Xqvantzeth", "Wyrkobrand")
NUMBER, BORN = "A987654321", "1961-07-19"


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
    texts = {*NEEDLES, *map(str.lower, NEEDLES), NUMBER, NUMBER[1:], "19610719"}
    return {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-32-le")}


def test_no_file_holds_a_planted_name(run, tmp_path):
    assert run.returncode == 0, run.stdout.decode()
    assert Candidate.objects.filter(is_pending=True).exists()
    assert MatchModel.objects.exists()
    assert RegisterIndex.objects.exists()

    places = (configured.VAR_DIR, configured.SEALED_DIR, tmp_path, configured.BROKER_DIR)
    found = {path for place in places for path in place.rglob("*") if path.is_file()}
    assert any(path.is_relative_to(configured.SEALED_DIR) for path in found)
    wanted = needles()
    for path in found:
        # By another process: closing a database file in this one would drop SQLite's locks on
        # it (sqlite.org/howtocorrupt.html, 2.2).
        content = subprocess.run(["cat", path], stdout=subprocess.PIPE, check=True).stdout
        assert not [one for one in wanted if one in content], f"{path.name} holds a planted name"
    assert not [one for one in wanted if one in run.stdout]


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
import ctypes, resource
from breaches.matching.own_process import keep_memory_private
keep_memory_private()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))
"""


def test_the_process_can_neither_be_dumped_nor_traced():
    said = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, check=True, timeout=60
    )

    assert said.stdout.decode().strip() == "(0, 0) 0", "PR_GET_DUMPABLE is 3 in linux/prctl.h"
