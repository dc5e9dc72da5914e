"""Each file of tests/leaks/nasty is read as the table beside it says, or refused in a sentence."""

import pytest

from breaches.leaks.report import report
from breaches.leaks.tabular import Unreadable, read
from tests.leaks.nasty.books import BOOKS
from tests.leaks.nasty.expected import EXPECTED
from tests.leaks.nasty.texts import TEXTS

FILES = TEXTS | BOOKS


def test_there_are_many_and_each_is_expected():
    assert set(FILES) == set(EXPECTED)
    assert len(FILES) >= 40


@pytest.mark.parametrize("name", FILES)
def test_a_nasty_file_is_read_as_expected(name):
    expected = EXPECTED[name]
    if isinstance(expected, str):
        with pytest.raises(Unreadable, match=expected):
            report(lambda: read([FILES[name]]))
        return

    found = report(lambda: read([FILES[name]]))

    tables = [(table["rows"], table["header_row"]) for table in found["tables"]]
    assert tables == expected.tables
    assert expected.hidden.items() <= found["hidden"].items()
    assert expected.remarks.items() <= found["remarks"].items()
    assert found["problems"]["counted"] == expected.problems
    if expected.encoding:
        assert found["encoding"] == expected.encoding
    if expected.delimiter:
        assert found["delimiter"] == expected.delimiter
