"""Fixtures that more than one folder needs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from playwright.sync_api import sync_playwright

from breaches.management.commands.serve import ALONE, CELERY
from config.celery import app
from config.supervisor import die_with_parent
from tests import migrated
from tests.factories import make_user
from tests.services import DEPS, ROOT


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Copy the migrated template, instead of migrating once in every process."""
    creation = connection.creation
    with django_db_blocker.unblock():
        if migrated.is_postgres():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated.postgres()
        was, name = connection.settings_dict["NAME"], creation._create_test_db(0, autoclobber=True)
        if not migrated.is_postgres():
            migrated.sqlite(name)
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        migrated.end_other_sessions()
        creation.destroy_test_db(was, verbosity=0)


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
        command = f"-m {CELERY} worker -c {concurrency} -l WARNING {ALONE}"
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
def idle_worker(transactional_db, tmp_path):
    """Give a worker that is not running yet; `.start()` and `.kill()` it as the test needs."""
    app.control.purge()
    worker = Worker(tmp_path / "worker.log")
    yield worker
    worker.kill()
    app.control.purge()


@pytest.fixture
def worker(idle_worker):
    """Give a running worker."""
    return idle_worker.start()


@pytest.fixture
def analyst(client):
    """Give a client of somebody who does intake and analysis; `client.user` is who."""
    client.user = make_user("analyst", "intake")
    client.force_login(client.user)
    return client


def see(client, name, *args, **query):
    """Open a page and return what it says."""
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(scope="session")
def browser():
    """Give Debian's Chromium without its own windows; it reaches this machine and nothing else."""
    shell = "usr/lib/chromium/chromium-headless-shell"
    places = (shell, str(DEPS / shell).lstrip("/"))
    found = next((Path("/") / place for place in places if (Path("/") / place).exists()), None)
    if not found:
        pytest.skip("there is no Chromium; ./run test brings it")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
        chromium = playwright.chromium.launch(executable_path=found, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, live_server):
    """Give a page on which addresses are relative to the running site, e.g. goto("/")."""
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(page, live_server, client):
    """Sign `page` in as a user: `sign_in(user)`."""

    def as_user(user):
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )

    return as_user
