"""How fast letters are set that differ in a name, an address and a reference.

Invented people, each with one of eight sets of leaked data, in English or Spanish, from the starter
texts. In one process, by turns of twenty letters, CPU seconds of one core: plain WeasyPrint as its
manual shows it, WeasyPrint with its fonts and style sheet kept (`letters/press.py`), and layouts
kept (`letters/plates.py`), of which there are none at first. Each letter is compared, byte by byte.

    python benchmarks/letters.py [LETTERS ...]   60, 240 and 960 unless said otherwise
"""

import os
import random
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SECRET_KEY", "benchmark")
os.environ.setdefault("MASTER_KEY", "00" * 32)

import django  # noqa: E402

django.setup()

from weasyprint import CSS, HTML  # noqa: E402

from notifications.letters import plates, press, sheets  # noqa: E402
from notifications.letters.blanks import Sheet  # noqa: E402
from notifications.letters.pdf import LETTER  # noqa: E402
from notifications.wording.starters import INITIAL  # noqa: E402

FIRST, LAST = ("Ana", "Ben", "Zoë", "Nuño", "Mei"), ("Example", "Sample", "Muster", "Ejemplo")
STREETS, TOWNS = ("Laurel Court", "Main St", "Oak Ave"), ("Georgetown KY 40324", "Salem OR 97301")
ELEMENTS = ("first name", "family name", "birth date", "nationality", "case number", "hearing",
            "language", "interview")  # fmt: skip
SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
TURN = 20
CSS_PATH = ROOT / "templates" / "letters" / LETTER


def make_sheet(dice: random.Random) -> Sheet:
    """Return the letter of an invented person."""
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)}-{dice.choice(LAST)}"
    language, leaked = dice.choice(("en", "es")), ELEMENTS[: dice.randint(1, len(ELEMENTS))]
    values: dict[str, Any] = {
        "name": name,
        "elements": leaked,
        "holder": "Example Agency",
        "what_happened": "A file with data of many people was posted by mistake.",
        "opened": "28 November 2022, 14:45 UTC",
        "closed": "28 November 2022, 19:45 UTC",
        "recipients": ["7 network addresses received the file or a part of it."],
        "demands": ["We asked 7 of 7 to delete all copies."],
        "contact_name": "Notice Help Desk",
        "contact_phone": "1-800-555-0142",
        "contact_address": "PO Box 100, Springfield IL 62701",
    }
    lines = [name, f"{dice.randint(1, 9999)} {dice.choice(STREETS)}", dice.choice(TOWNS)]
    sender = {"name": "Example Agency", "lines": ["PO Box 100", "Springfield IL 62701"]}
    document = {"lines": lines, "values": values, "sender": sender, "phone": "1-800-555-0142"}
    letter = SimpleNamespace(
        version=INITIAL[language],
        language=language,
        reference="-".join("".join(dice.choices(SIGNS, k=size)) for size in (4, 4, 1)),
        is_large_print=False,
        needs_interpreter=False,
        notice=SimpleNamespace(demand_id=None),
    )
    return sheets.sheet_of(letter, {**document, "date": "March 2, 2026"})  # type: ignore[arg-type]


def plain(sheet: Sheet) -> bytes:
    """Set a letter as WeasyPrint's manual shows it."""
    content: bytes = HTML(string=sheet.html).write_pdf(
        stylesheets=[CSS(filename=CSS_PATH)], pdf_variant="pdf/ua-1"
    )
    return content


def pressed(sheet: Sheet) -> bytes:
    """Set a letter with what a process keeps of fonts and styles."""
    return press.typeset(sheet.html, LETTER)[0]


def kept() -> Callable[[Sheet], bytes]:
    """Return how letters are set with layouts kept, of which there are none yet."""
    store = plates.Plates()
    return lambda sheet: store.typeset(sheet)[0]


def seconds(make: Callable[[Sheet], bytes], people: list[Sheet]) -> tuple[float, list[bytes]]:
    """Return CPU seconds, and the letters."""
    began = time.process_time()
    made = [make(sheet) for sheet in people]
    return time.process_time() - began, made


def compare(letters: int) -> None:
    """Print one line of the table."""
    dice, ways = random.Random(letters), (plain, pressed, kept())
    people = [make_sheet(dice) for _ in range(letters)]
    spent = [0.0] * len(ways)
    for start in range(0, letters, TURN):
        found = [seconds(make, people[start : start + TURN]) for make in ways]
        spent = [before + took for before, (took, _) in zip(spent, found, strict=True)]
        assert all(made == found[0][1] for _, made in found), "a letter differs"
    a, b, c = (took / letters * 1000 for took in spent)
    print(
        f"{letters} letters of {len({sheet.form for sheet in people})} forms, all the same bytes: "
        f"{a:.0f}, {b:.0f} and {c:.0f} ms; kept by plain {a / c:.1f}x, by press {b / c:.1f}x"
    )


if __name__ == "__main__":
    asked = ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("letters", nargs="*", type=int, default=[60, 240, 960])
    for number in asked.parse_args().letters:
        compare(number)
