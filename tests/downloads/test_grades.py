"""What one line is worth, and the grade of a client, row by row of the published tables."""

import pytest

from breaches.downloads.grades import OVER_COUNT, Got, Grade, Posted, best, grade, share, worth

S = 20_000_000
SHEET = Posted(size=S, is_compressible=False)
TEXT = Posted(size=S, is_compressible=True)
NO_SIZE = Posted(size=None, is_compressible=False)
WHOLE_IN_PARTS = Grade("C", S - OVER_COUNT, S)


@pytest.mark.parametrize(
    ("method", "status", "sent", "posted", "expected"),
    [
        ("GET", 200, S, SHEET, "FULL"),
        ("GET", 200, S + 500, SHEET, "FULL"),
        ("POST", 200, S, SHEET, "FULL"),
        ("PROPFIND", 200, S, SHEET, "FULL"),
        ("PROPFIND", 200, 900, SHEET, "ATTEMPT"),
        ("OPTIONS", 200, None, SHEET, "ATTEMPT"),
        ("GET", 200, S - 1, SHEET, "CUT"),
        ("GET", 200, S - 1, TEXT, "ENCODED"),
        ("GET", 200, S, TEXT, "FULL"),
        ("GET", 200, 5, NO_SIZE, "SIZED"),
        ("GET", 200, None, SHEET, "UNCOUNTED"),
        ("GET", 200, 0, SHEET, "METADATA"),
        ("GET", 206, 200, SHEET, "RANGE"),
        ("GET", 206, 1, SHEET, "METADATA"),
        ("GET", 206, 0, SHEET, "METADATA"),
        ("GET", 206, None, SHEET, "UNCOUNTED"),
        ("HEAD", 200, None, SHEET, "METADATA"),
        ("HEAD", 200, S, SHEET, "METADATA"),
        ("HEAD", 404, 0, SHEET, "ATTEMPT"),
        ("HEAD", 304, None, SHEET, "PRIOR"),
        ("GET", 304, None, SHEET, "PRIOR"),
        ("GET", 301, 200, SHEET, "REDIRECT"),
        ("GET", 302, 0, SHEET, "REDIRECT"),
        ("GET", 307, 0, SHEET, "REDIRECT"),
        ("GET", 401, 90, SHEET, "ATTEMPT"),
        ("GET", 403, 90, SHEET, "ATTEMPT"),
        ("GET", 404, 90, SHEET, "ATTEMPT"),
        ("GET", 410, 90, SHEET, "ATTEMPT"),
        ("GET", 416, 90, SHEET, "METADATA"),
        ("GET", 500, 90, SHEET, "ATTEMPT"),
        ("POST", 405, 90, SHEET, "ATTEMPT"),
        ("GET", 499, 0, SHEET, "ATTEMPT"),
        ("GET", 499, None, SHEET, "ATTEMPT"),
        ("GET", 499, 77, SHEET, "CUT"),
        ("GET", 499, 77, TEXT, "ENCODED"),
    ],
)
def test_one_line_is_worth(method, status, sent, posted, expected):
    assert worth(method, status, sent, posted) == expected


@pytest.mark.parametrize(
    ("got", "posted", "expected"),
    [
        ([("FULL", S)], SHEET, Grade("B", S - OVER_COUNT, S)),
        ([("FULL", S), ("METADATA", 0), ("ATTEMPT", 9)], SHEET, Grade("B", S - OVER_COUNT, S)),
        ([("RANGE", S // 4)] * 4, SHEET, Grade("C", S - OVER_COUNT, S)),
        ([("RANGE", S)], SHEET, Grade("C", S - OVER_COUNT, S)),
        ([("CUT", S // 2), ("RANGE", S // 2)], SHEET, Grade("C", S - OVER_COUNT, S)),
        ([("RANGE", S // 4)] * 3, SHEET, Grade("D", S * 3 // 4 - OVER_COUNT, S * 3 // 4)),
        ([("RANGE", S // 10)] * 15, SHEET, Grade("D", 0, S)),
        ([("RANGE", S // 4, (0, S // 4)), ("RANGE", S * 3 // 4)], SHEET, WHOLE_IN_PARTS),
        ([("RANGE", S, (0, S)), ("RANGE", S // 4)], SHEET, Grade("B", S - OVER_COUNT, S)),
        ([("RANGE", S, (0, S), True)], SHEET, Grade("D", 0, S)),
        ([("RANGE", S, None, True)], SHEET, Grade("D", 0, S)),
        ([("CUT", S, None, True), ("RANGE", 2, (0, 2))], SHEET, Grade("D", 0, S)),
        ([("CUT", S // 2, None, True), ("RANGE", S // 2)], SHEET, Grade("D", 1_611_392, S)),
        ([("CUT", S, None, True), ("FULL", S)], SHEET, Grade("B", S - OVER_COUNT, S)),
        ([("RANGE", S // 4 + 400, None, False, True)] * 4, SHEET, WHOLE_IN_PARTS),
        ([("RANGE", S // 4 + 400)] * 4, SHEET, Grade("D", 0, S)),
        ([("CUT", 100)], SHEET, Grade("D", 0, 100)),
        ([("CUT", S * 2 // 5)] * 3, SHEET, Grade("D", 0, S * 2 // 5)),
        ([("METADATA", None)], SHEET, Grade("E", 0, 0)),
        ([("METADATA", 1), ("ATTEMPT", 9)], SHEET, Grade("E", 0, 0)),
        ([("PRIOR", None), ("METADATA", 0)], SHEET, Grade("F", 0, None)),
        ([("SIZED", S)], NO_SIZE, Grade("U", 0, None)),
        ([("RANGE", S)], NO_SIZE, Grade("U", 0, None)),
        ([("ENCODED", S // 9)], TEXT, Grade("U", 0, S)),
        ([("UNCOUNTED", None)], SHEET, Grade("U", 0, S)),
        ([("UNREAD", None)], SHEET, Grade("U", 0, S)),
        ([("UNREAD", None), ("FULL", S)], SHEET, Grade("B", S - OVER_COUNT, S)),
        ([("ATTEMPT", 90), ("REDIRECT", 0)], SHEET, None),
        ([], SHEET, None),
    ],
)
def test_a_client_is_graded(got, posted, expected):
    assert grade([Got(*row) for row in got], posted) == expected


def test_one_byte_is_a_probe_whatever_is_counted_on_top_of_it():
    assert worth("GET", 206, 501, SHEET, span=(0, 1)) == "METADATA"


def test_an_aborted_answer_to_another_method_is_no_whole_body():
    assert worth("PROPFIND", 200, S, SHEET, aborted=True) == "CUT"


def test_the_six_thousand_row_sheet_cannot_be_told_apart():
    sheet = Posted(size=1_048_576, is_compressible=False)

    assert grade([Got("FULL", 1_048_576)], sheet) == Grade("B", 0, 1_048_576)


def test_the_gravest_grade_of_several_is_kept():
    assert best(["E", "D", "B"]) == "B"
    assert best([]) == ""


@pytest.mark.parametrize(
    ("part", "size", "words"),
    [(5, 10, "50 %"), (None, 10, "not known"), (5, None, "not known"), (20, 10, "100 %")],
)
def test_a_share_is_in_words(part, size, words):
    assert share(part, size) == words
