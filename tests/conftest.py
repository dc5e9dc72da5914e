"""Fixtures that more than one folder needs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from config.celery import app
from config.supervisor import die_with_parent

ROOT = Path(__file__).parent.parent


def database_url():
    """Return the URL of the test database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


class Worker:
    """A real Celery worker on the test's database and broker."""

    def __init__(self, log):
        self.log, self.process = log, None

    def start(self, *, concurrency=2, **environment):
        """Start it, with environment variables of its own such as LEASE_SECONDS="2"."""
        command = f"-m celery -A config worker -c {concurrency} -l WARNING --without-gossip"
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, *command.split()],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": database_url(), **environment},
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        return self

    def kill(self):
        """Kill the worker and its children as the machine would: SIGKILL, no good-bye."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def wait_until(self, condition, *, seconds=60):
        """Return when `condition()` is true; fail with the worker's log when it never is."""
        until = time.monotonic() + seconds
        while not condition():
            running = self.process and self.process.poll() is None
            if time.monotonic() > until or not running:
                pytest.fail(f"waited in vain; the worker wrote:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)


@pytest.fixture
def worker(transactional_db, tmp_path):
    """Give a running worker; `.kill()` and `.start()` it as the test needs."""
    app.control.purge()
    worker = Worker(tmp_path / "worker.log").start()
    yield worker
    worker.kill()
    app.control.purge()
