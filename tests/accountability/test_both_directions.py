"""From a recipient to the people who may fear it, and from a person to every recipient."""

import pytest
from django.urls import reverse

from breaches.accountability import queries
from breaches.audit.models import AuditEvent
from tests.clawback.cases import make_recipient
from tests.factories import NOON, make_affected, make_user

pytestmark = pytest.mark.django_db


def place(recipient, country):
    recipient.seal({**recipient.document, "country": country})
    recipient.save()


def test_exactly_the_people_of_its_country_may_fear_a_recipient():
    recipient = make_recipient()
    names = {"Ada Doe": "Guatemala", "Bo Roe": "GTM", "Cy Poe": "Honduran", "Di Loe": ""}
    for name, nationality in names.items():
        make_affected(recipient.incident, name=name, nationality=nationality)
    place(recipient, "GT")

    found = queries.may_be_feared_by(recipient)

    assert {one.document["name"] for one in found} == {"Ada Doe", "Bo Roe"}
    place(recipient, "")
    assert queries.may_be_feared_by(recipient) == []


def test_the_page_names_them_for_those_who_may_see_people_and_is_written_down(client):
    recipient = make_recipient()
    place(recipient, "GT")
    make_affected(recipient.incident, name="Ada Doe", nationality="Guatemalan")
    caseworker, analyst = make_user("caseworker"), make_user("analyst")
    for user in (caseworker, analyst):
        recipient.incident.team.create(user=user, added_at=NOON)
    url = reverse("accountability:feared", args=[recipient.incident.pk, recipient.pk])

    client.force_login(caseworker)
    page = client.get(url).content.decode()
    client.force_login(analyst)

    assert "Ada Doe" in page
    assert "1 of 1 people" in page
    assert client.get(url).status_code == 403
    assert AuditEvent.objects.filter(event="recipient.feared_listed").count() == 1


def test_a_recipient_that_nobody_can_place_says_so(client):
    recipient = make_recipient()
    place(recipient, "")
    user = make_user("caseworker")
    recipient.incident.team.create(user=user, added_at=NOON)
    client.force_login(user)

    page = client.get(reverse("accountability:feared", args=[recipient.incident.pk, recipient.pk]))

    assert "Nobody knows where this recipient is" in page.content.decode()
