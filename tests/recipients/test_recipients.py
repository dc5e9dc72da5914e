"""From a copy to a recipient: one for each address, known better and better."""

import pytest
from django.db import IntegrityError, transaction

from breaches.audit.models import AuditEvent
from breaches.downloads.actions import name_networks
from breaches.downloads.intake import NetworkLine
from breaches.recipients import actions, queries
from breaches.recipients.models import DisclosureCopy, Recipient, RecipientContact
from tests.clawback.cases import make_recipient
from tests.downloads import days
from tests.factories import NOON, make_incident, make_user

pytestmark = pytest.mark.django_db
POST = actions.Way("post", "rdap", "Legal Department", ("1 Main Street", "Springfield IL 62701"))


def make_recipients(content=None):
    """Read a day and recognise who has a copy."""
    log = days.read_log(content or days.the_day())
    actions.recognise(log.incident, at=NOON)
    return log.incident


def addresses(incident):
    return {row.document["address"] for row in queries.known_recipients(incident)}


def test_each_address_that_was_sent_the_file_is_one_recipient():
    incident = make_recipients()

    six = {"192.0.2.10", "192.0.2.20", "2001:db8:1:2::/64", "198.51.100.40"}
    six |= {"203.0.113.50", "198.51.100.60"}
    assert addresses(incident) >= six
    assert "192.0.2.66" in addresses(incident)  # a robot's copy is a copy
    assert "192.0.2.99" not in addresses(incident)  # HEAD only
    with pytest.raises(actions.NobodyNew):
        actions.recognise(incident, at=NOON)


def test_our_own_check_stops_being_a_recipient_once_it_is_named():
    incident = make_recipients()
    assert days.OURS in addresses(incident)

    name_networks(incident, [NetworkLine(days.OURS, "own")], by=make_user(), at=NOON)

    assert days.OURS not in addresses(incident)
    assert list(queries.incidents_to_recognise()) == []


def test_a_second_log_adds_only_who_is_new():
    log = days.read_log(days.text([days.line(10)]))
    actions.recognise(log.incident, at=NOON)

    days.read_log(days.text([days.line(11), days.line(12, "192.0.2.30")]), exposure=log.exposure)

    assert actions.recognise(log.incident, at=NOON) == 1
    assert addresses(log.incident) == {"192.0.2.10", "192.0.2.30"}


def test_a_copy_has_the_grade_that_the_log_gives_it_today():
    recipient = make_recipient()
    copy = DisclosureCopy.objects.get()
    assert copy.current_grade == "B"

    copy.acquisition.grade = "A"
    copy.acquisition.save()

    assert queries.grade_of(recipient) == "A"
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureCopy.objects.update(acquisition=None)


def test_somebody_may_hold_copies_that_no_log_shows():
    recipient = make_recipient()

    actions.add_copy(recipient, "backup", "the nightly tape", by=make_user(), at=NOON)

    copies = list(queries.counting_copies(recipient))
    assert [copy.kind for copy in copies] == ["download", "backup"]
    assert copies[1].document == {"where": "the nightly tape"}


def test_an_insider_is_added_by_hand():
    known = actions.Known("insider_with_access", "Adviser One", identity_level=3)

    recipient = actions.add_recipient(make_incident(), known, by=make_user(), at=NOON)

    assert list(queries.known_recipients(recipient.incident)) == [recipient]


def test_a_name_is_kept_back_for_a_legal_reason_only():
    recipient = make_recipient()
    hidden = actions.Known("organisation", "Acme", is_name_confidential=True)

    with pytest.raises(actions.NeedsReason, match="legal reason"):
        actions.describe(recipient, hidden, by=make_user(), at=NOON)


def test_a_contact_is_checked_once_and_says_by_whom():
    recipient, checker = make_recipient(identity_level=3), make_user()
    contact = actions.add_contact(recipient, POST, by=make_user(), at=NOON)

    actions.verify_contact(contact, by=checker, at=NOON)
    with pytest.raises(actions.VerifiedAlready):
        actions.verify_contact(contact, by=make_user(), at=NOON)

    assert RecipientContact.objects.get().verified_by == checker
    assert Recipient.objects.get().identity_level == 4


def test_the_danger_is_looked_at_by_somebody():
    recipient = make_recipient()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recipient.objects.update(risk="none")

    actions.review_risk(recipient, "persecutor", "A state carrier.", by=make_user(), at=NOON)

    assert Recipient.objects.get().risk == "persecutor"


def test_those_it_was_passed_on_to_hang_below_with_the_same_grade():
    parent = make_recipient()

    child, other = actions.pass_on(parent, ["One", "Two"], by=make_user(), at=NOON)

    assert {child.parent, other.parent} == {parent}
    assert queries.grade_of(child) == queries.grade_of(parent) == "B"
    assert set(queries.known_recipients(parent.incident)) == {parent, child, other}


def test_nothing_that_names_a_recipient_lies_in_clear():
    recipient = make_recipient()
    user = make_user()
    actions.describe(recipient, actions.Known("organisation", "Acme"), by=user, at=NOON)
    actions.add_contact(recipient, POST, by=user, at=NOON)

    rows = [*Recipient.objects.values(), *RecipientContact.objects.values()]
    rows += DisclosureCopy.objects.values()
    clear = str([[value for name, value in row.items() if name != "sealed"] for row in rows])
    audit = str(list(AuditEvent.objects.values_list("data", "event")))
    assert not any(word in clear + audit for word in ("Acme", "Main Street", "192.0.2"))
