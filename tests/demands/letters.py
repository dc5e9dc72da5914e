"""Letters to recipients, to test with."""

from datetime import date

from breaches.clawback.actions import classify
from breaches.demands import actions
from breaches.demands.actions import Wish
from breaches.recipients.actions import Way, add_contact, review_risk, verify_contact
from tests.clawback.cases import make_case
from tests.factories import NOON, make_user

SENT, DUE, CAME = date(2026, 3, 3), date(2026, 3, 17), date(2026, 3, 10)
POST = Way("post", "rdap", "Legal Department", ("Example Carrier", "Springfield IL 62701"))


def make_contact(recipient, *, checked=True):
    """Make a contact that somebody has checked."""
    contact = add_contact(recipient, POST, by=make_user(), at=NOON)
    if checked:
        verify_contact(contact, by=make_user(), at=NOON)
        contact.refresh_from_db()
    return contact


def make_ready(**facts):
    """Make the case of an organisation that can be written to."""
    case = make_case(**{"kind": "organisation", "identity_level": 2, **facts})
    review_risk(case.recipient, "none", "A firm.", by=make_user(), at=NOON)
    if case.status == "DRAFT":
        classify(case, by=make_user(), at=NOON)
    return case


def make_demand(case=None, *, by=None, **wish):
    """Draft a demand to a contact that was checked."""
    case = case or make_ready()
    wish.setdefault("contact", make_contact(case.recipient))
    return actions.draft_demand(case, Wish(**wish), by=by or make_user(), at=NOON)


def make_sent_demand(case=None, **wish):
    """Make a demand that went out."""
    demand = make_demand(case, **wish)
    actions.approve_demand(demand, by=make_user(), at=NOON)
    actions.mark_sent(demand, "registered_mail", sent_on=SENT, due_on=DUE, by=make_user(), at=NOON)
    return demand
