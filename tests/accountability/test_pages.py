"""The Recipients tab: who has it, what is due, what was promised; and each step by its page."""

import pytest
from django.urls import reverse

from breaches.clawback import actions as cases
from breaches.clawback.models import ClawbackCase, Proposal
from breaches.clawback.states import State
from breaches.demands.models import Attestation, Demand, DemandStatus, Response
from breaches.incidents.actions import Said, add_statement
from breaches.recipients.actions import Known, describe, recognise
from breaches.recipients.models import DisclosureCopy, Recipient, RecipientContact
from tests.clawback.cases import put
from tests.demands.letters import CAME
from tests.downloads import days
from tests.factories import NOON, make_affected, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    client.user = make_user("analyst", "intake")
    client.force_login(client.user)
    return client


@pytest.fixture
def approver(client):
    other = type(client)()
    other.user = make_user("approver")
    other.force_login(other.user)
    return other


def make_case(user, content=None, *, also=None):
    """Read a log of the incident of `user`, recognise its recipients and open their cases."""
    log = days.read_log(content or days.text([days.line(10)]), by=user)
    recognise(log.incident, at=NOON)
    for recipient in Recipient.objects.filter(incident=log.incident):
        cases.open_case(recipient, by=None, at=NOON)
    if also:
        log.incident.team.create(user=also, added_at=NOON)
    return log.incident


def post(client, name, /, *args, **data):
    return client.post(reverse(name, args=args), data, follow=True).content.decode()


