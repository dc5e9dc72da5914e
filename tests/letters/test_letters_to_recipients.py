"""A demand is a letter: wording, approval, print run, posting; and it gives nobody away."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pdfminer.high_level import extract_text

from breaches.clawback import actions as cases
from breaches.clawback.states import State
from breaches.demands import actions as demands
from breaches.demands.models import Demand, DemandStatus
from breaches.recipients.actions import Way, add_contact, verify_contact
from breaches.recipients.models import Recipient
from breaches.vault import files
from notifications.letters import actions, queries
from notifications.letters.models import Letter, Status
from notifications.notices import actions as notices
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.secrecy import given_away
from notifications.printing import actions as printing
from notifications.printing.queries import printable
from notifications.wording import actions as wording
from notifications.wording.models import Template
from tests.clawback.cases import grounds, put
from tests.demands.letters import make_demand, make_ready
from tests.factories import NOON, make_affected, make_user
from tests.letters.makers import CONTACT, render_all

pytestmark = pytest.mark.django_db
MAIL = Way("e_mail", "website", "Abuse Desk", ("abuse@example.org",))


def approve_wordings():
    for version in wording.install_demands(by=make_user(), at=NOON):
        wording.approve_version(version, by=make_user(), at=NOON)


def make_approved(*, way=None, people=(), **wish):
    """Approve a demand to a recipient of an incident in whose file `people` stand."""
    case = make_ready()
    incident = case.incident
    for name, value in CONTACT.items():
        setattr(incident, name, value)
    incident.save()
    for name in people:
        make_affected(incident, name=name)
    if way:
        contact = add_contact(case.recipient, way, by=make_user(), at=NOON)
        verify_contact(contact, by=make_user(), at=NOON)
        contact.refresh_from_db()
        wish["contact"] = contact
    demand = make_demand(case, **wish)
    demands.approve_demand(demand, by=make_user(), at=NOON)
    return demand


def make_letter(**facts):
    """Bring an approved demand on paper, as the sweeps do."""
    approve_wordings()
    demand = make_approved(**facts)
    notices.write_to_recipients(at=NOON)
    actions.follow_demands(at=NOON)
    render_all()
    return Letter.objects.get(notice__demand=demand)


def text_of(letter):
    return " ".join(extract_text(BytesIO(files.read(letter.pdf))).split())


def test_an_approved_demand_becomes_a_letter_by_itself():
    letter = make_letter(people=["Ada Doe"])

    text = text_of(letter)
    assert letter.status == Status.RENDERED
    assert "LEGAL DEPARTMENT" in text
    assert "roster.xlsx (1,000,000 bytes)" in text
    assert "192.0.2.10" in text
    assert letter.reference in text
    assert not any(secret in text for secret in ("Ada", "://", "/files/", "Ayuda"))


def test_it_goes_through_a_print_run_and_the_case_learns_of_the_posting():
    letter = make_letter()
    incident = letter.incident
    run = printing.freeze_run(incident, by=make_user(), at=NOON)
    printing.build_run(run, at=NOON)
    run.refresh_from_db()
    printing.release_run(run, by=make_user(), at=NOON)
    printing.mark_printed(run, by=make_user(), at=NOON)

    printing.mark_mailed(run, on=date(2026, 3, 2), by=make_user(), at=NOON)

    demand = Demand.objects.get()
    demand.recipient.case.refresh_from_db()
    assert (demand.status, demand.channel) == (DemandStatus.SENT, "registered_mail")
    assert demand.recipient.case.status == State.SENT
    assert Letter.objects.get().status == Status.MAILED
    assert Notice.objects.get().status == NoticeStatus.SENT


def test_a_letter_by_e_mail_is_in_no_run_and_ends_when_it_is_recorded_as_sent():
    letter = make_letter(way=MAIL)
    assert "BY E-MAIL ADDRESS:" in text_of(letter)
    assert not printable(letter.incident).exists()

    demands.mark_sent(Demand.objects.get(), "e_mail", sent_on=date(2026, 3, 3),
                      due_on=date(2026, 3, 17), by=make_user(), at=NOON)  # fmt: skip
    notices.follow_demands(at=NOON)
    actions.follow_demands(at=NOON)

    assert Letter.objects.get().status == Status.MAILED


def test_without_an_approved_wording_it_is_held_and_goes_on_once_there_is_one():
    make_approved()
    notices.write_to_recipients(at=NOON)
    assert Notice.objects.get().hold == "no_wording"

    approve_wordings()
    notices.follow_demands(at=NOON)

    assert Notice.objects.get().status == NoticeStatus.READY
    assert notices.write_to_recipients(at=NOON) == 0


def test_a_letter_made_is_stopped_when_a_hold_forbids_deletion():
    letter = make_letter()
    case = letter.notice.demand.recipient.case
    run = printing.freeze_run(letter.incident, by=make_user(), at=NOON)
    printing.build_run(run, at=NOON)
    run.refresh_from_db()

    cases.record(case, "hold_noticed", grounds(case), by=make_user(), at=NOON)
    notices.follow_demands(at=NOON)

    assert Notice.objects.get().hold == "not_to_go"
    with pytest.raises(printing.Overtaken):
        printing.release_run(run, by=make_user(), at=NOON)


@pytest.mark.parametrize("change", [{"risk": "persecutor"}, {"kind": "government_foreign"}])
def test_a_danger_found_after_the_approval_stops_the_letter(change):
    make_letter()
    Recipient.objects.update(**change)

    notices.follow_demands(at=NOON)

    assert Notice.objects.get().hold == "not_to_go"


def test_a_wording_that_names_somebody_on_the_list_stops_the_letter():
    approve_wordings()
    template = Template.objects.get(purpose="demand")
    body = "((records)) ((basis)) Among them is Doe Ada. ((contact_name))"
    version = wording.write_version(
        template, wording.Draft("en", "Demand", body), by=make_user(), at=NOON
    )
    wording.approve_version(version, by=make_user(), at=NOON)

    make_approved(people=["Ada Doe", "Bo Roe"])
    notices.write_to_recipients(at=NOON)

    notice = Notice.objects.get()
    assert (notice.hold, notice.hold_note) == ("gives_away", "name")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("See https://example.org/roster.xlsx", "web address"),
        ("Dear ((name)),", "does not belong"),
        ("* ((elements))", "does not belong"),
    ],
)
def test_a_wording_for_recipients_cannot_hold_a_person_or_an_address(body, words):
    approve_wordings()
    template = Template.objects.get(purpose="demand")

    with pytest.raises(wording.BadWording, match=words):
        wording.write_version(
            template, wording.Draft("en", "Demand", body), by=make_user(), at=NOON
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The file roster.xlsx, requested by 192.0.2.10", []),
        ("see hxxps://example[.]org/roster.xlsx", []),
        ("see https://example.org", ["web_address"]),
        ("number A 012-345-678", ["a_number"]),
        ("about ADA DOE", ["name"]),
        ("about Doe, Ada", ["name"]),
        ("in May or by grace", []),
        ("García-Márquez, Gabriel José", ["name"]),
    ],
)
def test_what_gives_somebody_away(text, found):
    assert given_away(text, ["Ada Doe", "May", "Grace", "Gabriel García Márquez", ""]) == found


def test_a_withdrawn_demand_takes_its_letter_with_it():
    make_approved()
    notices.write_to_recipients(at=NOON)

    demands.withdraw_demand(Demand.objects.get(), by=make_user(), at=NOON)
    notices.follow_demands(at=NOON)

    assert Notice.objects.get().status == NoticeStatus.EXCLUDED


def test_only_its_demand_takes_a_letter_to_a_recipient_back():
    make_approved()
    notices.write_to_recipients(at=NOON)

    with pytest.raises(notices.NotExcluded):
        notices.exclude(Notice.objects.get(), "why", by=make_user(), at=NOON)


def test_the_people_of_the_incident_are_counted_without_it():
    letter = make_letter(people=["Ada Doe"])

    assert not queries.to_order(letter.incident).exists()
    order = notices.prepare_notices(letter.incident, "initial", by=make_user(), at=NOON)
    notices.route_notices(order, at=NOON)
    assert Notice.objects.filter(affected__isnull=False).count() == 1


def test_the_pages_show_the_letter_and_hand_it_out(client):
    letter = make_letter()
    user, demand = make_user("analyst"), letter.notice.demand
    letter.incident.team.create(user=user, added_at=NOON)
    client.force_login(user)
    here = [letter.incident.pk, demand.pk]

    page = client.get(reverse("notices:demand", args=here)).content.decode()
    part = client.get(reverse("notices:demand", args=here), headers={"HX-Request": "true"})
    pdf = client.get(reverse("letters:demand", args=here))

    assert "Demand to delete or return a file" in page
    assert "<html" not in part.content.decode()
    assert pdf["Content-Type"] == "application/pdf"
    other = put(make_ready(), State.READY).incident
    other.team.create(user=user, added_at=NOON)
    assert client.get(reverse("letters:demand", args=[other.pk, demand.pk])).status_code == 404


def test_a_held_letter_to_a_recipient_is_opened_and_looked_at_again(client):
    make_approved()
    notices.write_to_recipients(at=NOON)
    notice = Notice.objects.get()
    user = make_user()
    notice.incident.team.create(user=user, added_at=NOON)
    client.force_login(user)

    page = client.get(reverse("notices:detail", args=[notice.incident_id, notice.pk]))
    approve_wordings()
    again = client.post(
        reverse("notices:resolve", args=[notice.incident_id, notice.pk]), follow=True
    )

    assert "Look again" in page.content.decode()
    assert "ready for a letter" in again.content.decode()
