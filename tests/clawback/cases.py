"""Cases to test with."""

from itertools import count

from breaches.clawback import actions
from breaches.clawback.journal import Grounds
from breaches.clawback.models import ClawbackCase
from breaches.evidence.actions import take_in
from breaches.recipients.actions import recognise
from breaches.recipients.models import Recipient
from tests.downloads import days
from tests.factories import NOON, make_upload, make_user

_numbers = count(1)


def make_recipient(**facts):
    """Make the recipient of one download."""
    log = days.read_log(days.text([days.line(10)]))
    recognise(log.incident, at=NOON)
    recipient = Recipient.objects.get(incident=log.incident)
    for name, value in facts.items():
        setattr(recipient, name, value)
    recipient.save()
    return recipient


def make_case(*, at=NOON, **facts):
    """Open the case of one download."""
    return actions.open_case(make_recipient(**facts), by=None, at=at)


def make_child(case, *, at=NOON):
    """Open the case of somebody to whom the file was passed on."""
    child = Recipient(
        incident=case.incident,
        kind="organisation",
        key_name=case.incident.key_name,
        parent=case.recipient,
        recognised_at=at,
    ).with_document({"address": "", "network": "", "name": "Other"})
    child.save(force_insert=True)
    return actions.open_case(child, by=None, at=at)


def paper(incident):
    """Keep a document as evidence, each one another."""
    content = f"Document {next(_numbers)}".encode()
    return take_in(
        incident,
        make_upload(content, "paper.txt"),
        kind="document",
        handed_over_by="x",
        by=make_user(),
        at=NOON,
    )


def grounds(case, reason="It was seen."):
    """Bring a reason and a document."""
    return Grounds(reason, paper(case.incident))


def put(case, state):
    """Put a case somewhere for a test of what follows; its events do not lead there."""
    ClawbackCase.objects.filter(pk=case.pk).update(status=state)
    case.refresh_from_db()
    return case
