"""Demands to everybody with a copy, and a few answers of each kind."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from breaches.clawback.actions import HasCase, open_case
from breaches.clawback.models import ClawbackCase
from breaches.demands.actions import Wish, approve_demand, draft_demand, mark_sent
from breaches.demands.answering import Answer, keep_answer
from breaches.demands.models import Demand
from breaches.incidents.actions import Said, add_statement
from breaches.incidents.models import Incident
from breaches.recipients.actions import Way, add_contact, review_risk, verify_contact
from breaches.recipients.models import Recipient
from breaches.recipients.queries import known_recipients
from notifications.demo.cast import Cast

PAPER = b"Invented answer %d of the demonstration.\n"
PROVIDER = Way("post", "rdap", "Legal Department", ("Example Carrier", "1 Main Street",
               "Springfield IL 62701"))  # fmt: skip
PROMISED = Said(
    date(2022, 12, 1), "claimed", "It would contact everybody who downloaded the file.",
    "Invented press release of the demonstration", "contact_downloaders",
)  # fmt: skip
ANSWERS = (
    ("deleted_attested", "one download, one copy in the mail, both deleted", "no"),
    ("deleted_unsigned", "", ""),
    ("refused", "", ""),
    ("asks_for_authority", "", ""),
)  # and the others have not answered


def demand_everything(incident: Incident, cast: Cast, *, at: datetime) -> None:
    """Draft, approve and send a letter to each recipient; record the first answers."""
    add_statement(incident, PROMISED, by=cast.caseworker, at=at)
    for number, recipient in enumerate(known_recipients(incident)):
        with suppress(HasCase):  # the clock may have been faster
            open_case(recipient, by=None, at=at)
        case = ClawbackCase.objects.get(recipient=recipient)
        demand = _letter(case, recipient, cast, at)
        due_on = at.date() + timedelta(days=14)
        sent = {"sent_on": at.date(), "due_on": due_on}
        mark_sent(demand, "isp_forward", **sent, by=cast.analyst, at=at)
        if number < len(ANSWERS):
            _answer(demand, number, cast, at)


def _letter(case: ClawbackCase, recipient: Recipient, cast: Cast, at: datetime) -> Demand:
    review_risk(recipient, "none", "A commercial carrier.", by=cast.analyst, at=at)
    contact = add_contact(recipient, PROVIDER, by=cast.analyst, at=at)
    verify_contact(contact, by=cast.approver, at=at)
    contact.refresh_from_db()
    wish = Wish("preservation", "civil_hold", contact)
    demand = draft_demand(case, wish, by=cast.analyst, at=at)
    approve_demand(demand, by=cast.approver, at=at)
    return demand


def _answer(demand: Demand, number: int, cast: Cast, at: datetime) -> None:
    kind, scope, sharing = ANSWERS[number]
    paper = SimpleUploadedFile("answer.txt", PAPER % number)
    answer = Answer(kind, at.date(), upload=paper, scope=scope, sharing=sharing)
    keep_answer(demand, answer, by=cast.analyst, at=at)
