"""Every spelling of a number or a date has one normal form."""

from datetime import date

import pytest

from breaches.people import dates, identifiers


@pytest.mark.parametrize(
    "text",
    ["A012345678", "a 012 345 678", "A-012-345-678", "A#012345678", "12345678", "12345678.0"],
)
def test_one_a_number_in_all_its_spellings(text):
    assert identifiers.a_number(text) == "A012345678"


@pytest.mark.parametrize("text", ["", "A", "12345", "1234567890", "B012345678", "A000000000"])
def test_what_is_no_a_number(text):
    assert identifiers.a_number(text) == ""


@pytest.mark.parametrize(
    "text",
    ["1990-03-04", "3/4/1990", "03.04.1990", "4 Mar 1990", "04-MAR-1990", "March 4, 1990", "32936"],
)
def test_one_date_in_all_its_spellings(text):
    assert dates.parse(text) == "1990-03-04"


@pytest.mark.parametrize(
    ("text", "found"), [("31/12/1980", "1980-12-31"), ("31/31/1980", ""), ("soon", ""), ("7", "")]
)
def test_doubtful_dates(text, found):
    assert dates.parse(text) == found


@pytest.mark.parametrize(
    ("born", "minor"), [("2004-11-19", False), ("2004-11-20", True), ("", False)]
)
def test_who_is_a_minor_on_a_day(born, minor):
    assert dates.is_minor(born, date(2022, 11, 19)) is minor
