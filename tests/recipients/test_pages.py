"""The Recipients tab, and the recipients on the page of an affected person."""

import pytest
from django.urls import reverse

from breaches.matching.models import AffectedPerson
from breaches.recipients import actions
from breaches.recipients.models import Demand, DemandStatus, Recipient, Response
from tests.downloads import days
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    client.user = make_user("analyst", "intake")
    client.force_login(client.user)
    return client


def make_case(user, content=None):
    """Read a log of the incident of `user` and recognise its recipients."""
    log = days.read_log(content or days.text([days.line(10)]), by=user)
    actions.recognise(log.incident, at=NOON)
    return log.incident


def post(client, name, /, *args, **data):
    return client.post(reverse(name, args=args), data, follow=True).content.decode()


def see(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_any_log_the_tab_says_what_to_do_next(analyst):
    incident = make_incident(by=analyst.user)

    assert "Nobody known yet" in see(analyst, "recipients:list", incident.pk)


def test_the_tab_lists_everybody_with_a_copy(analyst):
    incident = make_case(analyst.user, days.the_day())

    page = see(analyst, "recipients:list", incident.pk)

    assert "2001:db8:1:2::/64" in page
    assert "not written to yet" in page
    assert "192.0.2.99" not in page


def test_a_demand_walks_from_draft_to_answer(analyst, client):
    incident = make_case(analyst.user)
    approver = make_user("approver")
    from_approver = type(client)()
    from_approver.force_login(approver)
    incident.team.create(user=approver, added_at=NOON)
    recipient = Recipient.objects.get()

    drafted = post(analyst, "recipients:draft", incident.pk, recipient.pk)
    demand = Demand.objects.get()
    approved = post(from_approver, "recipients:approve", incident.pk, demand.pk)
    sent = post(analyst, "recipients:sent", incident.pk, demand.pk, channel="e_mail",
                sent_on="2026-03-03", due_on="2026-03-17")  # fmt: skip
    answered = post(analyst, "recipients:answer", incident.pk, demand.pk,
                    kind="deleted_attested", received_on="2026-03-10", scope="laptop",
                    sharing="no", document=make_upload(b"Deleted.", "reply.txt"))  # fmt: skip

    assert "second person" in drafted
    assert "It can be sent now" in approved
    assert "Recorded as sent" in sent
    assert "says it was not shared" in answered
    assert Demand.objects.get().status == DemandStatus.ANSWERED
    assert Response.objects.get().evidence.document["file_name"] == "reply.txt"


def test_an_analyst_may_not_approve(analyst):
    incident = make_case(analyst.user)
    demand = actions.draft_demand(Recipient.objects.get(), by=make_user(), at=NOON)

    answer = analyst.post(reverse("recipients:approve", args=[incident.pk, demand.pk]))

    assert answer.status_code == 403


def test_a_step_taken_twice_is_answered_with_a_sentence(analyst):
    incident = make_case(analyst.user)
    recipient = Recipient.objects.get()
    post(analyst, "recipients:draft", incident.pk, recipient.pk)

    again = post(analyst, "recipients:draft", incident.pk, recipient.pk)
    early = post(analyst, "recipients:sent", incident.pk, Demand.objects.get().pk,
                 channel="e_mail", sent_on="2026-03-03", due_on="2026-03-17")  # fmt: skip
    odd = post(analyst, "recipients:sent", incident.pk, Demand.objects.get().pk,
               channel="pigeon", sent_on="2026-03-03", due_on="2026-03-17")  # fmt: skip

    assert "under way already" in again
    assert "cannot become" in early
    assert "Not saved: Channel" in odd


def test_what_is_known_of_a_recipient_is_written_down(analyst):
    incident = make_case(analyst.user)
    recipient = Recipient.objects.get()

    page = post(analyst, "recipients:describe", incident.pk, recipient.pk,
                kind="organisation", name="Example Wire", contact="1 Road")  # fmt: skip

    assert "Example Wire" in page
    assert "Saved" in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_affected_person_sees_every_recipient_and_its_answer(analyst, headers):
    incident = make_case(analyst.user, days.the_day())
    affected = AffectedPerson(incident=incident, key_name=incident.key_name, found_at=NOON)
    affected.with_document({}).save()

    answer = analyst.get(
        reverse("recipients:person", args=[incident.pk, affected.pk]), headers=headers
    )

    page = answer.content.decode()
    assert page.count("not written to yet") == Recipient.objects.count() == 10
    assert ("<html" in page) is not bool(headers)


def test_recipients_of_another_incident_are_not_there(analyst):
    make_case(make_user())
    mine = make_incident(by=analyst.user)

    for name in ("detail", "describe", "draft"):
        args = [mine.pk, Recipient.objects.get().pk]
        method = analyst.get if name == "detail" else analyst.post
        assert method(reverse(f"recipients:{name}", args=args)).status_code == 404
