"""What the documents say about the code is true."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.test_architecture import FLOW

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
SETTINGS = (ROOT / "config/settings.py").read_text()
OPERATING = (ROOT / "docs/operating.md").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
VARIABLES = sorted(set(re.findall(r'(?:env\.\w+|= secret)\(\s*"(\w+)"', SETTINGS)))


@pytest.mark.parametrize("variable", VARIABLES)
def test_every_variable_of_the_settings_is_explained(variable):
    assert f"`{variable}`" in OPERATING


def test_the_example_names_each_setting_with_a_comment_and_sets_none():
    table = OPERATING.split("## Settings")[1].split("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])]
    shown = re.findall(r"^# .+\n#([A-Z_]+)=", EXAMPLE, re.M)

    assert sorted(shown) == sorted({*named, *VARIABLES})
    assert not [line for line in EXAMPLE.splitlines() if line and not line.startswith("#")]


def test_the_flow_in_the_documents_is_the_flow_of_the_code():
    page = (ROOT / "docs/architecture.md").read_text()
    drawn = page.split("```text")[1].split("```")[0]
    folders = [
        name.rpartition(".")[2] for name in FLOW if not re.search("models|urls|config", name)
    ]

    assert [word for word in drawn.split() if word in folders] == folders


def test_each_promise_has_a_number_of_its_own():
    promised = (ROOT / "docs/security.md").read_text().split("## What is promised")[1]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", promised, re.M)]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_paths_lead_somewhere(page):
    text = page.read_text()
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    paths = re.findall(r"`((?:tests|config|docs|breaches|notifications)/[\w/.]+)`", text)

    missing = [link for link in links if not (page.parent / link).exists()]
    missing += [path for path in paths if not (ROOT / path).exists()]
    assert missing == []


def test_the_readme_fits_one_screen():
    assert (ROOT / "README.md").read_text().count("\n") <= 50


@pytest.mark.parametrize(
    "command",
    sorted(set(re.findall(r"`?\./run ([a-z][a-z-]+)", OPERATING)) - {"demo", "serve", "lock"}),
)
def test_every_command_in_the_documents_is_one(command):
    django = {"check", "migrate", "createcachetable"}
    name = command.replace("-", "_")

    assert name in django or list(ROOT.glob(f"*/management/commands/{name}.py"))


def test_the_lifecycles_are_drawn_as_they_are():
    out = StringIO()

    call_command("draw_lifecycles", stdout=out)

    assert (ROOT / "docs/lifecycles.md").read_text() == out.getvalue()
