"""A machine that lacks something is told what, and how to mend it."""

import os
import subprocess
import sys

import pytest
from django.core.checks import Error

from config import checks
from tests.conftest import ROOT


def ids(messages):
    return [message.id for message in messages]


def test_a_missing_library_is_named_with_the_command_that_brings_it(monkeypatch):
    monkeypatch.setattr(checks, "LIBRARIES", {"libnothing-of-the-kind.so.7": "libnothing7"})

    [missing] = checks.letters_can_be_set()

    assert missing.hint == "apt-get install --no-install-recommends libnothing7"


def test_a_machine_without_the_fonts_is_told_so(monkeypatch, tmp_path):
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))

    [missing] = checks.letters_can_be_set()

    assert isinstance(missing, Error)
    assert str(tmp_path) in missing.msg


def test_a_folder_that_others_may_read_stops_the_start(settings, tmp_path):
    settings.VAR_DIR = settings.KEY_STORE = tmp_path
    tmp_path.chmod(0o755)
    assert "redress.E003" in ids(checks.nobody_else_reads_our_files())

    tmp_path.chmod(0o700)
    assert checks.nobody_else_reads_our_files() == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://127.0.0.1:6379/0", []),
        ("redis://queue.example.org:6379/0", ["redress.E006"]),
        ("redis://:secret@queue.example.org:6379/0", ["redress.E006"]),
        ("rediss://queue.example.org:6379/0", ["redress.E006"]),
        ("rediss://:secret@queue.example.org:6379/0", []),
    ],
)
def test_a_broker_elsewhere_needs_a_password_and_tls(settings, url, expected):
    settings.BROKER_URL = url

    assert ids(checks.servers_elsewhere_are_reached_safely()) == expected


@pytest.mark.parametrize(
    ("host", "sslmode", "expected"),
    [
        ("", None, []),
        ("/run/postgresql", None, []),
        ("::1", None, []),
        ("db.example.org", None, ["redress.E005"]),
        ("db.example.org", "require", ["redress.E005"]),
        ("db.example.org", "verify-full", []),
    ],
)
def test_a_database_elsewhere_must_show_its_certificate(
    monkeypatch, settings, host, sslmode, expected
):
    database = {"HOST": host, "OPTIONS": {"sslmode": sslmode}}
    monkeypatch.setitem(settings.DATABASES, "default", database)

    assert ids(checks.servers_elsewhere_are_reached_safely()) == expected


def test_production_needs_a_long_key_and_no_debug(settings):
    settings.DEMO = False
    settings.SECRET_KEY = "short"
    assert ids(checks.production_is_not_a_demo()) == ["redress.E007"]

    settings.SECRET_KEY = "x" * 64
    settings.DEBUG = True
    assert ids(checks.production_is_not_a_demo()) == ["redress.E007"]

    settings.DEBUG = False
    assert checks.production_is_not_a_demo() == []


@pytest.mark.parametrize(
    ("hosts", "https", "expected"),
    [
        (["127.0.0.1", "localhost", "[::1]"], False, []),
        (["127.0.0.1"], True, ["redress.E009"]),
        (["127.0.0.1", "redress.example.org"], False, ["redress.E009"]),
        (["192.0.2.7"], False, ["redress.E009"]),
        (["*"], False, ["redress.E009"]),
    ],
)
def test_a_demonstration_is_for_this_machine_only(settings, hosts, https, expected):
    settings.DEMO, settings.ALLOWED_HOSTS, settings.HTTPS = True, hosts, https
    assert ids(checks.a_demo_stays_here()) == expected

    settings.DEMO = False
    assert checks.a_demo_stays_here() == []


def manage(*command, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_demonstration_for_others_does_not_start():
    ended = manage("check", DEMO="1", ALLOWED_HOSTS="redress.example.org")

    assert ended.returncode
    assert "redress.E009" in ended.stderr
