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
    [
        *("1990-03-04", "3/4/1990", "03.04.1990", "4 Mar 1990", "04-MAR-1990", "March 4, 1990"),
        *("32936", "1990/03/04", "19900304", "4 de marzo de 1990"),
    ],
)
def test_one_date_in_all_its_spellings(text):
    assert dates.parse(text) == "1990-03-04"


@pytest.mark.parametrize(
    ("text", "found"),
    [("31/12/1980", "1980-12-31"), ("31/31/1980", ""), ("soon", ""), ("7", ""), ("19901345", "")],
)
def test_doubtful_dates(text, found):
    assert dates.parse(text) == found


@pytest.mark.parametrize(
    ("born", "minor"), [("2004-11-19", False), ("2004-11-20", True), ("", False)]
)
def test_who_is_a_minor_on_a_day(born, minor):
    assert dates.is_minor(born, date(2022, 11, 19)) is minor


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["3/4/1980", "12/31/1980"], dates.Order.MONTH_FIRST),
        (["3/4/1980", "31/12/1980 00:00:00"], dates.Order.DAY_FIRST),
        (["3/4/1980", "1980-12-31"], dates.Order.UNKNOWN),
        (["31/12/1980", "12/31/1980"], dates.Order.UNKNOWN),
    ],
)
def test_a_column_proves_its_order_or_does_not(cells, order):
    assert dates.order_of(cells) is order


def test_the_order_of_the_column_decides_a_date_that_could_be_either():
    assert dates.parse("3/4/1980", dates.Order.DAY_FIRST) == "1980-04-03"
    assert dates.parse("12/31/1980", dates.Order.DAY_FIRST) == "1980-12-31"
    assert dates.is_ambiguous("3/4/1980")
    assert not dates.is_ambiguous("4/4/1980")


# ICAO Doc 9303 part 4, appendix A: the specimen of Utopia.
MRZ = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_a_check_digit_of_a_machine_readable_zone():
    assert identifiers.check_digit("L898902C3") == 6
    assert identifiers.check_digit("740812") == 2


def test_a_passport_number_is_taken_out_of_its_machine_readable_line():
    assert identifiers.normal("passport", MRZ) == "L898902C3"
    assert identifiers.problem("passport", MRZ) == ""


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("passport", MRZ.replace("C36UTO", "C37UTO"), "check digit of the passport"),
        ("passport", "L898902C3<6", "44 characters"),
        ("passport", "ABCDEF", "no digit"),
        ("a_number", "1.2E8", "rounded number"),
        ("a_number", "A12", "seven to nine digits"),
        ("a_number", "X12345678", "do not belong"),
        ("ssn", "12-34", "nine digits"),
        ("ssn", "666-12-3456", "ever given out"),
        ("case_number", "none", "no digit"),
        ("case_number", "IOE12345678901", "three letters and ten digits"),
    ],
)
def test_what_is_wrong_with_a_number_is_a_sentence(kind, text, words):
    assert words in identifiers.problem(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("a_number", "A# 012-345-678"), ("ssn", "219-09-9998"), ("case_number", "IOE0912345678")],
)
def test_a_right_number_has_no_problem(kind, text):
    assert identifiers.problem(kind, text) == ""
