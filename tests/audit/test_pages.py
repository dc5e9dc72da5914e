"""An auditor reads the log by pages: who did what, about what, and whether it is whole."""

import pytest
from django.urls import reverse

from breaches.access.rules import AUDITOR, INTAKE
from breaches.audit import log
from breaches.audit.models import AuditEvent
from tests.factories import NOON, make_exposure, make_incident, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client):
    user = make_user(AUDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def incident(auditor):
    return make_incident(by=make_user(INTAKE), team=[auditor])


def shown(client, incident, **asked):
    return client.get(reverse("incidents:audit", args=[incident.pk]), asked).content.decode()


def rows(page):
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_it_says_who_did_what(client, incident):
    exposure = make_exposure(incident=incident)

    page = rows(shown(client, incident))

    assert "exposure.added" in page
    assert f"Exposure {exposure.pk}" in page
    assert incident.team.order_by("pk").first().user.email in page


def test_it_is_sifted_by_what_and_by_who(client, incident, auditor):
    make_exposure(incident=incident)

    by_what = rows(shown(client, incident, event="exposure.added"))
    by_who = rows(shown(client, incident, actor=auditor.pk))

    assert by_what.count("<tr>") == 1
    assert "exposure.added" not in by_who
    assert "No event answers to this" in shown(client, incident, event="no.such")


def test_a_look_at_the_log_is_in_the_log(client, incident, auditor):
    shown(client, incident)

    last = AuditEvent.objects.filter(chain=log.chain_of(incident)).latest("seq")
    assert (last.event, last.actor) == ("audit.opened", str(auditor.pk))


def test_a_whole_log_is_said_to_be_whole(client, incident):
    assert "no event was changed" in shown(client, incident, check="1")


def test_a_changed_event_is_shown_with_its_number(client, incident):
    event = AuditEvent.objects.filter(chain=log.chain_of(incident)).earliest("seq")
    AuditEvent.objects.filter(pk=event.pk).update(actor="0")

    page = shown(client, incident, check="1")

    assert "tampered" in page
    assert f"Event {event.seq}: changed" in page


def test_a_torn_anchor_is_shown_and_not_called_tampering(client, incident, settings, tmp_path):
    settings.ANCHOR_FILE = tmp_path / "anchors.jsonl"
    settings.ANCHOR_FILE.write_text('{"at": "2026-03-02T13:0')

    page = shown(client, incident, check="1")

    assert "Line 1 of the anchor file: cannot be read" in page
    assert "tampered" not in page
    assert "No event was changed" in page


def test_what_belongs_to_no_incident_has_a_page_of_its_own(client, auditor):
    log.note("login.failed", by=None, at=NOON)

    page = client.get(reverse("access:audit")).content.decode()

    assert "login.failed" in rows(page)
    assert f'href="{reverse("access:audit")}" aria-current="page"' in page


def test_nobody_else_reads_it(client, incident):
    user = make_user(INTAKE)
    client.force_login(user)

    assert client.get(reverse("access:audit")).status_code == 403
    assert client.get(reverse("incidents:audit", args=[incident.pk])).status_code == 404
