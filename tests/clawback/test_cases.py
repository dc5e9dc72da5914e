"""A case is opened by itself, sorted, moved by documents and by second people, and by clocks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from breaches.audit.lifecycle import IllegalMove, MovedMeanwhile
from breaches.clawback import actions, queries
from breaches.clawback.journal import ChildrenOpen, Grounds, NoProof, take_step
from breaches.clawback.machine import NotReplayable
from breaches.clawback.models import CaseClock, CaseEvent, ClawbackCase, ClockStatus, Proposal
from breaches.clawback.states import State
from breaches.clawback.tasks import sweep_cases
from breaches.downloads.models import Acquisition
from breaches.recipients.models import Recipient
from tests.clawback.cases import grounds, make_case, make_child, make_recipient, paper, put
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db


def codes(case, status=ClockStatus.RUNNING):
    rows = CaseClock.objects.filter(case=case, status=status)
    return set(rows.values_list("code", flat=True))


def test_an_unknown_subscriber_is_to_be_preserved_within_24_hours_without_anybody_asking():
    make_recipient()

    sweep_cases()

    case = ClawbackCase.objects.get()
    clock = CaseClock.objects.get(case=case)
    assert case.status == State.NEEDS_IDENTITY
    assert clock.code == "preserve"
    assert clock.due_at == case.opened_at + timedelta(hours=24)


def test_a_recipient_has_one_case():
    case = make_case()

    with pytest.raises(actions.HasCase):
        actions.open_case(case.recipient, by=None, at=NOON)


@pytest.mark.parametrize(
    ("kind", "level", "state"),
    [
        ("organisation", 1, State.NEEDS_IDENTITY),
        ("organisation", 2, State.READY),
        ("identified_person", 2, State.NEEDS_IDENTITY),
        ("identified_person", 3, State.READY),
    ],
)
def test_whoever_is_known_well_enough_can_be_written_to(kind, level, state):
    case = make_case(kind=kind, identity_level=level)
    assert case.status == State.DRAFT

    actions.classify(case, by=make_user(), at=NOON)

    assert case.status == state


def test_whoever_only_learned_of_the_file_needs_a_reason():
    case = make_case(kind="organisation")
    Acquisition.objects.update(grade="E")
    with pytest.raises(actions.NeedsReason):
        actions.classify(case, by=make_user(), at=NOON)

    actions.classify(case, by=make_user(), at=NOON, reason="An insider who knew what it was.")

    assert case.status == State.NEEDS_IDENTITY


def test_a_step_without_its_document_is_refused_with_a_sentence():
    case = make_case()

    with pytest.raises(actions.NeedsReason, match="document"):
        actions.record(case, "hold_noticed", Grounds("A hold."), by=make_user(), at=NOON)
    with pytest.raises(actions.NeedsReason, match="sentence"):
        actions.record(case, "hold_noticed", grounds(case, ""), by=make_user(), at=NOON)


def test_a_step_that_cannot_follow_says_where_the_case_stands():
    case = make_case()

    with pytest.raises(IllegalMove, match="not known who it is"):
        actions.record(case, "delivered", grounds(case), by=make_user(), at=NOON)
    with pytest.raises(IllegalMove):
        actions.record(case, "escalated", grounds(case), by=make_user(), at=NOON)


def test_what_cannot_be_got_back_takes_two_people():
    case, first = make_case(), make_user()
    proposal = actions.record(case, "irrevocable", grounds(case), by=first, at=NOON)
    assert ClawbackCase.objects.get().status == State.NEEDS_IDENTITY

    with pytest.raises(actions.NeedsSecondPerson):
        actions.confirm(proposal, by=first, at=NOON)
    with pytest.raises(actions.NeedsSecondPerson):
        actions.record(case, "irrevocable", grounds(case), by=first, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(status="CONFIRMED", decided_by=first)
    actions.confirm(proposal, by=make_user(), at=NOON)

    case.refresh_from_db()
    assert case.status == State.CLOSED_IMPOSSIBLE
    assert codes(case) == {"reverify_365"}


def test_a_declined_proposal_leaves_the_case_as_it_is():
    case = make_case()
    proposal = actions.record(case, "irrevocable", grounds(case), by=make_user(), at=NOON)

    actions.decline(proposal, by=make_user(), at=NOON)

    assert ClawbackCase.objects.get().status == State.NEEDS_IDENTITY
    assert not queries.to_confirm(case.incident).exists()


def test_whoever_looks_after_a_case_does_not_accept_its_statement():
    case, owner = make_case(kind="organisation", identity_level=2), make_user()
    actions.classify(case, by=owner, at=NOON)
    put(case, State.EVIDENCE_REVIEW)

    with pytest.raises(actions.NeedsSecondPerson):
        actions.record(case, "accepted", grounds(case), by=owner, at=NOON)
    actions.record(case, "accepted", grounds(case), by=make_user(), at=NOON)

    assert codes(case) == {f"reverify_{days}" for days in (30, 90, 180, 365)}


def test_a_case_does_not_close_without_a_document_nor_in_the_database():
    case = put(make_case(), State.EVIDENCE_REVIEW)

    with pytest.raises(NoProof):
        take_step(case, "accepted", by=None, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClawbackCase.objects.update(status=State.CLOSED_ATTESTED)


def test_a_parent_does_not_close_before_whom_it_passed_the_file_on_to():
    case = make_case()
    child = make_child(case)
    put(case, State.EVIDENCE_REVIEW)

    with pytest.raises(ChildrenOpen, match="1 to whom"):
        actions.record(case, "accepted", grounds(case), by=make_user(), at=NOON)
    take_step(put(child, State.ID_PROCESS), "not_identifiable", by=None, at=NOON,
              grounds=Grounds("", paper(case.incident)))  # fmt: skip
    actions.record(case, "accepted", grounds(case), by=make_user(), at=NOON)

    assert case.status == State.CLOSED_ATTESTED


def test_of_two_workers_one_runs_a_clock_out():
    case = make_case()
    due = NOON + timedelta(hours=24)
    clock, stale = (CaseClock.objects.get() for _ in range(2))
    assert list(queries.ran_out(at=due - timedelta(seconds=1))) == []

    actions.run_out(clock, at=due)
    with pytest.raises(MovedMeanwhile):
        actions.run_out(stale, at=due)

    assert CaseEvent.objects.filter(case=case, event="ran_out").count() == 1
    assert list(queries.overdue(case.incident, at=due)) == [clock]
    assert not queries.ran_out(at=due + timedelta(days=400)).exists()


def test_the_ladder_of_reminders_ends_in_silence():
    case = put(make_case(), State.SENT)
    actions.record(case, "delivered", grounds(case), by=make_user(), at=NOON)

    for days in (7, 14, 21):
        for clock in queries.ran_out(at=NOON + timedelta(days=days + 1)):
            actions.run_out(clock, at=NOON + timedelta(days=days + 1))

    case.refresh_from_db()
    happened = list(queries.events_of(case).values_list("event", flat=True))
    assert happened[-3:] == ["reminded", "final_notice", "fell_silent"]
    assert case.status == State.SILENT
    assert codes(case) == set()


def test_a_stay_stops_the_clock_of_an_order_and_it_runs_on_with_what_was_left():
    case = put(make_case(), State.READY)
    due = NOON + timedelta(days=10)
    take_step(case, "order_entered", by=None, at=NOON, grounds=Grounds(due={"order_due": due}))
    take_step(case, "stayed", by=None, at=NOON + timedelta(days=4))

    assert not queries.ran_out(at=NOON + timedelta(days=30)).exists()
    assert codes(case, ClockStatus.PAUSED) == {"order_due"}
    take_step(case, "stay_lifted", by=None, at=NOON + timedelta(days=100))

    assert CaseClock.objects.get(code="order_due").due_at == NOON + timedelta(days=106)


def test_what_reappears_is_taken_up_at_once():
    case = put(make_case(), State.ID_PROCESS)
    take_step(case, "not_identifiable", by=None, at=NOON,
              grounds=Grounds("", paper(case.incident)))  # fmt: skip

    take_step(case, "reappeared", by=None, at=NOON)
    actions.run_out(queries.ran_out(at=NOON).get(), at=NOON)

    case.refresh_from_db()
    assert case.status == State.NEEDS_IDENTITY
    assert codes(case) == {"preserve"}


def test_a_preservation_is_renewed_once():
    case = put(make_case(), State.PRESERVING)
    actions.record(case, "renewed", grounds(case), by=make_user(), at=NOON)

    with pytest.raises(actions.NotForThisKind):
        actions.record(case, "renewed", grounds(case), by=make_user(), at=NOON)


def test_nobody_is_asked_for_by_name_without_an_address_and_a_time():
    case = put(make_case(), State.PRESERVING)
    actions.record(case, "process_started", grounds(case), by=make_user(), at=NOON)
    Acquisition.objects.update(first_at=None)

    with pytest.raises(actions.NotForThisKind, match="address and UTC time"):
        actions.check_possible(case, "process_started", make_user())


def test_only_a_service_removes_a_copy():
    case = put(make_case(), State.READY)

    with pytest.raises(actions.NotForThisKind):
        actions.record(case, "removal_confirmed", grounds(case), by=make_user(), at=NOON)


def test_two_people_at_once_and_one_moves_the_case():
    case = make_case()
    stale = ClawbackCase.objects.get()
    actions.record(case, "hold_noticed", grounds(case), by=make_user(), at=NOON)

    with pytest.raises(MovedMeanwhile):
        actions.record(stale, "hold_noticed", grounds(case), by=make_user(), at=NOON)

    assert stale.status == State.NEEDS_IDENTITY
    assert queries.replayed(case) == State.SEQUESTERED


def test_an_event_changed_in_the_database_shows():
    case = make_case()
    assert queries.replayed(case) == State.NEEDS_IDENTITY

    CaseEvent.objects.filter(event="classified").update(to=State.READY)

    with pytest.raises(NotReplayable):
        queries.replayed(case)


def test_reasons_are_sealed():
    case = make_case()
    actions.record(case, "hold_noticed", grounds(case, "Ada said so"), by=make_user(), at=NOON)

    event = queries.events_of(case).last()
    assert event.document["reason"] == "Ada said so"
    assert b"Ada" not in bytes(event.sealed)
    assert Recipient.objects.count() == 1
