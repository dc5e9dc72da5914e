"""A letter from a kept layout has the bytes of plain WeasyPrint, whatever is in its blanks."""

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from notifications.letters import pdf, plates, press, rules
from notifications.letters.blanks import Blanks, Sheet

LINES = ("Ana Example", "12 Main St Apt 4", "Springfield VA  22150")
BODY = (
    "<p>Dear {name},</p><p>Call the Help Desk and have the reference {reference} with you when you "
    "do, so that we find what was in it about you.</p><ul><li>Name</li><li>{name}</li></ul>"
)
NAMES = [
    *("Ana Example", "A", "Zoë O'Brien-Ñuñez", "Ана Пример", "Ελένη", "Nguyễn Thị Ánh"),
    *("<b>Ana</b> & “Co”", "X00000000X", "Ana   Ben  Example", " Ana ", "Ana\u00a0Example"),
    *("Ana\u00adExample", "Ana\u200bExample", "\u202eelpmaxE anA", "Ana\tExample", "Ana\nExample"),
    *("W" * 60, "Ana " * 30, "Ana Example-" * 9, "ffi fl ij", "ß İ ŉ", "A\u0301na", "1/2 ½"),
]


def make_sheet(
    name="Ana Example", lines=LINES, reference="K7QW-3MXP-T", *, body=BODY, subject="Notice", **more
):
    blanks = Blanks()
    own = {"name": blanks.blank(name), "reference": blanks.blank(reference)}
    values = {
        "language": "en",
        "subject": subject.format(**own),
        "words": rules.furniture("en"),
        "reference": own["reference"],
        "phone": "1-800-555-0100",
        "help_in": rules.HELP_IN,
        "sender": {"name": "Example Agency", "lines": ["PO Box 1", "Springfield VA 22150"]},
        "date": "March 2, 2026",
        "lines": [blanks.blank(line) for line in lines],
        "size_class": "",
        "body": mark_safe(body.format(**own)),  # noqa: S308
    }
    return Sheet(render_to_string("letters/notice.html", {**values, **more}), blanks.own)


@pytest.fixture
def kept(monkeypatch):
    """Give an empty store of plates."""
    store = plates.Plates()
    monkeypatch.setattr(plates, "_plates", lambda: store)
    return store


@pytest.fixture
def plainly(monkeypatch):
    """Give the letters that were set plainly."""
    found, real = [], press.typeset
    monkeypatch.setattr(press, "typeset", lambda *args: found.append(args) or real(*args))
    return found


def keep(sheet):
    for _ in range(plates.FROM_THIRD):
        made = pdf.make_letter(sheet)
    return made


def test_letters_are_the_same_bytes_whoever_they_are_for(kept, plainly):
    people = [make_sheet(name, (name, *LINES[1:])) for name in NAMES]
    keep(make_sheet())
    plainly.clear()

    made = [pdf.make_letter(person) for person in people]

    assert 0 < len(plainly) < len(people) / 2
    assert made == [pdf.make_pdf(person.html) for person in people]


@pytest.mark.parametrize(
    "more", [{"is_large": True}, {"language": "es"}, {"size_class": " size-8"}]
)
def test_so_are_other_kinds_of_letters(kept, plainly, more):
    keep(make_sheet(**more))
    plainly.clear()
    references = ("1111-1111-1", "WWWW-WWWW-W", "7R26-NEVC-X")

    made = [pdf.make_letter(make_sheet("Ben", reference=it, **more)) for it in references]

    assert not plainly
    assert made == [pdf.make_pdf(make_sheet("Ben", reference=it, **more).html) for it in references]


def test_nothing_is_left_of_the_person_before(kept):
    keep(make_sheet())
    before = pdf.make_letter(make_sheet("Ben"))

    pdf.make_letter(make_sheet("Zoë Ж", ["Zoë Ж", *LINES[1:]]))
    pdf.make_letter(make_sheet("Ana " * 30))

    assert pdf.make_letter(make_sheet("Ben")) == before


def test_few_letters_of_a_kind_are_set_plainly(kept, plainly):
    for name in ("Ana", "Ben"):
        pdf.make_letter(make_sheet(name))

    assert len(plainly) == 2
    assert not kept.kept


@pytest.mark.parametrize(
    "more",
    [
        {"subject": "For {name}"},  # it stands in the title, outside of every page
        {"body": "<p class='{name}'>Dear all,</p>"},  # a style sheet may know it
        {"body": "<p>Line.<br>Line.</p>" * 25 + "<p>" + "{name} " * 30 + "</p>"},  # over two pages
    ],
)
def test_a_form_that_cannot_be_kept_is_set_plainly(kept, plainly, more):
    keep(make_sheet("Ana Beatriz", **more))
    plainly.clear()

    made = pdf.make_letter(make_sheet("Ben", **more))

    assert plainly
    assert list(kept.kept.values()) == [None]
    assert made == pdf.make_pdf(make_sheet("Ben", **more).html)


def test_a_letter_that_reaches_outside_is_refused_however_often_it_comes(kept):
    sheet = make_sheet(body="<p>{name}</p><img src='https://tracker.example/x.png'>")

    for _ in range(plates.FROM_THIRD + 1):
        with pytest.raises(pdf.NotTypeset):
            pdf.make_letter(sheet)


def test_what_is_kept_is_bounded(kept, monkeypatch):
    monkeypatch.setattr(plates, "KEPT", 2)
    monkeypatch.setattr(plates, "FROM_THIRD", 1)

    for number in range(4):
        pdf.make_letter(make_sheet(body=f"<p>Form {number} for {{name}}.</p>"))

    assert len(kept.kept) == 2


def test_more_forms_than_are_kept_are_not_laid_out_for_each_letter(kept, monkeypatch):
    laid_out, real = [], plates.Plate
    monkeypatch.setattr(plates, "Plate", lambda form: laid_out.append(form) or real(form))
    monkeypatch.setattr(plates, "KEPT", 1)

    for _ in range(6):
        for number in range(2):
            pdf.make_letter(make_sheet(body=f"<p>Form {number} for {{name}}.</p>"))

    assert len(laid_out) <= 4


def test_a_letter_over_which_the_layout_stumbles_is_set_plainly_and_the_next_is_not(
    kept, plainly, monkeypatch
):
    keep(make_sheet())
    plainly.clear()
    real = plates.iter_line_boxes

    def stumbling(context, line, *more):
        yield from real(context, line, *more)
        if "Ada" in "".join(box.text for box in plates._texts(line)):
            raise RecursionError

    monkeypatch.setattr(plates, "iter_line_boxes", stumbling)

    made = [pdf.make_letter(make_sheet(name)) for name in ("Ada", "Ben")]

    assert len(plainly) == 1
    assert made == [pdf.make_pdf(make_sheet(name).html) for name in ("Ada", "Ben")]


def test_what_is_one_persons_own_is_no_part_of_the_form():
    ana, ben = make_sheet("Ana", ["Ana"], "1111-1111-1"), make_sheet("Ben", ["Ben"], "2222-2222-2")

    assert ana.form == ben.form
    assert "Ana" not in ana.form
    assert "Ana" in ana.html


def test_a_text_that_reads_like_a_blank_is_printed_as_it_is():
    blanks = Blanks()
    one = blanks.blank("first")
    two = blanks.blank(one)

    assert Sheet(f"{one} {two}", blanks.own).html == f"first {one}"
