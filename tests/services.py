"""Real PostgreSQL and Redis for the tests, private to this run (`-p tests.services`).

QUICK=1            the embedded default: SQLite and the file-system broker
DATABASE_URL, BROKER_URL   services that are there already
neither            Debian's servers, from PATH, /usr/lib/postgresql or .deps/, each on a random
                   port with a password, in a temp folder that goes when the run ends
REQUIRE_SERVICES=1 fail where a server is missing, instead of falling back

Beside one another (`-n 2`) the processes of a run share the servers; each has a database, a Redis
number and a var/ of its own. There is one process more than cores, for while a test waits for a
worker or a browser another one counts; and what takes longest comes first.
"""

import atexit
import ctypes
import gc
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).parent.parent
# What takes longest, the longest first.
LONG = [
    "tests/browser/test_the_job_is_walked.py",
    "tests/faults/test_killed_workers.py",
    "tests/faults/test_canaries.py",
    "tests/people/test_impounded.py",
    "tests/browser/test_every_page_reads_well.py",
    "tests/matching/test_report.py",
    "tests/platform/test_serve.py",
    "tests/matching/test_model.py",
    "tests/scenarios/test_the_whole_job.py",
    "tests/leaks/test_people_count.py",
    "tests/scenarios/test_each_role.py",
    "tests/test_every_page_is_guarded.py",
    "tests/browser/test_pages_of_recipients.py",
    "tests/letters/test_pages.py",
    "tests/notices/test_pages.py",
    "tests/printing/test_runs.py",
    "tests/downloads/test_a_log_is_read.py",
    "tests/matching/test_gate.py",
    "tests/insiders/test_access_pages.py",
]
DEPS = ROOT / ".deps" / "root"


def find(name, *patterns):
    """Return the path of a server, the newest where there are several."""
    found = [path for pattern in patterns for path in Path("/").glob(pattern.lstrip("/"))]
    return shutil.which(name) or next((str(path) for path in sorted(found, reverse=True)), None)


def somebody():
    """Return how to start a server that refuses to run as root."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def free_port():
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop(process, folder, how):
    """Stop a server and remove its folder."""
    process.send_signal(how)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def wait_for(port, process, log):
    """Return when the server listens; raise SystemExit with its log when it will not."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit(f"a server did not start: {log.read_text()[-2000:]}")


def new_folder(kind, who):
    """Make a folder that the server's user owns."""
    folder = Path(tempfile.mkdtemp(prefix=f"redress-{kind}-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    return folder


def die_with_parent():
    """Have the kernel end a server whose test run was killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def start(command, folder, who, **more):
    """Start a server that writes its own log into its folder."""
    with (folder / "log").open("w") as out:
        more |= {"cwd": "/", "preexec_fn": die_with_parent}
        return subprocess.Popen(command, stdout=out, stderr=out, **who, **more)


def start_postgres():
    """Return the URL of a PostgreSQL of our own, or None where there is no server."""
    inside = "usr/lib/postgresql/*/bin/postgres"
    server = find("postgres", inside, f"{DEPS}/{inside}")
    if not server:
        return None
    who, port, password = somebody(), free_port(), secrets.token_hex(12)
    folder = new_folder("postgres", who)
    keep = {"PATH", "LD_LIBRARY_PATH"} & set(os.environ)
    env = {"LC_ALL": "C.UTF-8"} | {name: os.environ[name] for name in keep}
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o644)
    initdb = Path(os.path.realpath(server)).parent / "initdb"
    words = f"-U test -A scram-sha-256 --pwfile={secret} -E UTF8 --no-sync --locale=C.UTF-8"
    subprocess.run(
        [initdb, "-D", folder / "data", *words.split()],
        check=True, stdout=subprocess.DEVNULL, env=env, cwd="/", **who,
    )  # fmt: skip
    secret.unlink()
    quick = "fsync=off full_page_writes=off synchronous_commit=off max_connections=200"
    options = [word for setting in quick.split() for word in ("-c", setting)]
    place = ["-D", folder / "data", "-k", folder, "-h", "127.0.0.1", "-p", str(port)]
    process = start([server, *place, *options], folder, who, env=env)
    atexit.register(stop, process, folder, signal.SIGINT)
    wait_for(port, process, folder / "log")
    return f"postgres://test:{password}@127.0.0.1:{port}/postgres"


def start_redis():
    """Return the URL of a Redis of our own, or None where there is no server."""
    server = find("redis-server", f"{DEPS}/usr/bin/redis-server")
    if not server:
        return None
    who, port, password = somebody(), free_port(), secrets.token_hex(12)
    folder = new_folder("redis", who)
    process = start([server, "-"], folder, who, stdin=subprocess.PIPE)
    settings = f"port {port}\nbind 127.0.0.1\ndir {folder}\nsave ''\nrequirepass {password}\n"
    process.stdin.write(settings.encode())
    process.stdin.close()
    atexit.register(stop, process, folder, signal.SIGTERM)
    wait_for(port, process, folder / "log")
    return f"redis://:{password}@127.0.0.1:{port}/0"


def own_folder():
    """Make a var/ of this run, with keys of its own."""
    var = tempfile.mkdtemp(prefix="redress-var-")
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    os.environ |= {
        "VAR_DIR": var,
        "SECRET_KEY": secrets.token_hex(32),
        "MASTER_KEY": secrets.token_hex(32),
        "DEMO": "1",
        "NETWORK_TABLE": "",
        # Playwright's loop runs in the thread of the tests that look at pages.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        "FONTCONFIG_FILE": str(ROOT / "fonts" / "fonts.conf"),
    }
    for name in ("tmp", "broker/control"):
        os.makedirs(f"{var}/{name}", mode=0o700)


def start_services():
    """Start what is not there yet."""
    for name, begin in (("DATABASE_URL", start_postgres), ("BROKER_URL", start_redis)):
        if os.environ.get(name):
            continue
        if url := begin():
            os.environ[name] = url
        elif os.environ.get("REQUIRE_SERVICES"):
            raise SystemExit(f"{name} is not set, and no server was found to start.")


def share_redis(number):
    """Take a Redis database that no other process of this run uses."""
    server, _, _ = os.environ.get("BROKER_URL", "").rpartition("/")
    if server.startswith("redis"):
        os.environ["BROKER_URL"] = f"{server}/{number}"


gc.set_threshold(50_000, 20, 50)  # loading makes a million objects and no rubbish
own_folder()
beside = os.environ.get("PYTEST_XDIST_WORKER", "")
if os.environ.get("QUICK") == "1":
    for variable in ("DATABASE_URL", "BROKER_URL"):
        os.environ.pop(variable, None)
elif beside:
    share_redis(int(beside.removeprefix("gw")))
else:
    start_services()
if not beside:
    migrated.begin(os.environ["VAR_DIR"])


@pytest.hookimpl(tryfirst=True)  # before xdist's own answer
def pytest_xdist_auto_num_workers(config):
    """Return how many processes `-n auto` starts."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items):
    """Put the files that take longest first, so that nothing long is left for the end."""
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))


def pytest_collection_finish():
    """Set aside what is loaded by now: looking through it for rubbish was a seventh of a run."""
    gc.collect()
    gc.freeze()


def pytest_report_header(config):
    """Say on what the tests run."""
    urls = {name: os.environ.get(name, "embedded") for name in ("DATABASE_URL", "BROKER_URL")}
    return "on " + ", ".join(f"{name}={url.split(':')[0]}" for name, url in urls.items())
