"""One command runs everything, and leaves nothing behind however it ends."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from breaches.management.commands import serve
from tests.conftest import ROOT, database_url
from tests.services import free_port


def parent_of(stat):
    return int(stat.read_text().rpartition(")")[2].split()[1])


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def all_below(pid):
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = parent_of(stat)
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def wait_until(condition, seconds):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def answers(address):
    try:
        with urllib.request.urlopen(address) as page:  # noqa: S310 - our own server
            return page.status == 200
    except urllib.error.URLError:
        return False


@pytest.fixture
def served(transactional_db, tmp_path):
    port = free_port()
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port), "--concurrency", "1"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url()},
            stdout=log,
            stderr=log,
        )
    # The supervisor, web server with two workers, Celery with one, the clock.
    wait_until(lambda: answers(f"http://127.0.0.1:{port}/account/login/"), 60)
    wait_until(lambda: len(all_below(process.pid)) >= 6, 60)
    yield process
    process.kill()
    process.wait()


def test_a_term_ends_everything_in_order(served):
    children = all_below(served.pid)

    served.terminate()

    assert served.wait(30) == 0
    assert not [pid for pid in children if is_running(pid)]


def test_a_killed_supervisor_takes_its_children_along(served):
    children = all_below(served.pid)

    served.kill()

    wait_until(lambda: not [pid for pid in children if is_running(pid)], 20)


def test_a_killed_worker_is_started_again(served):
    celery = next(
        pid
        for pid in all_below(served.pid)
        if parent_of(Path(f"/proc/{pid}/stat")) == served.pid
        and b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )

    its_children = all_below(celery)

    os.kill(celery, signal.SIGKILL)

    wait_until(lambda: not any(is_running(pid) for pid in {celery, *its_children}), 10)
    wait_until(lambda: len(all_below(served.pid)) >= 6, 30)
    assert its_children


@pytest.mark.parametrize("host", ["::", "192.0.2.7", "redress.example"])
def test_a_demonstration_listens_to_this_machine_alone(settings, monkeypatch, host):
    monkeypatch.setattr(serve, "supervise", lambda _: pytest.fail("it was started"))
    settings.DEMO = True

    with pytest.raises(CommandError, match="leave --host out"):
        call_command("serve", host=host)


def test_what_is_no_demonstration_listens_where_it_is_told_to(settings, monkeypatch):
    started = []
    monkeypatch.setattr(serve, "supervise", started.append)
    monkeypatch.setattr(os, "umask", lambda _: 0)
    settings.DEMO = False

    call_command("serve", host="192.0.2.7", stderr=StringIO())

    assert "-b 192.0.2.7:8000" in " ".join(started[0][0].command)
