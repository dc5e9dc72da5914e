"""What may be written to whom, by two people, and what it does to the case."""

import pytest
from django.db import IntegrityError, transaction

from breaches.audit.lifecycle import IllegalMove, MovedMeanwhile
from breaches.audit.models import AuditEvent
from breaches.clawback import actions as cases
from breaches.clawback.models import CaseClock, ClawbackCase, ClockStatus
from breaches.clawback.states import State
from breaches.demands import actions, queries, tasks
from breaches.demands.actions import Wish
from breaches.demands.models import Demand, DemandStatus
from breaches.recipients.actions import review_risk
from breaches.recipients.models import Recipient
from tests.clawback.cases import grounds, make_case, put
from tests.demands.letters import (
    DUE,
    SENT,
    make_contact,
    make_demand,
    make_ready,
    make_sent_demand,
)
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db


def clocks(case):
    rows = CaseClock.objects.filter(case=case, status=ClockStatus.RUNNING)
    return set(rows.values_list("code", flat=True))


def test_a_demand_holds_no_way_to_the_file():
    text = "\n".join(make_demand().document["records"])

    assert "roster.xlsx (1,000,000 bytes)" in text
    assert "192.0.2.10" in text
    assert "2022-11-28 14:55:00 UTC" in text
    assert "://" not in text
    assert "/files/" not in text


def test_an_unknown_subscriber_is_preserved_and_forwarded_first():
    case = make_case()
    review_risk(case.recipient, "none", "A carrier.", by=make_user(), at=NOON)
    with pytest.raises(IllegalMove, match="not known who it is"):
        make_demand(case)
    with pytest.raises(actions.NotToBeWritten, match="2703"):
        make_demand(case, purpose="preservation", basis="consent")

    demand = make_sent_demand(case, purpose="preservation", basis="civil_hold")

    case.refresh_from_db()
    assert demand.purpose == "preservation"
    assert case.status == State.PRESERVING
    assert clocks(case) == {"preserve_reply"}


def test_a_government_agency_binds_the_provider_for_90_days():
    case = make_case()
    review_risk(case.recipient, "none", "A carrier.", by=make_user(), at=NOON)

    make_sent_demand(case, purpose="preservation", basis="usc_2703f")

    assert clocks(case) == {"hold_ends_soon", "hold_ends"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "government_foreign"}, "foreign government"),
        ({"risk": "persecutor"}, "persecutes"),
        ({"risk": ""}, "First say"),
    ],
)
def test_nobody_writes_to_whoever_could_hurt_the_people(facts, words):
    case = make_ready()
    for name, value in facts.items():
        setattr(case.recipient, name, value)
    case.recipient.save()

    with pytest.raises(actions.NotToBeWritten, match=words):
        make_demand(case)


def test_a_danger_found_after_the_draft_stops_the_letter():
    demand = make_demand()
    Recipient.objects.update(risk="persecutor")
    demand.recipient.refresh_from_db()

    with pytest.raises(actions.NotToBeWritten):
        actions.approve_demand(demand, by=make_user(), at=NOON)


def test_one_letter_is_prepared_at_a_time():
    case = make_ready()
    demand = make_demand(case)
    with pytest.raises(actions.DemandOpen):
        make_demand(case)

    actions.withdraw_demand(demand, by=make_user(), at=NOON)

    assert make_demand(case).status == DemandStatus.DRAFT


def test_the_author_cannot_approve():
    author = make_user()
    demand = make_demand(by=author)

    with pytest.raises(actions.NeedsSecondPerson):
        actions.approve_demand(demand, by=author, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Demand.objects.update(status=DemandStatus.APPROVED, approved_by=author)


def test_a_letter_to_a_contact_that_nobody_checked_is_not_approved():
    case = make_ready()
    contact = make_contact(case.recipient, checked=False)
    demand = actions.draft_demand(case, Wish(contact=contact), by=make_user(), at=NOON)

    with pytest.raises(actions.NotToBeWritten, match="checked"):
        actions.approve_demand(demand, by=make_user(), at=NOON)


def test_two_people_approve_at_once_and_one_does():
    demand = make_demand()
    seen_by_another = Demand.objects.get(pk=demand.pk)

    actions.approve_demand(demand, by=make_user(), at=NOON)

    with pytest.raises(MovedMeanwhile):
        actions.approve_demand(seen_by_another, by=make_user(), at=NOON)
    assert AuditEvent.objects.filter(event="demand.approved").count() == 1


def test_nothing_is_sent_before_it_is_approved():
    demand = make_demand()

    with pytest.raises(IllegalMove):
        actions.mark_sent(demand, "e_mail", sent_on=SENT, due_on=DUE, by=make_user(), at=NOON)


def test_a_demand_that_went_out_moves_the_case_and_asks_for_proof_of_delivery():
    case = make_ready()

    make_sent_demand(case)

    case.refresh_from_db()
    assert case.status == State.SENT
    assert clocks(case) == {"delivery"}
    assert queries.written_to(case.incident) == 1


def test_a_letter_that_is_out_is_recorded_wherever_the_case_has_gone():
    case = make_ready()
    demand = make_demand(case)
    actions.approve_demand(demand, by=make_user(), at=NOON)
    cases.record(case, "hold_noticed", grounds(case), by=make_user(), at=NOON)
    demand.refresh_from_db()

    actions.mark_sent(demand, "e_mail", sent_on=SENT, due_on=DUE, by=make_user(), at=NOON)

    case.refresh_from_db()
    assert Demand.objects.get().status == DemandStatus.SENT
    assert case.status == State.SEQUESTERED


def test_nobody_asks_for_deletion_under_a_hold():
    case = put(make_ready(), State.SEQUESTERED)

    with pytest.raises(IllegalMove, match="sealed away"):
        make_demand(case)


def test_a_reminder_answers_the_clock_that_asked_for_it():
    case = make_ready()
    make_sent_demand(case)
    case.refresh_from_db()
    cases.record(case, "delivered", grounds(case), by=make_user(), at=NOON)

    make_sent_demand(case, purpose="reminder")

    assert clocks(case) == {"silence"}


def test_dates_that_cannot_be_are_refused():
    demand = make_demand()
    actions.approve_demand(demand, by=make_user(), at=NOON)

    with pytest.raises(actions.BadDates):
        actions.mark_sent(demand, "e_mail", sent_on=DUE, due_on=SENT, by=make_user(), at=NOON)


def test_a_reminder_is_drafted_when_its_day_has_come_and_waits_for_a_second_person():
    sent = make_sent_demand()
    case = ClawbackCase.objects.get()
    cases.record(case, "delivered", grounds(case), by=make_user(), at=NOON)
    clock = CaseClock.objects.get(code="reminder")
    cases.run_out(clock, at=clock.due_at)

    tasks.sweep_reminders()
    tasks.sweep_reminders()

    draft = Demand.objects.exclude(pk=sent.pk).get()
    assert (draft.purpose, draft.status) == ("reminder", DemandStatus.DRAFT)
    assert (draft.contact, draft.basis, draft.author) == (sent.contact, sent.basis, sent.author)
    assert AuditEvent.objects.filter(event="demand.drafted").last().actor == "system"
    with pytest.raises(actions.NeedsSecondPerson):
        actions.approve_demand(draft, by=sent.author, at=NOON)
    actions.withdraw_demand(draft, by=make_user(), at=NOON)
    tasks.sweep_reminders()
    assert Demand.objects.count() == 2
