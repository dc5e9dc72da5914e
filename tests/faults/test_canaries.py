"""Names like no other go through the whole job, and lie nowhere in clear."""

import os
import secrets
import subprocess
import sys

from notifications.demo.crowd import CANARIES, crowd
from notifications.demo.material import shape
from tests import migrated
from tests.services import ROOT

PEOPLE, SEED = 20, 9
TAKEN_OUT = "demo"  # the printer's files, which are meant to be read


def canaries():
    """Return what must be found nowhere: rare names in any case, and A-numbers."""
    names = [name for pair in CANARIES.values() for name in pair]
    plan = shape(PEOPLE)
    people = crowd(plan.rows + plan.namesakes + plan.strangers, SEED)
    numbers = [one.a_number[1:] for one, _ in zip(people, CANARIES, strict=False)]
    texts = {*names, *map(str.upper, names), *map(str.lower, names), *numbers}
    return {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")}


def manage(var, *words):
    """Run a command on the embedded default, in a folder of its own; return what it wrote."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "BROKER_URL", "SECRET_KEY", "MASTER_KEY"}
    }
    own = {"VAR_DIR": str(var), "DEMO": "1", "TMPDIR": str(var / "tmp")}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=inherited | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=200,
    )


def set_up(var):
    (var / "secret").mkdir(mode=0o700)
    (var / "tmp").mkdir(mode=0o700)
    for name in ("django", "master"):
        path = var / "secret" / f"{name}.key"
        path.write_text(secrets.token_hex(32))
        path.chmod(0o600)
    migrated.sqlite(var / "db.sqlite3")


def files_below(var):
    return [
        path
        for path in var.rglob("*")
        if path.is_file() and path.relative_to(var).parts[0] != TAKEN_OUT
    ]


def test_no_canary_lies_in_clear_after_the_demonstration(tmp_path):
    tmp_path.chmod(0o700)
    set_up(tmp_path)
    done = manage(tmp_path, "demo", "--people", str(PEOPLE), "--seed", str(SEED))
    assert done.returncode == 0, done.stdout.decode()

    found = files_below(tmp_path)
    manifest = (tmp_path / TAKEN_OUT / "manifest.csv").read_bytes()
    assert any(CANARIES[number][1].encode() in manifest for number in CANARIES)
    assert any(path.name.startswith("db.sqlite3") for path in found)
    clear = {str(path.relative_to(tmp_path)): path.read_bytes() for path in found}
    clear |= {"what it printed": done.stdout, "names of files": "\n".join(clear).encode()}
    for name, content in clear.items():
        assert not [one for one in canaries() if one in content], f"{name} holds a canary"
