"""No spelling of the file that a server would serve is missed."""

import pytest

from breaches.downloads.locators import candidates, compare, locator, needle

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
]


@pytest.mark.parametrize("target", SERVED)
def test_every_spelling_is_the_file(target):
    assert compare(PLACE, target) == "same"
    line = f'192.0.2.1 - - [x] "GET {target} HTTP/1.1" 200 5'.encode()
    text = b"nothing here\n" + line + b"\nnor here\n"

    assert list(candidates(text, needle(PLACE))) == [(13, 1, line)]


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
    assert [line for _, _, line in candidates(b"a\nb\r\n\nc", b"")] == [b"a", b"b", b"", b"c"]


def test_an_encoded_line_about_something_else_is_not_offered():
    text = b'"GET /%73%65arch HTTP/1.1" 200 5\n'

    assert list(candidates(text, b"roster")) == []
