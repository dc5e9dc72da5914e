"""Letters follow the register as it stands when they are made, frozen and released."""

from datetime import timedelta

import pytest

from breaches.access.rules import PROTECTOR, ROLES
from breaches.incidents.actions import add_to_team
from breaches.people import actions as people
from breaches.people import queries
from breaches.people.models import Facility
from notifications.letters.actions import NothingToOrder, order_letters
from notifications.letters.models import Letter
from notifications.notices import actions
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.routing import Choice
from tests.factories import NOON, make_affected, make_user
from tests.letters.makers import approved_wording, make_ready, render_all
from tests.people.registers import handed_in, person
from tests.people.test_merge import contact

CANARY = "zyqxwv"

LATER = NOON + timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    order = handed_in([person(1, address_1=f"7 {CANARY} Street"), person(2), person(3)])
    return queries.find(order.register, "C1").get()


def told(*affected):
    """Route the first notice to people of the register; return the incident."""
    approved_wording()
    incident = make_ready()
    for one in affected:
        row = make_affected(incident, name="Ada Doe")
        row.person = one
        row.save()
    order = actions.prepare_notices(incident, "initial", by=make_user(), at=NOON)
    actions.route_notices(order, at=NOON)
    return incident


def notice_of(one):
    return Notice.objects.get(affected__person=one)


def impound(one):
    home = one.contact_points.get(source="register")
    given = contact(home.document["lines"], is_impounded=True)
    people.change_row(home, "contact", given, by=make_user(), at=NOON)


def test_an_address_that_is_impounded_before_the_letter_is_made_holds_the_notice(ada):
    incident = told(ada)
    assert notice_of(ada).status == NoticeStatus.READY
    impound(ada)

    order_letters(incident, by=make_user(), at=NOON)

    assert notice_of(ada).status == NoticeStatus.HELD
    assert not Letter.objects.filter(notice__affected__person=ada).exists()


def test_a_letter_made_before_is_shown_to_nobody_without_the_right(ada, client):
    incident = told(ada)
    order_letters(incident, by=make_user(), at=NOON)
    render_all()
    letter = Letter.objects.get(notice__affected__person=ada)
    impound(ada)
    user = make_user(*(role for role in ROLES if role != PROTECTOR))
    add_to_team(incident, user, by=make_user(), at=NOON)
    client.force_login(user)

    for page in ("", "pdf/", "picture/"):
        answer = client.get(f"/incidents/{incident.pk}/letters/{letter.pk}/{page}")
        assert answer.status_code == 403
        assert CANARY not in answer.content.decode("utf-8", "replace").casefold()
    shown = client.get(f"/incidents/{incident.pk}/notices/{letter.notice_id}/").content.decode()
    assert CANARY not in shown.casefold()


def test_a_caseworker_cannot_type_an_impounded_address_into_a_letter(ada):
    told(ada)
    impound(ada)
    notice = notice_of(ada)
    actions.reconsider(notice.incident, at=NOON)
    notice.refresh_from_db()

    choice = Choice((f"7 {CANARY.upper()} ST", "Springfield IL 62701"))
    actions.resolve(notice, choice, by=make_user(), at=NOON)

    assert notice.status == NoticeStatus.HELD
    assert "impounded" in notice.hold_note


def test_somebody_who_moved_since_gets_the_letter_at_the_new_address(ada):
    incident = told(ada)
    new = contact(["9 Oak Avenue", "Salem OR 97301"], is_safe=True)
    people.add_row(ada, "contact", new, by=make_user(), at=LATER)

    order_letters(incident, by=make_user(), at=LATER)

    letter = Letter.objects.get(notice__affected__person=ada)
    assert "9 Oak Avenue" in letter.document["lines"]


def held_at(one, **facts):
    place = {"name": "Example Center", "mail_address": "PO Box 1\nSalem OR 97301", **facts}
    facility = Facility.objects.create(**place)
    given = {"facility": facility, "source": "staff", "from_on": None, "as_written": ""}
    row = {**given, "booking_number": "B77", "note": ""}
    people.add_row(one, "custody", row, by=make_user(), at=NOON)


def test_somebody_detained_is_written_to_as_the_place_asks(ada):
    held_at(ada, on_envelope="a_number", checked_on=NOON.date())

    told(ada)

    said = notice_of(ada).document
    assert said["lines"] == ["A200000001", "Example Center", "PO Box 1", "Salem OR 97301"]


def test_a_place_that_nobody_checked_holds_the_notice(ada):
    held_at(ada)

    told(ada)

    assert notice_of(ada).hold == "detained"


def test_counsel_in_custody_matters_alone_does_not_hold_a_notice_but_other_counsel_does(ada):
    given = {
        "form": "eoir28",
        "scope": "custody_bond_only",
        "source": "staff",
        "effective_on": None,
        "verified_on": None,
        "practitioner": "L. Counsel",
        "organisation": "",
        "lines": [],
        "note": "",
    }
    other = queries.find(ada.register, "C2").get()
    people.add_row(ada, "representation", given, by=make_user(), at=NOON)
    people.add_row(other, "representation", {**given, "scope": "all"}, by=make_user(), at=NOON)

    told(ada, other)

    assert notice_of(ada).status == NoticeStatus.READY
    assert notice_of(other).hold == "represented"


def test_two_records_merged_into_one_person_lead_to_one_letter_and_both_stay_findable(ada):
    other = queries.find(ada.register, "C2").get()
    incident = told(ada, other)
    people.merge(ada, other, by=make_user(), at=LATER)

    order_letters(incident, by=make_user(), at=LATER)

    assert notice_of(ada).status == NoticeStatus.READY
    assert notice_of(other).hold == "merged"
    with pytest.raises(NothingToOrder):
        order_letters(incident, by=make_user(), at=NOON)
