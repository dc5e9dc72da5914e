"""The ledger adds up at every step, and the page says what to do next."""

import pytest
from django.urls import reverse

from breaches.matching.models import AffectedPerson
from notifications.notices import actions
from notifications.notices.models import Notice, NoticeStatus
from notifications.outcomes.coverage import Coverage
from notifications.outcomes.queries import coverage, stages
from notifications.printing.actions import freeze_run
from tests.factories import NOON, make_affected, make_incident, make_user
from tests.letters.makers import make_rendered
from tests.notices.test_notices import CONTACT, approved_wording, told

pytestmark = pytest.mark.django_db


def test_everybody_is_counted_once_at_every_step():
    approved_wording()
    incident = told({}, {}, {"lines": []}, {"birth_date": "2015-01-01"})
    make_affected(incident)
    assert coverage(incident) == Coverage(affected=5, sent=0, excluded=0, held=2, pending=3)

    ready = Notice.objects.filter(status=NoticeStatus.READY)
    actions.mark_sent(ready[:1], by=make_user(), at=NOON)
    minor = Notice.objects.get(hold="minor")
    actions.exclude(minor, "Told by hand.", by=make_user(), at=NOON)

    found = coverage(incident)
    assert found == Coverage(affected=5, sent=1, excluded=1, held=1, pending=2)
    assert found.adds_up
    assert not found.is_complete


def test_a_notice_for_another_purpose_and_another_incident_count_nowhere_else():
    incident = told({})
    one = AffectedPerson.objects.get()
    notice = Notice(
        incident=incident,
        affected=one,
        purpose="update",
        key_name=incident.key_name,
        status=NoticeStatus.READY,
        status_at=NOON,
    ).with_document({"name": "Ada Doe"})
    notice.save(force_insert=True)
    told({}, {})

    assert coverage(incident) == Coverage(affected=1, sent=0, excluded=0, held=1, pending=0)
    assert coverage(incident, "update").pending == 1


def test_somebody_withdrawn_leaves_the_ledger():
    incident = told({}, {})
    AffectedPerson.objects.filter(pk=AffectedPerson.objects.first().pk).update(withdrawn_at=NOON)

    assert coverage(incident).affected == 1


def test_the_ledger_is_one_query(django_assert_num_queries):
    incident = told({}, {"lines": []})

    with django_assert_num_queries(1):
        coverage(incident)


def test_the_bar_fills_its_width():
    shares = Coverage(affected=3, sent=1, excluded=1, held=0, pending=1).shares()

    assert sum(share.width for share in shares) == pytest.approx(100, abs=0.01)
    assert Coverage(0, 0, 0, 0, 0).shares()[0].width == 0


def test_each_role_sees_its_own_next_step_linked(client):
    caseworker, intake = make_user("caseworker"), make_user("intake")
    incident = make_incident(team=[caseworker, intake], contact=CONTACT)
    make_affected(incident)

    client.force_login(caseworker)
    page = client.get(reverse("outcomes:overview", args=[incident.pk])).content.decode()
    assert "1 affected person to be given a notice</a>" in page
    assert "<li>Hand in the leaked file</li>" in page

    client.force_login(intake)
    page = client.get(reverse("outcomes:overview", args=[incident.pk])).content.decode()
    assert "Hand in the leaked file</a>" in page
    assert "<li>1 affected person to be given a notice</li>" in page


def test_the_ledger_alone_can_be_shown_by_another_page(client):
    caseworker = make_user("caseworker")
    incident = make_incident(team=[caseworker])
    make_affected(incident)
    client.force_login(caseworker)

    page = client.get(reverse("outcomes:ledger", args=[incident.pk])).content.decode()

    assert "1 affected = 0 sent + 0 excluded + 0 held + 1 pending." in page
    assert "<html" not in page


def test_a_letter_that_left_still_counts_as_made():
    incident = make_rendered({}, {})
    freeze_run(incident, by=make_user(), at=NOON)

    made = {figure.label: figure.value for figure in stages(incident)}["letters made"]
    assert made == 2
