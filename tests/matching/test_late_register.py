"""A register that comes after the rows were people: nobody is two people, and nobody is lost."""

import pytest

from breaches.audit.models import AuditEvent
from breaches.matching import actions, queries
from breaches.matching.models import AffectedPerson, Candidate
from breaches.people import actions as people
from breaches.people.models import Person, Register
from notifications.notices.actions import prepare_notices, route_notices
from notifications.notices.models import Notice
from notifications.outcomes.queries import coverage
from tests.factories import NOON, make_exposure, make_upload, make_user
from tests.letters.makers import CONTACT, approved_wording
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db

ADA = "Doe,Ada,1990-01-02,A012345678,,\n"
ADA_TOO = "Doe,Ada,1990-01-02,,Cuba,\n"
STRANGER = "Roe,Bo,1991-02-03,A000000009,,\n"
REGISTER = "C1,Ada,Doe,A012345678,1990-01-02,es\n"


def test_a_person_of_the_register_takes_the_place_of_the_group_of_their_rows():
    incident = matched(leaked(ADA + STRANGER))
    groups = {one.document["name"]: one for one in queries.affected(incident)}
    group = groups["Ada Doe"]

    registered(REGISTER)
    matched(incident)

    found = queries.affected(incident)
    assert found.get(person__isnull=False).person == Person.objects.get()
    assert found.get(person=None).document["name"] == "Bo Roe"
    group.refresh_from_db()
    assert group.withdrawn_at is not None
    assert AuditEvent.objects.filter(event="person.withdrawn", subject_id=group.pk).count() == 1


def test_each_human_is_told_once():
    approved_wording()
    incident = matched(leaked(ADA + STRANGER, contact=CONTACT))
    make_exposure(incident=incident)
    registered(REGISTER)
    matched(incident)

    route_notices(prepare_notices(incident, "initial", by=make_user(), at=NOON), at=NOON)

    assert Notice.objects.count() == 2
    assert coverage(incident).affected == 2


def test_a_group_keeps_the_rows_that_are_confirmed_to_nobody():
    incident = matched(leaked(ADA + ADA_TOO))
    group = AffectedPerson.objects.get()
    assert "nationality" in group.elements

    registered(REGISTER)
    matched(incident)

    person = queries.affected(incident).get(person__isnull=False)
    left = queries.affected(incident).get(person=None)
    assert "nationality" not in person.elements
    assert left.pk == group.pk
    assert (left.rows.count(), left.changed_at is not None) == (1, True)
    assert "a_number" not in left.elements
    assert left.document["nationality"] == "Cuba"


def test_a_group_whose_last_row_a_reviewer_confirms_is_withdrawn():
    incident = matched(leaked(ADA + ADA_TOO))
    registered(REGISTER)
    matched(incident)

    one = queries.review_queue(incident).get()
    actions.judge(one, "CONFIRMED", "", by=make_user(), at=NOON)

    assert queries.affected(incident).get().person == Person.objects.get()


def test_a_group_comes_back_when_the_match_is_undone():
    incident = matched(leaked(ADA))
    registered(REGISTER)
    matched(incident)

    actions.undo(Candidate.objects.get(), by=make_user(), at=NOON)

    one = queries.affected(incident).get()
    assert (one.person, one.document["name"]) == (None, "Ada Doe")
    assert one.changed_at is not None


def test_matching_again_changes_no_group():
    incident = matched(leaked(ADA + ADA_TOO + STRANGER))
    registered(REGISTER)
    matched(incident)
    before = list(AffectedPerson.objects.order_by("pk").values())

    matched(incident)

    after = list(AffectedPerson.objects.order_by("pk").values())
    assert [_bare(row) for row in after] == [_bare(row) for row in before]


def _bare(row):
    return {name: value for name, value in row.items() if name != "sealed"}


def test_a_register_whose_only_file_was_refused_does_not_count_as_one():
    order = people.receive_register(
        make_upload(b"\x00\x01\x02"), handed_over_by="A", by=make_user(), at=NOON
    )
    people.import_register(order, at=NOON)
    assert order.status == "REFUSED"
    assert Register.objects.exists()

    incident = matched(leaked(ADA + STRANGER))

    assert queries.affected(incident).count() == 2
