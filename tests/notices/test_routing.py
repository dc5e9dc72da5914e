"""Who gets a letter, where it goes, and who must be looked at first."""

from dataclasses import replace
from datetime import date

import pytest

from breaches.people.cards import Contact, Counsel, PersonCard
from notifications.notices.routing import Choice, Held, Route, route

DAY = date(2022, 11, 19)
HOME, SAFE = Contact(("1 Main St", "Springfield")), Contact(("PO Box 9", "Salem"), is_safe=True)
ADA = PersonCard("Ada Doe", birth_date="1990-01-02", contacts=(HOME,))


def test_a_letter_goes_to_the_last_known_address():
    assert route(ADA, DAY) == Route("Ada Doe", ("1 Main St", "Springfield"), "last known")


def test_a_safe_address_outranks_every_other():
    assert route(replace(ADA, contacts=(SAFE, HOME)), DAY).lines == ("PO Box 9", "Salem")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"contacts": ()}, "no_address"),
        ({"contacts": (replace(HOME, is_impounded=True),)}, "no_address"),
        ({"contacts": (replace(HOME, is_do_not_contact=True),)}, "unsafe"),
        ({"guardian": "G", "guardian_is_unsafe": True, "birth_date": "2010-01-01"}, "unsafe"),
        ({"is_dead": True, "birth_date": "2010-01-01"}, "dead"),
        ({"birth_date": "2004-11-20"}, "minor"),
        ({"counsel": Counsel("L", "Aid", ("2 High St",))}, "represented"),
        ({"contacts": (Contact(("x" * 41, "Springfield")),)}, "unprintable_address"),
        ({"contacts": (Contact(("1 Main St",)),)}, "unprintable_address"),
    ],
)
def test_what_holds_a_notice(change, code):
    found = route(replace(ADA, **change), DAY)

    assert isinstance(found, Held)
    assert found.code == code


def test_a_caseworker_settles_what_was_held():
    counsel = Counsel("L", "Aid", ("2 High St",))
    lines = ("Legal Aid", "2 High St", "Springfield")
    choice = Choice(lines, "L. Counsel for Ada Doe", frozenset({"represented"}))

    found = route(replace(ADA, counsel=counsel), DAY, choice)

    assert found == Route("L. Counsel for Ada Doe", lines, "chosen by a caseworker")


def test_settling_one_reason_leaves_the_others():
    card = replace(ADA, is_dead=True, counsel=Counsel("L", "A", ()))

    assert route(card, DAY, Choice(settled=frozenset({"dead"}))).code == "represented"
