"""References without slips, addresses that fit the window, characters the fonts hold."""

from random import Random

import pytest

from notifications.letters import glyphs, rules

PICK = Random(7).choice


def test_a_reference_shows_every_wrong_sign_and_every_exchange():
    code = rules.make_reference(PICK)
    plain = code.replace("-", "")

    wrong = [
        plain[:at] + sign + plain[at + 1 :]
        for at in range(len(plain))
        for sign in rules.SIGNS
        if sign != plain[at]
    ]
    swapped = [
        plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
        for at in range(len(plain) - 1)
        if plain[at] != plain[at + 1]
    ]

    assert rules.is_reference(code)
    assert rules.is_reference(code.lower().replace("-", " "))
    assert not any(rules.is_reference(slip) for slip in wrong + swapped)


def test_a_reference_has_no_sign_that_reads_as_another():
    assert not set("01IOL") & set(rules.SIGNS)
    assert len(rules.SIGNS) == 31


@pytest.mark.parametrize(
    ("lines", "size"),
    [
        (["ANA EXAMPLE", "12 MAIN ST APT 4", "SPRINGFIELD VA  22150"], 10),
        (["A"] * 5, 10),
        (["A"] * 7, 8),
        (["A"] * 8, 0),
        (["A"], 0),
        (["ANA EXAMPLE", "MINISTERIO DE RELACIONES EXTERIORES DEL ESTE"], 9),
        (["ANA EXAMPLE", "W" * 60], 0),
    ],
)
def test_an_address_is_set_as_large_as_the_window_lets_it(lines, size):
    assert glyphs.address_size(lines) == size


def test_what_the_fonts_do_not_hold_is_named_by_its_code():
    assert glyphs.unprintable(["Ana Muñoz Łódź Nguyễn \u0412\u0435\u0440\u0430", "e\u0301"]) == []
    assert glyphs.unprintable(["王 Ana", "\u202eabc", "\x00"]) == ["U+0000", "U+202E", "U+738B"]


@pytest.mark.parametrize(("text", "lines"), [("Example Agency", 1), ("Bureau of " * 9, 2)])
def test_how_many_lines_a_text_takes_in_large_print(text, lines):
    assert glyphs.large_lines(text) == lines
