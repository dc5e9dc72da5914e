"""`./run` and the settings read the same `.env`."""

import http.client
import os
import shutil
import subprocess

import pytest

from tests.conftest import ROOT, database_url
from tests.platform.test_serve import wait_until
from tests.services import free_port

COPIED = ("run", "manage.py", "config")  # what finds `.env` beside itself
OF_THE_TESTS = {"DEMO", "VAR_DIR", "SECRET_KEY", "MASTER_KEY"}


@pytest.fixture
def checkout(tmp_path):
    """Give a checkout of this code, which has no `.env` yet."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "config", folder / "config")
    for path in ROOT.iterdir():
        if path.name in COPIED[:2]:
            shutil.copy(path, folder)
        elif path.name not in {"config", "var", ".env", ".git"}:
            (folder / path.name).symlink_to(path)
    return folder


def without_the_tests_own(**environment):
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    return {**kept, **environment}


def secrets_in(var):
    return sorted(path.name for path in (var / "secret").iterdir())


def answer(port):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/account/login/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def test_a_file_env_turns_the_demo_off_and_the_environment_goes_before_it(
    transactional_db, checkout, tmp_path
):
    (checkout / ".env").write_text(f"DEMO=0\nVAR_DIR={tmp_path / 'of the file'}\n")
    ours, port = tmp_path / "ours", free_port()
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [checkout / "run", "serve", "--port", str(port), "--concurrency", "1"],
            env=without_the_tests_own(DATABASE_URL=database_url(), VAR_DIR=str(ours)),
            stdout=log,
            stderr=log,
        )
    try:
        wait_until(lambda: answer(port), 60)
        assert answer(port) == 301, "plain HTTP is sent to HTTPS"
    finally:
        process.terminate()
        process.wait()
    assert secrets_in(ours) == ["django.key", "master.key"]
    assert not (tmp_path / "of the file").exists()


@pytest.mark.parametrize("line", ['export VAR_DIR="{}"', "VAR_DIR='{}'", "VAR_DIR=/x\nVAR_DIR={}"])
def test_secrets_lie_where_a_file_env_says(checkout, tmp_path, line):
    var = tmp_path / "kept here"
    (checkout / ".env").write_text(f"# ours\n{line.format(var)}\nTIME_ZONE=UTC\n")

    done = subprocess.run(
        [checkout / "run", "check"], env=without_the_tests_own(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert secrets_in(var) == ["django.key", "master.key"]
    assert not (checkout / "var").exists()
