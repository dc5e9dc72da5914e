"""One notice a person, routed once, held with a reason that a person can settle."""

import pytest

from breaches.audit.models import AuditEvent
from notifications.notices import actions, queries
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.routing import Choice
from notifications.wording.actions import approve_version, install_starters
from tests.factories import NOON, make_affected, make_exposure, make_incident, make_user

pytestmark = pytest.mark.django_db

CONTACT = {
    "contact_name": "The Help Desk",
    "contact_phone": "1-800-555-0100",
    "contact_address": "PO Box 1, Springfield",
}


def approved_wording():
    for version in install_starters(by=make_user(), at=NOON):
        approve_version(version, by=make_user(), at=NOON)


def told(*people, **facts):
    incident = make_incident(contact=CONTACT, **facts)
    make_exposure(incident=incident)
    for one in people:
        make_affected(incident, **one)
    order = actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)
    actions.route_notices(order, at=NOON)
    return incident


def test_each_person_gets_one_notice_in_their_language():
    approved_wording()
    incident = told(
        {"name": "Ada Doe", "language": "Spanish"}, {"name": "Bo Roe", "language": "am"}
    )

    notices = queries.ready(incident)
    assert sorted(notice.language for notice in notices) == ["en", "es"]
    with pytest.raises(actions.NobodyToTell):
        actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)


def test_the_letter_lists_exactly_what_leaked():
    approved_wording()
    incident = told({"elements": ["a_number", "family_name"], "language": "es"})
    notice = queries.ready(incident).get()

    values = queries.merge_values(notice, notice.version)

    assert values["elements"] == [
        "Su número A (el número de sus papeles de inmigración)",
        "Sus apellidos",
    ]


def test_without_wording_or_with_a_gap_the_notice_is_held():
    incident = told({})
    assert queries.held_by_reason(incident)[0][0] == "no_wording"

    approved_wording()
    incident = make_incident()
    make_affected(incident)
    order = actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)
    actions.route_notices(order, at=NOON)
    assert Notice.objects.get(incident=incident).hold == "undefined_field"
    assert "contact_phone" in Notice.objects.get(incident=incident).hold_note


def test_a_held_notice_is_settled_by_a_caseworker():
    approved_wording()
    incident = told({"lines": []})
    notice = queries.held(incident).get()
    assert notice.hold == "no_address"

    choice = Choice(lines=("9 New Street", "Salem OR 97301"))
    actions.resolve(notice, choice, by=make_user(), at=NOON)

    assert Notice.objects.get().status == NoticeStatus.READY
    assert Notice.objects.get().document["lines"] == ["9 New Street", "Salem OR 97301"]
    assert AuditEvent.objects.filter(event="notice.ready").exists()


def test_an_exclusion_says_why():
    incident = told({})
    notice = queries.held(incident).get()

    with pytest.raises(actions.NoReason):
        actions.exclude(notice, " ", by=make_user(), at=NOON)
    actions.exclude(notice, "Told by hand on 3 March.", by=make_user(), at=NOON)

    assert Notice.objects.get().status == NoticeStatus.EXCLUDED
