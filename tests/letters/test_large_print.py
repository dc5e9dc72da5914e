"""Who reads large print gets it, from the register to the page; the window stays clear."""

import csv
from io import StringIO

import pypdfium2
import pytest
from pypdfium2 import raw

from breaches.matching.models import AffectedPerson
from breaches.people.models import Person
from breaches.vault import files
from notifications.letters import pdf, rules
from notifications.letters.actions import order_letters
from notifications.letters.models import Letter
from notifications.notices.actions import prepare_notices, route_notices
from notifications.printing.actions import build_run, freeze_run
from notifications.printing.models import PrintRun
from tests.factories import NOON, make_affected, make_exposure, make_incident, make_user
from tests.letters.makers import CONTACT, approved_wording, render_all
from tests.letters.test_pdf import BOX, WINDOW, letter_html, words
from tests.people.registers import handed_in, person

INTERPRETER = rules.furniture("en")["interpreter"].format(phone="1-800-555-0100")


@pytest.fixture(scope="module")
def letter():
    """Give a letter in large print as PDF."""
    html = letter_html(
        is_large=True, interpreter=INTERPRETER, size_class=" size-14",
        body="<h2>What happened?</h2><ul><li>Your name</li></ul>" + "<p>On 28 November.</p>" * 40,
    )  # fmt: skip
    return pdf.make_pdf(html).content


def sizes(content):
    """Yield (character, size in points, page, top from the top) of every sign that is printed."""
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for at in range(text.count_chars()):
                sign = text.get_text_range(at, 1)
                if sign.strip():
                    top = 792 - text.get_charbox(at)[3]
                    yield sign, raw.FPDFText_GetFontSize(text.raw, at), number, top


def test_every_word_but_the_address_has_18_points_or_more(letter):
    small = {
        (sign, size)
        for sign, size, page, top in sizes(letter)
        if size < 18 and not (page == 0 and WINDOW["top"] <= top <= WINDOW["bottom"])
    }

    assert small == set()


def test_only_the_address_stands_in_the_window_and_it_fits(letter):
    in_window = [
        piece
        for piece in words(letter, 0)
        if piece[2] < WINDOW["bottom"] and piece[4] > WINDOW["top"] and piece[1] < WINDOW["right"]
    ]

    assert " ".join(piece[0] for piece in in_window).split()[0] == "ANA"
    for _, left, top, right, bottom in in_window:
        assert left >= BOX["left"] - 1
        assert right <= BOX["right"]
        assert top >= BOX["top"] - 3
        assert bottom <= BOX["bottom"]


@pytest.fixture
def run(db, settings, tmp_path):
    """Give the built print run of a letter to somebody of the register with both wishes."""
    settings.SEALED_DIR = tmp_path / "sealed"
    approved_wording()
    handed_in([person(1)])
    one = Person.objects.get()
    one.seal({**one.document, "large_print": True, "interpreter": True, "written": "en"})
    one.save()
    incident = make_incident(contact=CONTACT)
    make_exposure(incident=incident)
    affected = make_affected(incident)
    AffectedPerson.objects.filter(pk=affected.pk).update(person=one)
    order = prepare_notices(incident, "initial", by=make_user(), at=NOON)
    route_notices(order, at=NOON)
    order_letters(incident, by=make_user(), at=NOON)
    render_all()
    build_run(freeze_run(incident, by=make_user(), at=NOON), at=NOON)
    return PrintRun.objects.get()


def test_the_wish_in_the_register_reaches_the_page_and_the_printer(run):
    letter = Letter.objects.get()
    with pypdfium2.PdfDocument(files.read(letter.pdf)) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    with pypdfium2.PdfDocument(files.read(run.pdf)) as document:
        control = " ".join(document[0].get_textpage().get_text_bounded().split())
    (line,) = csv.DictReader(StringIO(files.read(run.manifest).decode()))

    assert letter.is_large_print
    assert INTERPRETER in " ".join(text.split())
    assert "In large print 1" in control
    assert "To people who need an interpreter 1" in control
    assert line["large_print"] == "yes"
