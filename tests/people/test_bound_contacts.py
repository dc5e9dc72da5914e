"""Whoever writes in the database sends nobody's letter to somebody else's address."""

import pytest

from breaches.people import actions, queries
from breaches.people.models import ContactPoint, Person
from breaches.vault.models import Sealed
from breaches.vault.sealing import Tampered
from tests.factories import NOON, make_user
from tests.people.registers import handed_in, person
from tests.people.test_merge import contact, two

pytestmark = pytest.mark.django_db


def test_an_address_given_to_somebody_else_is_refused():
    ada, other, _ = two()
    ContactPoint.objects.filter(person=other).update(person=ada)

    with pytest.raises(Tampered):
        queries.card(ada)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ({"is_impounded": True}, {"is_impounded": False}),
        ({}, {"is_safe": True}),
        ({"is_do_not_contact": True}, {"is_do_not_contact": False}),
        ({"channels": ["phone"]}, {"channels": ["post"]}),
    ],
)
def test_an_address_whose_marks_were_changed_is_refused(was, becomes):
    ada, _, _ = two()
    row = actions.add_row(ada, "contact", contact(["9 Oak Road"], **was), by=make_user(), at=NOON)
    assert queries.card(ada)
    ContactPoint.objects.filter(pk=row.pk).update(**becomes)

    with pytest.raises(Tampered):
        queries.card(ada)


def test_a_merge_its_parting_and_an_undo_keep_every_address_readable():
    kept, gone, _ = two()
    row = actions.add_row(gone, "contact", contact(["9 Oak Road"]), by=make_user(), at=NOON)
    merge = actions.merge(kept, gone, by=make_user(), at=NOON)
    assert ("9 Oak Road",) in [one.lines for one in queries.card(kept).contacts]

    actions.unmerge(merge, by=make_user(), at=NOON)
    assert ("9 Oak Road",) in [one.lines for one in queries.card(gone).contacts]

    row, gone = ContactPoint.objects.get(pk=row.pk), Person.objects.get(pk=gone.pk)
    actions.change_row(
        row, "contact", contact(["9 Elm Road"], is_safe=True), by=make_user(), at=NOON
    )
    last = gone.changes.get(event="person.contact_changed")
    actions.undo_change(last, by=make_user(), at=NOON)
    assert ("9 Oak Road",) in [one.lines for one in queries.card(gone).contacts]


def test_what_an_earlier_state_sealed_opens_and_is_bound_when_it_is_changed():
    register = handed_in([person(1)]).register
    ada, home = queries.find(register, "C1").get(), ContactPoint.objects.get()
    said = home.document
    Sealed.seal(home, said)
    home.save()

    assert home.document == said
    actions.change_row(home, "contact", contact(["9 Oak Road"]), by=make_user(), at=NOON)
    ContactPoint.objects.update(is_safe=True)

    with pytest.raises(Tampered):
        queries.card(ada)