def see(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def paper(name="paper.txt"):
    return make_upload(b"A document.", name)


def test_before_any_log_the_tab_says_what_to_do_next(analyst):
    incident = make_incident(by=analyst.user)

    assert "Nobody known yet" in see(analyst, "accountability:list", incident.pk)
    assert "No date is running" in see(analyst, "accountability:dates", incident.pk)
    assert "No promise is written down" in see(analyst, "accountability:promised", incident.pk)


def test_the_tab_lists_everybody_with_a_copy_and_where_each_stands(analyst):
    incident = make_case(analyst.user, days.the_day())

    page = see(analyst, "accountability:list", incident.pk)

    assert "2001:db8:1:2::/64" in page
    assert "not known who it is" in page
    assert "Have the records preserved" in page
    assert "192.0.2.99" not in page


def test_a_letter_walks_from_draft_to_a_closed_case(analyst, approver):
    incident = make_case(analyst.user, also=approver.user)
    recipient, case = Recipient.objects.get(), ClawbackCase.objects.get()
    here = (incident.pk, recipient.pk)
    post(analyst, "recipients:describe", *here, kind="organisation", name="Example Wire",
         identity_level="2", jurisdiction="us-ny")  # fmt: skip
    post(analyst, "recipients:risk", *here, risk="none", why="A news agency.")
    post(analyst, "recipients:contact", *here, kind="post", source="website",
         addressee="Example Wire", lines="1 Main Street\nSpringfield IL 62701")  # fmt: skip
    contact = RecipientContact.objects.get()
    post(approver, "recipients:verify", incident.pk, contact.pk)
    post(analyst, "recipients:verify", incident.pk, contact.pk)
    put(case, State.READY)

    drafted = post(analyst, "demands:draft", incident.pk, case.pk, purpose="demand",
                   basis="consent", contact=contact.pk)  # fmt: skip
    demand = Demand.objects.get()
    approved = post(approver, "demands:approve", incident.pk, demand.pk)
    sent = post(analyst, "demands:sent", incident.pk, demand.pk, channel="e_mail",
                sent_on="2026-03-03", due_on="2026-03-17")  # fmt: skip
    answered = post(analyst, "demands:answer", incident.pk, demand.pk, kind="deleted_attested",
                    received_on=CAME.isoformat(), scope="laptop", sharing="no",
                    document=paper("reply.txt"))  # fmt: skip

    assert "second person" in drafted
    assert "It can be sent now" in approved
    assert "Recorded as sent" in sent
    assert "says it was not shared" in answered
    assert Demand.objects.get().status == DemandStatus.ANSWERED
    assert Response.objects.get().evidence.document["file_name"] == "reply.txt"
    page = see(analyst, "accountability:detail", *here)
    assert "says it is deleted" in page
    assert "US-NY" in page


def test_a_statement_is_typed_and_what_it_leaves_open_is_told(analyst):
    incident = make_case(analyst.user)
    case = put(ClawbackCase.objects.get(), State.CLAIMED)
    copy = DisclosureCopy.objects.get()
    facts = {"signed_on": "2026-03-10", "signature": "wet", "signer": "Ada Doe"}

    assert "what became of it" in see(analyst, "demands:statement", incident.pk, case.pk)
    page = post(analyst, "demands:statement", incident.pk, case.pk, document=paper(), **facts,
                **{f"method_{copy.pk}": "delete", f"done_{copy.pk}": "2026-03-09"})  # fmt: skip

    assert "Kept as partial. It leaves open" in page
    assert "with whom it was shared" in page
    assert "what became of" not in Attestation.objects.get().document["left_open"]


def test_a_step_of_two_people_is_proposed_and_confirmed(analyst, approver):
    incident = make_case(analyst.user, also=approver.user)
    case = ClawbackCase.objects.get()
    here = (incident.pk, case.pk, "irrevocable")
    assert "takes two people" in see(analyst, "clawback:step", *here)
    assert "This field is required" in post(analyst, "clawback:step", *here, reason="")

    proposed = post(analyst, "clawback:step", *here, reason="A state has it.", evidence=paper())
    waiting = Proposal.objects.get()
    dates = see(approver, "accountability:dates", incident.pk)
    confirmed = post(approver, "clawback:confirm", incident.pk, waiting.pk)

    assert "a second person decides" in proposed
    assert "It cannot be called back" in dates
    assert "closed: cannot be got back" in confirmed
    assert "A state has it." in confirmed


def test_a_step_that_cannot_follow_keeps_no_paper_and_is_answered_with_a_sentence(analyst):
    incident = make_case(analyst.user)
    case = ClawbackCase.objects.get()

    page = post(analyst, "clawback:step", incident.pk, case.pk, "hold_lifted", reason="x",
                evidence=paper())  # fmt: skip

    assert "cannot follow while the case is" in page
    assert not incident.evidence.filter(kind="document").exists()
    url = reverse("clawback:step", args=[incident.pk, case.pk, "accountability"])
    assert analyst.get(url).status_code == 404


def test_an_insider_is_added_and_sorted_by_hand(analyst):
    incident = make_incident(by=analyst.user)

    page = post(analyst, "recipients:add", incident.pk, kind="insider_with_access",
                name="Adviser One", identity_level="3", jurisdiction="US")  # fmt: skip
    assert "Adviser One" in page
    case = cases.open_case(Recipient.objects.get(), by=None, at=NOON)
    sorted_now = post(analyst, "clawback:classify", incident.pk, case.pk, reason="")

    assert "ready to be written to" in sorted_now


def test_whom_it_was_passed_on_to_is_shown_on_both_pages(analyst):
    incident = make_case(analyst.user)
    recipient = Recipient.objects.get()

    page = post(analyst, "demands:onward", incident.pk, recipient.case.pk, names="A Firm")
    child = Recipient.objects.get(parent=recipient)

    assert "Passed it on to" in page
    assert "192.0.2.10" in see(analyst, "accountability:detail", incident.pk, child.pk)


def test_what_was_promised_stands_beside_what_was_done(analyst):
    incident = make_case(analyst.user, days.text(days.six_downloads()))
    said = Said(NOON.date(), "claimed", "It would contact the downloaders.", "A letter to counsel",
                about="contact_downloaders")  # fmt: skip
    add_statement(incident, said, by=analyst.user, at=NOON)

    page = see(analyst, "accountability:promised", incident.pk)

    assert "It would contact the downloaders." in page
    assert "demands sent: 0 of 6" in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_affected_person_sees_every_recipient_and_its_answer(analyst, headers):
    incident = make_case(analyst.user, days.the_day())
    affected = make_affected(incident)

    answer = analyst.get(
        reverse("accountability:person", args=[incident.pk, affected.pk]), headers=headers
    )

    page = answer.content.decode()
    assert page.count("nothing yet") == Recipient.objects.count() == 10
    assert ("<html" in page) is not bool(headers)


def test_a_name_kept_back_for_a_legal_reason_is_not_on_a_person_s_page(analyst):
    incident = make_case(analyst.user)
    recipient = Recipient.objects.get()
    known = Known("organisation", "Example Wire", is_name_confidential=True,
                  confidential_because="Sealed by the court.")  # fmt: skip
    describe(recipient, known, by=analyst.user, at=NOON)

    page = see(analyst, "accountability:person", incident.pk, make_affected(incident).pk)

    assert "Example Wire" not in page
    assert "name kept back" in page
    assert "192.0.2.10" in page


def test_an_analyst_may_not_approve_or_confirm(analyst):
    incident = make_case(analyst.user)
    zero = "00000000-0000-4000-8000-000000000000"

    for name in ("demands:approve", "clawback:confirm"):
        assert analyst.post(reverse(name, args=[incident.pk, zero])).status_code == 403


def test_recipients_of_another_incident_are_not_there(analyst):
    make_case(make_user())
    mine = make_incident(by=analyst.user)
    recipient, case = Recipient.objects.get(), ClawbackCase.objects.get()

    urls = [
        *(reverse(f"recipients:{name}", args=[mine.pk, recipient.pk])
          for name in ("describe", "risk", "contact", "copy")),
        *(reverse(f"demands:{name}", args=[mine.pk, case.pk])
          for name in ("draft", "statement", "onward")),
        reverse("clawback:step", args=[mine.pk, case.pk, "irrevocable"]),
    ]  # fmt: skip
    assert [analyst.post(url).status_code for url in urls] == [404] * len(urls)
    detail = reverse("accountability:detail", args=[mine.pk, recipient.pk])
    assert analyst.get(detail).status_code == 404


def test_odd_input_is_answered_with_a_sentence(analyst):
    incident = make_case(analyst.user)
    here = (incident.pk, Recipient.objects.get().pk)

    assert "Not saved: What it is" in post(analyst, "recipients:describe", *here, kind="x")
    odd = post(analyst, "recipients:describe", *here, kind="organisation", identity_level="1",
               jurisdiction="somewhere")  # fmt: skip
    assert "Two letters of the country" in odd
    assert "Not saved" in post(analyst, "recipients:risk", *here, risk="")
    assert "Not saved" in post(analyst, "recipients:contact", *here, kind="post")
