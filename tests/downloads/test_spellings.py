"""No spelling of the file that a server would serve is missed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breaches.downloads.lines import Lines
from breaches.downloads.locators import compare, locator, needle
from breaches.downloads.prefilter import candidates, engine, holds_encoded

PLACE = locator("https://agency.example/r/roster.xlsx")

SERVED = [
    "/r/roster.xlsx",
    "/r/%72oster.xlsx",
    "/r/%2572oster.xlsx",
    "/r/%252572oster.xlsx",
    "//r//roster.xlsx",
    "/./r/x/../roster.xlsx",
    "/r/%2e/x/%2E%2E/roster.xlsx",
    "http://agency.example/r/roster.xlsx",
    "HTTPS://agency.example:443/r/roster.xlsx",
    "/r/roster.xlsx?v=2",
    "/r/roster.xlsx#top",
    "/r/roster.xlsx?",
    "/r/%72%6F%73%74%65%72.xlsx",
    "/r/roster.xlsx;jsessionid=1",
    "/r/q%252f../../roster.xlsx",
]


ENGINES = [pytest.param(False, id="installed"), pytest.param(True, id="plain")]


def offered(text, sought, *, plain):
    found = list(candidates(Lines(text), sought, engine(sought, plain=plain)))
    assert all(text[one.start :].startswith(one.text) for one in found)
    assert all(text[: one.start].count(b"\n") == one.number for one in found)
    return [(one.number, one.text) for one in found]


@pytest.mark.parametrize("plain", ENGINES)
@pytest.mark.parametrize("target", SERVED)
def test_every_spelling_is_the_file(target, plain):
    assert compare(PLACE, target) == "same"
    line = f'192.0.2.1 - - [x] "GET {target} HTTP/1.1" 200 5'.encode()
    text = b"nothing here\n" + line + b"\nnor here\n"

    assert offered(text, needle(PLACE), plain=plain) == [(1, line)]


@pytest.mark.parametrize(
    "target",
    [
        "/r/roster.xls",
        "/roster.xlsx",
        "/r/roster.xlsx/x",
        "/x?f=/r/roster.xlsx",
        "*",
        "/r/../roster.xlsx",
    ],
)
def test_other_targets_are_not_the_file(target):
    assert compare(PLACE, target) == ""


def test_other_capitals_are_told_apart_unless_the_server_ignores_them():
    assert compare(PLACE, "/R/Roster.XLSX") == "case"
    windows = locator("/r/roster.xlsx", ignore_case=True)
    assert compare(windows, "/R\\Roster.XLSX") == "same"


@pytest.mark.parametrize(
    ("place", "target", "same"),
    [
        ("/d.php?id=8812", "/d.php?x=1&id=8812", "same"),
        ("/d.php?id=8812", "/d.php?id=88", ""),
        ("/listes/évadés.xlsx", "/listes/%C3%A9vad%C3%A9s.xlsx", "same"),
        ("/listes/évadés.xlsx", "/listes/e%CC%81vade%CC%81s.xlsx", "same"),
        ("r/roster.xlsx", "/r/roster.xlsx", "same"),
        ("/d?n=my list.xlsx", "/d?n=my%20list.xlsx", "same"),
        ("/d?n=my list.xlsx", "/d?n=my%2520list.xlsx", "same"),
        ("/d?n=my%2520list.xlsx", "/d?n=my+list.xlsx", "same"),
        ("/d?n=a&m=b", "/d?n=a%26m=b", ""),
    ],
)
def test_queries_and_accents_are_compared_by_meaning(place, target, same):
    assert compare(locator(place), target) == same


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("/r/roster.xlsx", b"roster"),
        ("/r/Nov-2022_list.xlsx", b"2022"),
        ("/files/é.x", b"files"),
        ("/é.x", b""),
    ],
)
def test_the_needle_is_the_longest_run_that_every_spelling_holds(place, expected):
    assert needle(locator(place)) == expected


def test_without_a_needle_every_line_is_a_candidate():
    found = offered(b"a\nb\r\n\nc", b"", plain=False)

    assert found == [(0, b"a"), (1, b"b"), (2, b""), (3, b"c")]


@pytest.mark.parametrize("plain", ENGINES)
def test_an_encoded_line_about_something_else_is_not_offered(plain):
    text = b'"GET /%73%65arch HTTP/1.1" 200 5\n'

    assert offered(text, b"roster", plain=plain) == []


PIECES = st.sampled_from(
    [
        *(b"roster", b"ROSTER", b"Ros", b"ter", b"%72oster", b"%2572oster", b"r%6fster", b"%4"),
        *(b"%", b"%2", b"%25", b"%20", b"%D0%BF", b"\\x72oster", b"\\u0072oster", b"\\", b"\n"),
        *(b"\r\n", b"\x12oster", b"\xc5", b" ", b"@", b"/"),
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_both_engines_offer_the_same_lines_as_a_look_at_each(pieces):
    text = b"".join(pieces)
    lines = text.split(b"\n")
    expected = [
        (number, line.rstrip(b"\r"))
        for number, line in enumerate(lines)
        if b"roster" in line.lower() or holds_encoded(line, b"roster")
    ]

    assert offered(text, b"roster", plain=True) == expected
    assert offered(text, b"roster", plain=False) == expected
