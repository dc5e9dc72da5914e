"""What an answer and a signed statement are worth, and where they lead."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from breaches.audit.lifecycle import IllegalMove, MovedMeanwhile
from breaches.clawback import actions as cases
from breaches.clawback.journal import ChildrenOpen
from breaches.clawback.models import ClawbackCase
from breaches.clawback.states import State
from breaches.demands import answering
from breaches.demands.answering import Answer
from breaches.demands.models import Attestation, DemandStatus, Response
from breaches.demands.statement import CopyFate, Statement, left_open
from breaches.evidence.models import Evidence
from breaches.recipients.actions import add_copy
from breaches.recipients.models import DisclosureCopy
from tests.clawback.cases import grounds
from tests.demands.letters import CAME, make_demand, make_sent_demand
from tests.factories import NOON, make_upload, make_user

pytestmark = pytest.mark.django_db
FATE = CopyFate("delete", "shred 9.1", date(2026, 3, 9))
SAID = Statement(
    signer="Ada Doe", title="Counsel", authority="general counsel", entity="Example Wire",
    reachable_at="PO Box 1", obtained="28 November 2022", last_accessed="28 November 2022",
    accessed_by="the signer", opened="yes", copied="no", shared="no", shared_with="nobody",
    other_copies="none", backups="none", checked_how="searched by hash", checked_by="the signer",
    kept_for_hold="nothing", penalty_law="28 U.S.C. 1746", place="Springfield",
    signed_on=date(2026, 3, 10), signature="wet", authority_checked=True,
)  # fmt: skip


def make_answered(kind="deleted_attested", **answer):
    """Make a case whose recipient has answered."""
    demand = make_sent_demand()
    answer = {"scope": "the laptop", "sharing": "no", **answer}
    answering.keep_answer(demand, Answer(kind, CAME, **answer), by=make_user(), at=NOON)
    return ClawbackCase.objects.get(recipient=demand.recipient)


def covering(case, said=SAID):
    """Return a statement that speaks of every known copy."""
    copies = DisclosureCopy.objects.filter(recipient=case.recipient)
    return replace(said, fates={str(copy.pk): FATE for copy in copies})


def sign(case, said, *, by=None):
    paper = make_upload(b"Signed by hand.", "statement.txt")
    return answering.keep_statement(case, said, paper, by=by or make_user(), at=NOON)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("deleted_attested", State.CLAIMED),
        ("returned", State.CLAIMED),
        ("partly_deleted", State.PARTIAL),
        ("refused", State.REFUSED),
        ("denies_receipt", State.ACKNOWLEDGED),
        ("asks_for_authority", State.NEGOTIATING),
        ("under_hold_sequestered", State.SEQUESTERED),
        ("bounced", State.UNDELIVERABLE),
        ("none", State.ACKNOWLEDGED),
    ],
)
def test_an_answer_leads_the_case_on(kind, state):
    assert make_answered(kind).status == state


@pytest.mark.parametrize(("scope", "sharing"), [("", "no"), ("laptop", ""), ("", "")])
def test_deleted_without_scope_or_sharing_is_partial(scope, sharing):
    case = make_answered(scope=scope, sharing=sharing)

    assert case.status == State.PARTIAL
    assert Response.objects.get().standing.code == "PARTIAL"
    assert case.proof == 1


def test_an_answer_is_recorded_once_with_its_document():
    demand = make_sent_demand()
    paper = make_upload(b"We refuse.", "answer.txt")
    answering.keep_answer(demand, Answer("refused", CAME, paper), by=make_user(), at=NOON)

    with pytest.raises(MovedMeanwhile):
        answering.keep_answer(demand, Answer("refused", CAME), by=make_user(), at=NOON)

    assert Response.objects.get().evidence == Evidence.objects.get(kind="answer")
    assert demand.status == DemandStatus.ANSWERED


def test_a_second_answer_to_the_same_letter_is_kept_beside_the_first():
    case = make_answered("asks_for_authority")
    demand = Response.objects.get().demand

    better = Answer("deleted_attested", date(2026, 3, 12), scope="all", sharing="no")
    answering.keep_answer(demand, better, by=make_user(), at=NOON)

    case.refresh_from_db()
    assert case.status == State.CLAIMED
    assert demand.responses.count() == 2


def test_nobody_answers_what_was_not_sent_or_before_it_was():
    with pytest.raises(answering.NotSentYet):
        answering.keep_answer(make_demand(), Answer("refused", CAME), by=make_user(), at=NOON)
    with pytest.raises(answering.TooEarly):
        answering.keep_answer(make_sent_demand(), Answer("refused", date(2026, 3, 1)),
                              by=make_user(), at=NOON)  # fmt: skip


def test_shared_without_with_whom_is_no_answer():
    for kind, sharing in (("onward_shared", ""), ("deleted_attested", "yes")):
        with pytest.raises(answering.WithWhom, match="with whom"):
            answering.keep_answer(make_sent_demand(), Answer(kind, CAME, sharing=sharing),
                                  by=make_user(), at=NOON)  # fmt: skip


def test_everybody_it_was_passed_on_to_gets_a_case_with_a_clock():
    case = make_answered(sharing="yes", shared_with="First Firm\nSecond Firm\n")

    children = ClawbackCase.objects.filter(recipient__parent=case.recipient)
    assert {child.recipient.document["name"] for child in children} == {"First Firm", "Second Firm"}
    assert all(child.clocks.get().code == "preserve" for child in children)
    assert case.status == State.CLAIMED


def test_a_complete_statement_is_reviewed_by_somebody_else_and_closes_the_case():
    case = make_answered()
    made = sign(case, covering(case))
    assert case.status == State.EVIDENCE_REVIEW

    cases.record(case, "accepted", grounds(case), by=make_user(), at=NOON)

    assert made.is_complete
    assert (case.status, case.proof) == (State.CLOSED_ATTESTED, 2)
    assert b"Ada" not in bytes(Attestation.objects.get().sealed)


def test_the_one_who_recorded_a_statement_does_not_accept_it():
    case, clerk = make_answered(), make_user()
    sign(case, covering(case), by=clerk)

    with pytest.raises(cases.NeedsSecondPerson):
        cases.record(case, "accepted", grounds(case), by=clerk, at=NOON)


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"shared_with": ""}, "with whom it was shared"),
        ({"shared": ""}, "whether it was shared"),
        ({"shared": "unknown"}, "does not know"),
        ({"signer": " "}, "who signs"),
        ({"authority_checked": False}, "authority"),
        ({"penalty_law": ""}, "under which law"),
        ({"backups": ""}, "backups"),
    ],
)
def test_a_statement_that_leaves_something_open_is_partial(change, gap):
    case = make_answered()

    made = sign(case, replace(covering(case), **change))

    assert case.status == State.PARTIAL
    assert any(gap in words for words in made.document["left_open"])


def test_a_statement_must_cover_every_copy_that_we_know_of():
    case = make_answered()
    said = covering(case)
    add_copy(case.recipient, "backup", "tape", by=make_user(), at=NOON)

    made = sign(case, said)

    assert made.document["left_open"] == ["what became of 1 copy that we know of"]
    assert case.status == State.PARTIAL


def test_a_better_statement_mends_a_partial_one():
    case = make_answered()
    sign(case, replace(covering(case), place=""))

    paper = make_upload(b"Signed again.", "again.txt")
    answering.keep_statement(case, covering(case), paper, by=make_user(), at=NOON)

    assert case.status == State.EVIDENCE_REVIEW


def test_a_statement_before_any_answer_is_refused():
    demand = make_sent_demand()

    with pytest.raises(IllegalMove, match="Record first"):
        sign(demand.recipient.case, SAID)
    assert not Evidence.objects.filter(kind="answer").exists()


def test_passing_it_on_keeps_the_case_open_and_reopens_a_closed_one():
    case = make_answered()
    sign(case, covering(case))
    answering.share_onward(case, ["A Firm"], by=make_user(), at=NOON, evidence=None)
    with pytest.raises(ChildrenOpen):
        cases.record(case, "accepted", grounds(case), by=make_user(), at=NOON)

    ClawbackCase.objects.filter(recipient__parent=case.recipient).update(
        status=State.CLOSED_NO_COPY, closed_on=Evidence.objects.first()
    )
    cases.record(case, "accepted", grounds(case), by=make_user(), at=NOON)
    answering.share_onward(case, ["Another Firm"], by=make_user(), at=NOON, evidence=None)

    assert case.status == State.REOPENED
    with pytest.raises(answering.WithWhom):
        answering.share_onward(case, [], by=make_user(), at=NOON, evidence=None)


def test_no_question_of_a_statement_can_be_left_blank():
    optional = {"witness", "may_be_rechecked", "authority_checked", "fates", "signed_on",
                "signature"}  # fmt: skip
    for name in set(SAID.__dataclass_fields__) - optional:
        assert left_open(replace(SAID, **{name: ""}), []), name
    assert left_open(SAID, []) == []


def test_what_was_typed_of_an_answer_stays_where_it_is_refused(client):
    user, demand = make_user("analyst"), make_sent_demand()
    demand.incident.team.create(user=user, added_at=NOON)
    client.force_login(user)
    url = reverse("demands:answer", args=[demand.incident_id, demand.pk])
    typed = {"kind": "deleted_attested", "scope": "the laptop and its backups"}

    undated = client.post(url, {**typed, "received_on": ""}).content.decode()
    early = client.post(url, {**typed, "received_on": "2026-03-01"}).content.decode()

    assert "Not saved: Received on" in undated
    assert "the laptop and its backups</textarea>" in undated
    assert "the laptop and its backups</textarea>" in early
    assert not Response.objects.exists()
