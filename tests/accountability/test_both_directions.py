"""From a recipient to the people who may fear it, and from a person to every recipient."""

from datetime import date

import pytest
from django.urls import reverse

from breaches.accountability import queries
from breaches.audit.models import AuditEvent
from breaches.clawback.actions import open_case
from breaches.demands.actions import Wish, approve_demand, draft_demand, mark_sent
from breaches.demands.answering import Answer, keep_answer
from breaches.recipients.actions import recognise, review_risk
from breaches.recipients.models import Recipient
from tests.clawback.cases import make_recipient
from tests.demands.letters import DUE, SENT, make_contact
from tests.downloads import days
from tests.factories import NOON, make_affected, make_user

pytestmark = pytest.mark.django_db
SIX = ["192.0.2.10", "192.0.2.20", "2001:db8:1:2::/64", "198.51.100.40", "203.0.113.50",
       "198.51.100.60"]  # fmt: skip
KINDS = ["deleted_attested", "deleted_unsigned", "refused", "asks_for_authority", "denies_receipt"]


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


def make_six():
    """Six downloads, each written to; five have answered and one is silent."""
    log = days.read_log(days.text(days.six_downloads()))
    recognise(log.incident, at=NOON)
    known = {row.document["address"]: row for row in Recipient.objects.all()}
    for number, address in enumerate(SIX):
        recipient = known[address]
        case = open_case(recipient, by=None, at=NOON)
        review_risk(recipient, "none", "A carrier.", by=make_user(), at=NOON)
        wish = Wish("preservation", "civil_hold", make_contact(recipient))
        demand = draft_demand(case, wish, by=make_user(), at=NOON)
        approve_demand(demand, by=make_user(), at=NOON)
        mark_sent(demand, "isp_forward", sent_on=SENT, due_on=DUE, by=make_user(), at=NOON)
        if number < len(KINDS):
            answer = Answer(KINDS[number], date(2026, 3, 10), scope="all", sharing="no")
            keep_answer(demand, answer, by=make_user(), at=NOON)
    return log.incident


def test_six_acquisitions_stand_on_every_affected_person_s_page(client):
    incident = make_six()
    people = [make_affected(incident, name=name) for name in ("Ada Doe", "Bo Roe")]
    user = make_user("caseworker")
    incident.team.create(user=user, added_at=NOON)
    client.force_login(user)

    for one in people:
        page = client.get(reverse("accountability:person", args=[incident.pk, one.pk]))
        text = page.content.decode()
        rows = [row for row in text.split("<tr>") if '<th scope="row">' in row]
        assert len(rows) == 6
        for address in SIX:
            row = next(row for row in rows if address in row)
            assert "2022-11-28" in row  # when
            assert "unknown network" in row or "<td>" in row  # network
            assert "<strong>B</strong>" in row or "<strong>C</strong>" in row  # grade
            assert "preserve and forward, 3 Mar 2026" in row  # what was asked
        assert text.count("10 Mar 2026") == 5  # what was answered
        silent = next(row for row in rows if SIX[-1] in row)
        assert "<td>nothing</td>" in silent
        for words in ("deleted, signed statement", "refused", "denies having received it"):
            assert words in text
