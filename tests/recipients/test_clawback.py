"""From a copy to a recipient, from a demand to an answer; nothing without a second person."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from breaches.audit.lifecycle import IllegalMove, MovedMeanwhile
from breaches.audit.models import AuditEvent
from breaches.downloads.actions import name_networks
from breaches.downloads.intake import NetworkLine
from breaches.evidence.models import Evidence
from breaches.recipients import actions, queries
from breaches.recipients.models import Demand, DemandStatus, Recipient, Response
from tests.downloads import days
from tests.factories import NOON, make_upload, make_user

pytestmark = pytest.mark.django_db
SENT, DUE, CAME = date(2026, 3, 3), date(2026, 3, 17), date(2026, 3, 10)


def make_recipients(content=None):
    """Read a day and recognise who has a copy."""
    log = days.read_log(content or days.the_day())
    actions.recognise(log.incident, at=NOON)
    return log.incident


def make_recipient():
    """Make the recipient of one download."""
    return Recipient.objects.get(incident=make_recipients(days.text([days.line(10)])))


def make_sent_demand():
    """Make a demand that went out."""
    demand = actions.draft_demand(make_recipient(), by=make_user(), at=NOON)
    actions.approve_demand(demand, by=make_user(), at=NOON)
    actions.mark_sent(demand, "registered_mail", sent_on=SENT, due_on=DUE, by=make_user(), at=NOON)
    return demand


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


def test_a_demand_holds_no_way_to_the_file():
    demand = actions.draft_demand(make_recipient(), by=make_user(), at=NOON)

    text = demand.document["text"]
    assert "roster.xlsx (1,000,000 bytes)" in text
    assert "192.0.2.10" in text
    assert "2022-11-28 14:55:00 UTC" in text
    assert "://" not in text
    assert "/files/" not in text


def test_an_unknown_subscriber_is_preserved_and_forwarded_first():
    demand = actions.draft_demand(make_recipient(), by=make_user(), at=NOON)

    assert "Preserve now" in demand.document["text"]


def test_nobody_writes_to_a_foreign_government():
    recipient = make_recipient()
    actions.describe(recipient, "government_foreign", name="", contact="", by=make_user(), at=NOON)

    with pytest.raises(actions.NotToBeWritten):
        actions.draft_demand(recipient, by=make_user(), at=NOON)


def test_one_open_demand_at_a_time():
    recipient = make_recipient()
    actions.draft_demand(recipient, by=make_user(), at=NOON)

    with pytest.raises(actions.DemandOpen):
        actions.draft_demand(recipient, by=make_user(), at=NOON)


def test_the_author_cannot_approve():
    author = make_user()
    demand = actions.draft_demand(make_recipient(), by=author, at=NOON)

    with pytest.raises(actions.NeedsSecondPerson):
        actions.approve_demand(demand, by=author, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Demand.objects.update(status=DemandStatus.APPROVED, approved_by=author)


def test_two_people_approve_at_once_and_one_does():
    demand = actions.draft_demand(make_recipient(), by=make_user(), at=NOON)
    seen_by_another = Demand.objects.get(pk=demand.pk)

    actions.approve_demand(demand, by=make_user(), at=NOON)

    with pytest.raises(MovedMeanwhile):
        actions.approve_demand(seen_by_another, by=make_user(), at=NOON)
    assert AuditEvent.objects.filter(event="demand.approved").count() == 1


def test_nothing_is_sent_before_it_is_approved():
    demand = actions.draft_demand(make_recipient(), by=make_user(), at=NOON)

    with pytest.raises(IllegalMove):
        actions.mark_sent(demand, "e_mail", sent_on=SENT, due_on=DUE, by=make_user(), at=NOON)


def test_a_silent_recipient_is_overdue():
    demand = make_sent_demand()

    late = queries.answered(demand.recipient, today=date(2026, 3, 18))

    assert (late.is_overdue, late.standing.code) == (True, "OVERDUE")
    assert queries.totals(demand.incident, today=date(2026, 3, 18)).overdue == 1
    assert not queries.answered(demand.recipient, today=DUE).is_overdue


@pytest.mark.parametrize(
    ("scope", "sharing", "code"),
    [
        ("laptop and backup", "no", "DELETED"),
        ("", "no", "PARTIAL"),
        ("laptop", "", "PARTIAL"),
        ("", "", "PARTIAL"),
    ],
)
def test_deleted_without_scope_and_sharing_is_partial(scope, sharing, code):
    demand = make_sent_demand()
    paper = make_upload(b"We deleted it.", "answer.txt")

    answer = actions.Answer("deleted_attested", CAME, paper, scope, sharing)
    actions.keep_answer(demand, answer, by=make_user(), at=NOON)

    recipient = queries.known_recipients(demand.incident).get()
    assert queries.answered(recipient, today=DUE).standing.code == code
    assert Response.objects.get().evidence == Evidence.objects.get(kind="answer")


def test_an_answer_is_recorded_once_with_its_document():
    demand = make_sent_demand()
    stale = Demand.objects.get(pk=demand.pk)
    actions.keep_answer(demand, actions.Answer("refused", CAME), by=make_user(), at=NOON)

    with pytest.raises(MovedMeanwhile):
        actions.keep_answer(stale, actions.Answer("returned", CAME), by=make_user(), at=NOON)

    assert Response.objects.get().kind == "refused"


def test_dates_that_cannot_be_are_refused():
    demand = make_sent_demand()
    early = actions.Answer("refused", date(2026, 3, 1))

    with pytest.raises(actions.BadDates):
        actions.keep_answer(demand, early, by=make_user(), at=NOON)


def test_nothing_that_names_a_recipient_lies_in_clear():
    recipient = make_recipient()
    actions.describe(
        recipient, "organisation", name="Acme", contact="1 Road", by=make_user(), at=NOON
    )

    columns = Recipient.objects.values().get()
    clear = str([value for name, value in columns.items() if name != "sealed"])
    audit = str(list(AuditEvent.objects.values_list("data", "event")))
    assert not any(word in clear + audit for word in ("Acme", "1 Road", "192.0.2"))
