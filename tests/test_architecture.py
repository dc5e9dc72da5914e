"""The rules of docs/architecture.md, kept by a test. Read FLOW downwards: it is the product."""

import ast
import re
from pathlib import Path

import pytest

FLOW = [
    *("breaches.errors", "breaches.web", "breaches.vault", "breaches.audit", "breaches.access"),
    *("breaches.incidents", "breaches.evidence", "breaches.leaks", "breaches.people"),
    *("breaches.matching", "breaches.downloads", "breaches.insiders", "breaches.recipients"),
    *("breaches.clawback", "breaches.demands", "breaches.orders", "breaches.takedowns"),
    "breaches.accountability",
    *("breaches.models", "breaches.urls"),
    *("notifications.wording", "notifications.notices", "notifications.letters"),
    *("notifications.printing", "notifications.outcomes", "notifications.endings"),
    "notifications.demo",
    *("notifications.models", "notifications.urls", "config"),
]
# "rules" stands for every file without Django; "*" for any other file with a name of its own.
ROLES = ["rules", "models", "*", "queries", "actions", "tasks", "forms", "views", "api", "urls"]
PRIVATE = {"tasks", "forms", "views", "api", "urls"}  # a folder's own doors; nobody else's
SKIP = {"migrations", "management", "templatetags", "apps"}
ROOT = Path(__file__).parent.parent
FILES = [
    path
    for top in ("config", "breaches", "notifications")
    for path in sorted((ROOT / top).rglob("*.py"))
    if not SKIP & set(path.relative_to(ROOT).with_suffix("").parts)
]


def dotted(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def folder(module):
    return module.split(".")[0] if module.startswith("config") else ".".join(module.split(".")[:2])


def role(module):
    name = module.split(".")[2] if module.count(".") >= 2 else "*"
    return name if name in ROLES else "*" if uses_django(MODULES[module]) else "rules"


def uses_django(path):
    # Settings alone do not make a file a Django file; a table does, its own folder's or another's.
    door = r"^(from|import) (django(?!\.conf)|\S+\.models\b)"
    return bool(re.search(door, path.read_text(), re.M))


MODULES = {dotted(path): path for path in FILES}
CONTENTS_PAGES = {"breaches.urls", "notifications.urls", "config.urls"}


def imports(path):
    """Yield (module, line, is it at the top of the file) for each of our own imports."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{dotted(path)}:{node.lineno} is a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            target = name if name in MODULES else name.rpartition(".")[0]
            if target in MODULES and target != dotted(path):
                yield target, node.lineno, node in tree.body


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_imports_point_upstream(path):
    here = dotted(path)
    for target, line, at_top in imports(path):
        where = f"{here}:{line} imports {target}"
        assert at_top, f"{where} inside a function"
        if folder(here) == folder(target):
            assert ROLES.index(role(target)) <= ROLES.index(role(here)), f"{where} (wrong role)"
        else:
            assert FLOW.index(folder(target)) < FLOW.index(folder(here)), f"{where} (downstream)"
            assert role(target) not in PRIVATE or here in CONTENTS_PAGES, f"{where} (private)"


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_files_and_functions_stay_short(path):
    text = path.read_text()
    assert text.count("\n") <= 250, f"{dotted(path)} has outgrown one file"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = node.end_lineno - node.lineno + 1
            limit = 15 if path.stem == "tasks" else 40
            assert length <= limit, f"{dotted(path)}.{node.name} has {length} lines"


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_no_vague_file_names_and_no_clock_in_the_domain(path):
    assert not re.match("utils|helpers|common|misc|signals|services", path.stem)
    if role(dotted(path)) in {"rules", "models", "queries", "actions"}:
        assert not re.search(r"timezone\.now\(|datetime\.now\(|date\.today\(", path.read_text())
    assert path.stem != "rules" or not uses_django(path)
