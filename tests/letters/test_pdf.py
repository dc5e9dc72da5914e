"""A letter is tagged, the same each time, fits its envelope and asks nobody for anything."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from notifications.letters import pdf, rules

# Points from the top and left of a US Letter page (letters.md part 2; 72 to the inch).
WINDOW = {"left": 0, "right": 5.38 * 72, "top": 2.04 * 72, "bottom": 3.63 * 72}
BOX = {"left": 1.0 * 72, "right": 4.25 * 72, "top": 2.17 * 72, "bottom": 3.04 * 72}


def letter_html(language="en", body="<p>On 28 November 2022.</p>" * 60, **more):
    values = {
        "language": language,
        "subject": "Notice of Data Breach",
        "words": rules.furniture(language),
        "reference": "K7QW-3MXP-T",
        "phone": "1-800-555-0100",
        "help_in": rules.HELP_IN,
        "sender": {"name": "Example Agency", "lines": ["PO Box 1", "Springfield VA 22150"]},
        "date": "March 2, 2026",
        "lines": ["Ana Example", "12 Main St Apt 4", "Springfield VA  22150"],
        "size_class": "",
        "body": mark_safe(body),  # noqa: S308
    }
    return render_to_string("letters/notice.html", {**values, **more})


def words(content, page):
    """Yield (text, left, top, right, bottom) of each piece of text, in points from the top left."""
    with pypdfium2.PdfDocument(content) as document:
        text = document[page].get_textpage()
        for rect in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(rect)
            yield (
                text.get_text_bounded(left, bottom, right, top),
                left,
                792 - top,
                right,
                792 - bottom,
            )


def test_the_same_letter_has_the_same_bytes():
    assert pdf.make_pdf(letter_html()) == pdf.make_pdf(letter_html())


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_letter_is_tagged_and_says_its_language(language):
    made = pdf.make_pdf(letter_html(language))

    with pikepdf.open(BytesIO(made.content)) as document:
        assert str(document.Root.Lang) == language
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert b"pdfuaid" in bytes(document.Root.Metadata.read_bytes())
        assert len(document.pages) == made.pages


def test_only_the_address_shows_in_the_window_and_fits_its_box():
    made = pdf.make_pdf(letter_html(lines=["W" * 20] * 5))

    inside = [
        (text, left, top, right, bottom)
        for text, left, top, right, bottom in words(made.content, 0)
        if left < WINDOW["right"] and bottom > WINDOW["top"] and top < WINDOW["bottom"]
    ]
    assert len(inside) == 5
    for text, left, top, right, bottom in inside:
        assert "W" in text
        assert BOX["left"] - 1 <= left < right <= BOX["right"]
        assert BOX["top"] <= top < bottom <= BOX["bottom"] + 1


def test_every_page_carries_its_reference_and_number():
    made = pdf.make_pdf(letter_html("es"))

    assert made.pages == 3
    for page in range(made.pages):
        text = " ".join(word for word, *_ in words(made.content, page))
        assert "Referencia K7QW-3MXP-T" in text
        assert f"Página {page + 1} de 3" in text


def test_help_in_other_languages_comes_first():
    first = next(words(pdf.make_pdf(letter_html()).content, 0))[0]

    assert first.startswith("1-800-555-0100")


@pytest.mark.parametrize(
    "body",
    [
        "<img src='https://example.org/x.png' alt='x'>",
        "<img src='file:///etc/passwd' alt='x'>",
        "<img src='gone.png' alt='x'>",
        "<img src='asset:../../manage.py' alt='x'>",
        "<style>@import 'https://example.org/x.css';</style>",
        "<p style='background: url(https://example.org/x.png)'>x</p>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "<embed src='https://example.org/x.svg'>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    ],
)
def test_a_letter_that_wants_something_from_outside_is_not_set(body):
    with pytest.raises(pdf.NotTypeset, match="outside"):
        pdf.make_pdf(letter_html(body=body))


def test_values_never_become_markup():
    made = pdf.make_pdf(letter_html(lines=["<b>Ana</b>", "<img src=x>", "Springfield VA"]))

    text = " ".join(word for word, *_ in words(made.content, 0))
    assert "<B>ANA</B>" in text
