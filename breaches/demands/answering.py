"""Recording what a recipient answers, and what it signs."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from breaches.audit import log as audit
from breaches.audit.lifecycle import IllegalMove, MovedMeanwhile, move
from breaches.clawback import machine
from breaches.clawback.actions import open_case
from breaches.clawback.journal import Grounds, take_step
from breaches.clawback.models import ClawbackCase
from breaches.clawback.states import CLOSED
from breaches.demands import rules
from breaches.demands.models import Attestation, Demand, DemandStatus, Response
from breaches.demands.statement import Statement, left_open
from breaches.errors import Refused
from breaches.evidence.actions import keep_document
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients.actions import pass_on
from breaches.recipients.queries import counting_copies


class WithWhom(Refused):
    """Who says that it was shared must say with whom."""


class TooEarly(Refused):
    """An answer comes after its letter."""


class NotSentYet(Refused):
    """Nobody answers what was not sent."""


@dataclass(frozen=True)
class Answer:
    """What a recipient answered, as a person read it; `shared_with` has a name a line."""

    kind: str
    received_on: date
    upload: UploadedFile | None = None
    scope: str = ""
    sharing: str = ""
    shared_with: str = ""


def keep_answer(demand: Demand, answer: Answer, *, by: User, at: datetime) -> Response:
    """Record an answer with its document as evidence; the case follows.

    Raises NotSentYet, TooEarly, WithWhom, IllegalMove, MovedMeanwhile.
    """
    _check(demand, answer)
    kept = take_in(demand.incident, answer.upload, by=by, at=at) if answer.upload else None
    response = Response(
        incident=demand.incident,
        demand=demand,
        key_name=demand.key_name,
        kind=answer.kind,
        has_scope=bool(answer.scope.strip()),
        sharing=answer.sharing,
        evidence=kept,
        received_on=answer.received_on,
        recorded_by=by,
        recorded_at=at,
    ).with_document({"scope": answer.scope, "shared_with": answer.shared_with})
    try:
        with transaction.atomic():
            response.save(force_insert=True)
            audit.record(response, "response.recorded", by=by, at=at, kind=answer.kind)
            if demand.status == DemandStatus.SENT:
                move(demand, DemandStatus.ANSWERED, by=by, at=at)
            _follow(demand.recipient.case, answer, response, by, at)
    except IntegrityError as clash:
        raise MovedMeanwhile("This answer is recorded already.") from clash
    return response


def share_onward(
    case: ClawbackCase, names: list[str], *, by: User, at: datetime, evidence: Evidence | None
) -> list[ClawbackCase]:
    """Open a case for each of those to whom a recipient passed the file.

    A closed case is reopened by it. Raises WithWhom, IllegalMove, MovedMeanwhile.
    """
    if not names:
        raise WithWhom("Name everybody it was passed on to, a line each.")
    event = "onward_found" if case.status in CLOSED else "onward_shared"
    with transaction.atomic():
        children = pass_on(case.recipient, names, by=by, at=at)
        facts = {"children": [str(child.pk) for child in children]}
        take_step(case, event, by=by, at=at, grounds=Grounds(evidence=evidence, facts=facts))
        return [open_case(child, by=by, at=at) for child in children]


def keep_statement(
    case: ClawbackCase, said: Statement, upload: UploadedFile, *, by: User, at: datetime
) -> Attestation:
    """Record a signed statement: to be reviewed if it leaves nothing open, else partial.

    Raises IllegalMove, MovedMeanwhile.
    """
    known = [str(pk) for pk in counting_copies(case.recipient).values_list("pk", flat=True)]
    gaps = left_open(said, known)
    event = "found_wanting" if gaps else "attested"
    if not machine.targets_of(event, case.status):
        raise IllegalMove("Record first what they answered: that it is deleted or returned.")
    evidence = take_in(case.incident, upload, by=by, at=at)
    attestation = Attestation(
        incident=case.incident,
        recipient=case.recipient,
        key_name=case.incident.key_name,
        evidence=evidence,
        opened=said.opened or "unknown",
        copied=said.copied or "unknown",
        shared=said.shared or "unknown",
        signature=said.signature,
        is_under_penalty=bool(said.penalty_law.strip()),
        may_be_rechecked=said.may_be_rechecked,
        is_complete=not gaps,
        signed_on=said.signed_on,
        recorded_by=by,
        recorded_at=at,
    ).with_document({**_plain(said), "left_open": gaps})
    try:
        with transaction.atomic():
            attestation.save(force_insert=True)
            audit.record(attestation, "attestation.recorded", by=by, at=at, complete=not gaps)
            take_step(case, event, by=by, at=at, grounds=Grounds(evidence=evidence))
    except IntegrityError as clash:
        raise MovedMeanwhile("This statement is recorded already.") from clash
    return attestation


def take_in(incident: Incident, upload: UploadedFile, *, by: User, at: datetime) -> Evidence:
    """Seal what a recipient sent; one paper may answer several letters."""
    return keep_document(
        incident, upload, kind="answer", handed_over_by="the recipient", by=by, at=at
    )


def _check(demand: Demand, answer: Answer) -> None:
    if demand.sent_on is None:
        raise NotSentYet("This letter has not been sent: nobody can have answered it.")
    if answer.received_on < demand.sent_on:
        raise TooEarly("The answer cannot have come before the demand was sent.")
    tells = answer.sharing == "yes" or answer.kind == "onward_shared"
    if tells and not answer.shared_with.strip():
        raise WithWhom("It was shared: say with whom, a name a line.")


def _follow(case: ClawbackCase, answer: Answer, response: Response, by: User, at: datetime) -> None:
    to = rules.leads_to(answer.kind, scope=answer.scope, sharing=answer.sharing)
    grounds = Grounds(evidence=response.evidence, facts={"response": str(response.pk)})
    if to in machine.targets_of("answered", case.status):
        take_step(case, "answered", to=to, by=by, at=at, grounds=grounds)
    if names := [line.strip() for line in answer.shared_with.splitlines() if line.strip()]:
        share_onward(case, names, by=by, at=at, evidence=response.evidence)


def _plain(said: Statement) -> dict[str, object]:
    """Return a statement as JSON holds it."""
    facts = asdict(said)
    facts["signed_on"] = said.signed_on.isoformat()
    facts["fates"] = {
        copy: {**asdict(fate), "done_on": fate.done_on.isoformat() if fate.done_on else ""}
        for copy, fate in said.fates.items()
    }
    return facts
