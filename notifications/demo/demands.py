"""Demands to everybody with a copy, and a few answers of each kind."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from breaches.incidents.models import Incident
from breaches.recipients.actions import (
    Answer,
    approve_demand,
    draft_demand,
    keep_answer,
    mark_sent,
)
from breaches.recipients.models import Demand
from breaches.recipients.queries import known_recipients
from notifications.demo.cast import Cast

PAPER = b"Invented answer %d of the demonstration.\n"
ANSWERS = (
    ("deleted_attested", "one download, one copy in the mail, both deleted", "no"),
    ("deleted_unsigned", "", ""),
    ("refused", "", ""),
    ("asks_for_authority", "", ""),
)  # and the others have not answered


def demand_everything(incident: Incident, cast: Cast, *, at: datetime) -> None:
    """Draft, approve and send a demand to each recipient; record the first answers."""
    for number, recipient in enumerate(known_recipients(incident)):
        demand = draft_demand(recipient, by=cast.analyst, at=at)
        approve_demand(demand, by=cast.approver, at=at)
        due_on = at.date() + timedelta(days=14)
        sent = {"sent_on": at.date(), "due_on": due_on}
        mark_sent(demand, "isp_forward", **sent, by=cast.analyst, at=at)
        if number < len(ANSWERS):
            _answer(demand, number, cast, at)


def _answer(demand: Demand, number: int, cast: Cast, at: datetime) -> None:
    kind, scope, sharing = ANSWERS[number]
    paper = SimpleUploadedFile("answer.txt", PAPER % number)
    answer = Answer(kind, at.date(), upload=paper, scope=scope, sharing=sharing)
    keep_answer(demand, answer, by=cast.analyst, at=at)
