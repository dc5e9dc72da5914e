"""What is doubtful in a cell, by what its column holds."""

from datetime import date

import pytest

from breaches.leaks.dates import Evidence
from breaches.leaks.problems import CellDoubt, Checks, doubt, text_doubt

CELLS = [
    ("a_number", "A012345678", ""),
    ("a_number", "12345678.0", "decimal"),
    ("a_number", "1.23E+08", "rounded"),
    ("a_number", "pending", "not_an_a_number"),
    ("a_number", "1990-01-05", "not_an_a_number"),
    ("birth_date", "1990-01-02", ""),
    ("birth_date", "1990-01-02 00:00:00", ""),
    ("birth_date", "33000", "serial_date"),
    ("birth_date", "2 Jan 1990", ""),
    ("birth_date", "January 2, 1990", ""),
    ("birth_date", "5 de enero de 1990", ""),
    ("birth_date", "1990/01/05", ""),
    ("birth_date", "19900105", ""),
    ("booking_date", "2022-11-19 01:45 PM", ""),
    ("birth_date", "31/02/1990", "not_a_date"),
    ("birth_date", "1990-13-45", "not_a_date"),
    ("birth_date", "unknown", "not_a_date"),
    ("email", "ada@example.org", ""),
    ("email", "ada at example", "not_an_email"),
    ("family_name", "anything", ""),
    ("postcode", "2134", "lost_zero"),
    ("postcode", "02134", ""),
    ("ssn", "12345678", "lost_zero"),
    ("financial", "4000123412341230", "rounded"),
    ("financial", "4111111111111110.0", "rounded"),
    ("", "anything", ""),
]
TEXTS = [
    ("Núñez", ""),
    ("NÃºÃ±ez", "damaged_letters"),
    ("=HYPERLINK(A1)", "formula"),
    ("-A1", "formula"),
    ("-12.5", ""),
    ("x" * 255, "cut_off"),
]


@pytest.mark.parametrize(("element", "cell", "reason"), CELLS)
def test_a_cell_is_doubtful_for_a_reason(element, cell, reason):
    assert doubt(element, cell) == reason


@pytest.mark.parametrize(("cell", "reason"), TEXTS)
def test_a_text_is_doubtful_whatever_its_column_holds(cell, reason):
    assert text_doubt(cell) == reason


def test_a_row_with_too_many_cells_is_listed_at_the_first_that_is_too_much():
    checks = Checks({0: "family_name", 1: "given_name"}, 2)

    assert list(checks.doubts(["Doe", "Ada", "x"])) == [CellDoubt(2, "too_many_cells")]


def test_dates_are_ambiguous_only_where_the_column_proves_nothing():
    proven, undecided = Checks({0: "birth_date"}, 1), Checks({0: "birth_date"}, 1, frozenset({0}))

    assert not list(proven.doubts(["3/4/1990"]))
    assert list(undecided.doubts(["3/4/1990"])) == [CellDoubt(0, "ambiguous_date")]
    assert not list(undecided.doubts(["3/14/1990"]))


@pytest.mark.parametrize("cell", ["2099-01-01", "01/02/2099", "2022-11-20"])
def test_a_birth_date_that_is_still_to_come_is_doubtful(cell):
    checks = Checks({0: "birth_date", 1: "hearing_date"}, 2, today=date(2022, 11, 19))

    assert list(checks.doubts([cell, cell])) == [CellDoubt(0, "future_birth")]
    assert not list(checks.doubts(["2022-11-19", "2023-01-31"]))


def test_a_day_of_no_calendar_proves_no_order():
    evidence = Evidence()

    evidence.add(["45/45/1990", "31/02/1990", "03/04/1990"])

    assert (evidence.order, evidence.ambiguous) == ("", 1)
