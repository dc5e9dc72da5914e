"""What two spellings, two dates and two numbers are worth."""

import pytest

from breaches.matching import birth_dates, names
from breaches.matching.decisions import may_fit, rule

NAMES = [
    ("Juan Carlos Pérez López", "Perez Lopez, Juan Carlos", "same"),
    ("Juan Pérez", "Juan Pérez López", "same"),
    ("Mohammed al-Hassan", "Muhamad Hasan", "same"),
    ("Иван Петров", "Ivan Petrov", "same"),
    ("Aleksandr Ivanov", "Alexander Ivanov", "same"),
    ("Ada Doe", "Ada Roe", "different"),
    ("Maria Garcia", "Jose Garcia", "different"),
    ("Ada", "Ada Doe", "similar"),
    ("", "Ada Doe", "missing"),
]


@pytest.mark.parametrize(("left", "right", "verdict"), NAMES)
def test_names(left, right, verdict):
    assert names.agreement(names.tokens(left), names.tokens(right)) == verdict
    assert names.agreement(names.tokens(right), names.tokens(left)) == verdict


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("1990-03-04", "1990-03-04", "same"),
        ("1990-03-04", "1990-04-03", "near"),
        ("1990-03-04", "1990-03-05", "near"),
        ("1990-03-04", "1991-03-04", "near"),
        ("1990-03-04", "1985-07-21", "different"),
        ("", "1990-03-04", "missing"),
    ],
)
def test_birth_dates(left, right, verdict):
    assert birth_dates.agreement(left, right) == verdict


@pytest.mark.parametrize(
    ("identifier", "name", "birth_date", "code"),
    [
        ("same", "same", "same", "identifier"),
        ("same", "different", "same", "identifier"),
        ("same", "similar", "different", "identifier"),
        ("same", "different", "different", "identifier_conflict"),
        ("same", "missing", "missing", "identifier_alone"),
        ("missing", "same", "same", "name_and_birth_date"),
        ("different", "same", "same", "number_differs"),
        ("different", "same", "near", ""),
        ("missing", "same", "different", ""),
        ("missing", "different", "same", ""),
    ],
)
def test_rules(identifier, name, birth_date, code):
    assert rule(identifier, name, birth_date) == code


def test_no_rule_is_missed_by_leaving_the_names_out():
    three = ("same", "different", "missing")
    for identifier in three:
        for born in (*three, "near"):
            fits = [rule(identifier, name, born) for name in (*three, "similar")]
            assert may_fit(identifier, born) or not any(fits)
