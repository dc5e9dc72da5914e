"""One recipient as a row: what it has, what was asked and answered, where its case stands."""

from datetime import datetime
from typing import NamedTuple

from breaches.clawback.models import CaseClock, ClawbackCase
from breaches.clawback.states import WORDS
from breaches.demands.models import Demand, Response
from breaches.demands.rules import PURPOSES, Standing
from breaches.recipients.models import DisclosureCopy, Recipient
from breaches.recipients.queries import best_of


class Answered(NamedTuple):
    """One recipient, opened: what it has, where its case stands, what was asked and answered."""

    recipient: Recipient
    case: ClawbackCase | None
    name: str
    address: str
    network: str
    dated: str
    country: str
    grade: str
    copies: list[DisclosureCopy]
    demand: Demand | None
    response: Response | None
    standing: Standing
    due: CaseClock | None
    is_overdue: bool

    @property
    def shown(self) -> str:
        """Return what a recipient is called: its name, else its address."""
        return self.name or self.address or "somebody without an address"

    @property
    def asked(self) -> str:
        """Return what it was asked and when, in words."""
        if self.demand is None or self.demand.sent_on is None:
            return "nothing yet"
        return f"{PURPOSES[self.demand.purpose]}, {self.demand.sent_on:%-d %b %Y}"

    @property
    def said(self) -> str:
        """Return what it answered and when, in words."""
        if self.response is None:
            return "nothing"
        return f"{self.response.standing.words}, {self.response.received_on:%-d %b %Y}"


def answered(recipient: Recipient, *, at: datetime) -> Answered:
    """Return one recipient, opened, and how it answered."""
    document, copies = recipient.document, list(recipient.copies.all())
    written = list(recipient.demands.all())
    case = getattr(recipient, "case", None)
    sent = [demand for demand in written if demand.sent_on]
    responses = [row for demand in written for row in demand.responses.all()]
    due = next(iter(case.clocks.all()), None) if case else None
    late = any(demand.is_overdue(at.date()) for demand in sent)
    return Answered(
        recipient=recipient,
        case=case,
        name=document["name"],
        address=document["address"],
        network=document["network"] or "unknown network",
        dated=document.get("network_dated", ""),
        country=document.get("country", ""),
        grade=best_of(copies),
        copies=copies,
        demand=sent[-1] if sent else None,
        response=max(responses, key=lambda row: row.received_on, default=None),
        standing=_standing(case, late=late),
        due=due,
        is_overdue=late or bool(due and due.due_at <= at),
    )


def called(recipient: Recipient) -> str:
    """Return what a recipient is called: its name, else its address."""
    document = recipient.document
    return document["name"] or document["address"] or "somebody without an address"


def _standing(case: ClawbackCase | None, *, late: bool) -> Standing:
    if case is None:
        return Standing("NONE", "its case is being opened")
    words = WORDS[case.status]
    return Standing("OVERDUE" if late else case.status, f"{words}, overdue" if late else words)
