"""What is not known is a row, with what would settle it; it stands on every person's page."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from breaches.accountability import actions, gaps
from breaches.accountability.gaps import Gap
from breaches.accountability.models import Unknown, UnknownStatus
from breaches.recipients.actions import recognise
from tests.clawback.cases import make_recipient
from tests.downloads import days
from tests.factories import NOON, make_affected, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db
PROVIDER = Gap("provider", "foia", "Which provider it was", "A request to the agency")


def follow(unknown, to, paper=None):
    actions.follow_unknown(unknown, to, answer="", paper=paper, by=make_user(), at=NOON)


def test_what_the_records_do_not_say_is_offered_once():
    incident = make_recipient().incident
    found = {gap.kind for gap in gaps.found(incident)}
    assert {"log", "provider"} <= found or {"log", "subscriber"} <= found

    number = actions.note_gaps(incident, by=make_user(), at=NOON)

    assert Unknown.objects.count() == number
    with pytest.raises(actions.NothingNew):
        actions.note_gaps(incident, by=make_user(), at=NOON)


def test_the_same_thing_is_noted_once():
    incident = make_incident()
    actions.note_unknown(incident, PROVIDER, by=make_user(), at=NOON)

    with pytest.raises(actions.NotedAlready):
        actions.note_unknown(incident, PROVIDER, by=make_user(), at=NOON)


def test_it_is_settled_by_a_document_only():
    unknown = actions.note_unknown(make_incident(), PROVIDER, by=make_user(), at=NOON)
    follow(unknown, "ASKED")
    follow(unknown, "REFUSED")

    with pytest.raises(actions.NeedsDocument):
        follow(unknown, "SETTLED")
    with pytest.raises(IntegrityError), transaction.atomic():
        Unknown.objects.update(status=UnknownStatus.SETTLED)
    follow(unknown, "SETTLED", make_upload(b"An answer.", "answer.pdf"))

    assert Unknown.objects.get().status == UnknownStatus.SETTLED
    assert b"provider it was" not in bytes(Unknown.objects.get().sealed)


def test_it_walks_through_its_pages_and_stands_on_a_person_s_page(client):
    user = make_user("analyst", "intake", "caseworker")
    client.force_login(user)
    log = days.read_log(days.text(days.six_downloads()), by=user)
    recognise(log.incident, at=NOON)
    pk = log.incident.pk

    def post(name, *args, **data):
        url = reverse(f"accountability:{name}", args=[pk, *args])
        return client.post(url, data, follow=True).content.decode()

    offered = client.get(reverse("accountability:unknowns", args=[pk])).content.decode()
    noted = post("gaps")
    again = post("gaps")
    typed = post("note", kind="other", what="Who pressed publish", way="motion", how="The agency")
    empty = post("note", kind="other", what="")
    one = Unknown.objects.order_by("noted_at").last()
    bare = post("follow", one.pk, to="SETTLED")
    asked = post("follow", one.pk, to="ASKED", answer="")
    affected = make_affected(log.incident)
    person = client.get(reverse("accountability:person", args=[pk, affected.pk])).content.decode()

    assert "Our records do not say" in offered
    assert "noted." in noted
    assert "noted already" in again
    assert "Who pressed publish" in typed
    assert "This field is required" in empty
    assert "Hand in the document" in bare
    assert "asked for" in asked
    assert "Who pressed publish" in person
