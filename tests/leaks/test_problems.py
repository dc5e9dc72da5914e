"""What is doubtful in a cell, by what its column holds."""

import pytest

from breaches.leaks.problems import CellDoubt, doubt, doubts

CELLS = [
    ("a_number", "A012345678", ""),
    ("a_number", "12345678.0", ""),
    ("a_number", "1.23E+08", "rounded"),
    ("a_number", "pending", "not_an_a_number"),
    ("birth_date", "1990-01-02", ""),
    ("birth_date", "1990-01-02 00:00:00", ""),
    ("birth_date", "33000", ""),
    ("birth_date", "2 Jan 1990", ""),
    ("birth_date", "unknown", "not_a_date"),
    ("email", "ada@example.org", ""),
    ("email", "ada at example", "not_an_email"),
    ("family_name", "Núñez", ""),
    ("family_name", "NÃºÃ±ez", "damaged_letters"),
    ("", "anything", ""),
]


@pytest.mark.parametrize(("element", "cell", "reason"), CELLS)
def test_a_cell_is_doubtful_for_a_reason(element, cell, reason):
    assert doubt(element, cell) == reason


def test_a_row_with_too_many_cells_is_listed_at_the_first_that_is_too_much():
    assert list(doubts(["Doe", "Ada", "x"], {0: "family_name", 1: "given_name"}, 2)) == [
        CellDoubt(2, "too_many_cells")
    ]
