"""A migrated database, made once by the real migrations and copied from then on.

Migrating takes longer than most folders of tests. So whichever process of a run comes first has a
template made, and the others wait for it: a file of SQLite, kept in `.pytest_cache` until a line of
code or a requirement changes, or a database of PostgreSQL, which goes when the run ends.
`python -m tests.migrated NAME` makes one.
"""

import atexit
import fcntl
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.db import connection

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
TEMPLATE = "redress_template_{}"
FOLDER = "MIGRATED"  # the environment variable with the folder that the processes of a run share


def version():
    """Return a hash of whatever could change what migrating makes."""
    found = hashlib.sha256(sys.version.encode())
    code = [
        path
        for top in ("config", "breaches", "notifications")
        for path in ROOT.glob(f"{top}/**/*.py")
    ]
    for path in [ROOT / "requirements.txt", *sorted(code)]:
        found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:32]


@contextmanager
def _alone(folder):
    """Let one process in at a time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(name, *, embedded):
    without = {"DATABASE_URL"} if embedded else set()
    environment = {key: value for key, value in os.environ.items() if key not in without}
    made = subprocess.run(
        [sys.executable, "-m", "tests.migrated", name],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    if made.returncode:
        raise SystemExit(f"the test database could not be migrated: {made.stdout.decode()}")


def is_postgres():
    """Say which kind of database the tests run on."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def begin(folder):
    """Have the template made while the tests are still collected."""
    os.environ[FOLDER] = folder
    atexit.register(_drop)
    threading.Thread(target=postgres if is_postgres() else sqlite, daemon=True).start()


def sqlite(to=os.devnull):
    """Copy the migrated file of SQLite to a path; it is made first where there is none."""
    with _alone(KEPT):
        kept = KEPT / f"{version()}.sqlite3"
        if not kept.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            _make(f"{kept}.part", embedded=True)
            Path(f"{kept}.part").rename(kept)
        shutil.copyfile(kept, to)


def postgres():
    """Return the name of the migrated database of this run, made first where there is none."""
    with _alone(Path(os.environ[FOLDER])):
        done = Path(os.environ[FOLDER], "name")
        if not done.exists():
            name = TEMPLATE.format(os.getpid())
            _make(name, embedded=False)
            done.write_text(name)
        return done.read_text()


def end_other_sessions():
    """End whatever still holds the database, such as the thread of a page that was left open."""
    gc.collect()
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _drop():
    """Leave nothing behind on a server that is not ours."""
    done = Path(os.environ[FOLDER], "name")
    if done.exists():
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{done.read_text()}"')


def main(name):
    """Make a database as Django's test runner does, and leave it."""
    django.setup()
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(sys.argv[1])
