"""A row is left out as a total only when it can be nobody."""

import pytest

from breaches.leaks.totals import is_total

ROWS = [
    (["Total", "12"], True),
    (["Grand total", "", "1,204", "$3,000.50", "12%"], True),
    (["Total detainees: 12"], True),
    (["", "Subtotal", "4"], True),
    (["Count of records", "6252"], True),
    (["Sum Wing Kei", "A012345678"], False),
    (["Sum", "Wing Kei"], False),
    (["Sum (Kei)", ""], False),
    (["Total", "A012345678"], False),
    (["Suma", "", "1990-01-02"], False),
    (["Total Mohammed", "", ""], False),
    (["Count Basie", "34"], False),
]


@pytest.mark.parametrize(("cells", "total"), ROWS)
def test_what_is_a_total(cells, total):
    assert is_total(cells) is total
