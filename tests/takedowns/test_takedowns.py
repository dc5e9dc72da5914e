"""A copy on the net is asked for, looked at, ends, comes back; a sighting reopens what it must."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from breaches.audit.lifecycle import IllegalMove
from breaches.audit.models import AuditEvent
from breaches.clawback.models import ClawbackCase
from breaches.clawback.states import State
from breaches.recipients.actions import recognise
from breaches.takedowns import actions, queries, rules
from breaches.takedowns.actions import Asked, Found, Seen
from breaches.takedowns.models import Sighting, Takedown, TakedownStatus
from breaches.takedowns.tasks import sweep_takedowns
from tests.clawback.cases import make_case, paper
from tests.downloads import days
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://cache.example.org/files/roster.xlsx"
ASKED = Asked("removal", date(2026, 3, 2), "their form", "T-1", "DNS record")


def picture(name="a"):
    return make_upload(f"Answer 410 {name}".encode(), "answer.txt")


def make_takedown(service="google", *, incident=None):
    found = Found(service, ADDRESS, "query")
    return actions.add_takedown(incident or make_incident(), found, by=make_user(), at=NOON)


def look(takedown, outcome, *, name="a", at=NOON):
    shown = picture(name) if outcome == "gone" else None
    actions.look(takedown, outcome, paper=shown, by=make_user(), at=at)


def make_closed(state=State.CLOSED_ATTESTED):
    case = make_case()
    document = paper(case.incident)
    ClawbackCase.objects.filter(pk=case.pk).update(status=state, closed_on=document)
    case.refresh_from_db()
    return case


def see(case, **more):
    seen = Seen("https://paste.example.org/1", "hash", date(2026, 4, 1), **more)
    return actions.report_sighting(case.incident, seen, picture("s"), by=make_user(), at=NOON)


def test_a_copy_is_on_the_list_once_for_each_service_however_it_is_written():
    takedown = make_takedown()

    with pytest.raises(actions.KnownCopy):
        actions.add_takedown(
            takedown.incident, Found("google", "HTTPS://WWW.cache.example.org/files/roster.xlsx/",
                                     "log"), by=make_user(), at=NOON)  # fmt: skip
    actions.add_takedown(takedown.incident, Found("bing", ADDRESS, "log"), by=make_user(), at=NOON)

    assert Takedown.objects.count() == 2


def test_a_removal_that_ends_is_looked_at_before_and_asked_for_again():
    takedown = make_takedown("google")
    actions.ask(takedown, ASKED, by=make_user(), at=NOON)
    look(takedown, "gone")
    assert takedown.expires_at == NOON + timedelta(days=180)
    assert takedown.next_check_at == NOON + timedelta(days=150)

    Takedown.objects.update(expires_at=NOON - timedelta(days=1))
    sweep_takedowns()
    sweep_takedowns()

    takedown.refresh_from_db()
    assert takedown.status == TakedownStatus.EXPIRED
    assert list(queries.to_look_at(takedown.incident, at=NOON + timedelta(days=400))) == [takedown]
    assert AuditEvent.objects.filter(event="takedown.expired").count() == 1


def test_that_a_copy_is_gone_takes_a_document():
    takedown = make_takedown("cdn")
    actions.ask(takedown, ASKED, by=make_user(), at=NOON)

    with pytest.raises(actions.NeedsDocument):
        actions.look(takedown, "gone", paper=None, by=make_user(), at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Takedown.objects.update(status=TakedownStatus.GONE)
    look(takedown, "gone")

    assert takedown.expires_at is None


def test_looks_come_round_as_the_service_asks_for():
    takedown = make_takedown("cdn")
    actions.ask(takedown, ASKED, by=make_user(), at=NOON)
    assert takedown.next_check_at == NOON + timedelta(hours=1)

    look(takedown, "still")

    takedown.refresh_from_db()
    assert takedown.next_check_at == NOON + timedelta(days=1)


def test_a_copy_that_is_there_again_is_asked_for_again():
    takedown = make_takedown("cdn")
    actions.ask(takedown, ASKED, by=make_user(), at=NOON)
    look(takedown, "gone")

    look(takedown, "still")

    assert takedown.status == TakedownStatus.BACK
    actions.ask(takedown, ASKED, by=make_user(), at=NOON)
    look(takedown, "refused")
    assert takedown.status == TakedownStatus.REFUSED


def test_what_cannot_be_recalled_is_said_so():
    takedown = make_takedown("archive")
    look(takedown, "cannot")

    assert takedown.status == TakedownStatus.CANNOT
    with pytest.raises(IllegalMove):
        look(takedown, "gone")


def test_a_sighting_reopens_the_case_of_the_suspect_and_no_other():
    case, other = make_closed(), make_closed()

    sighting = see(case, suspect=case.recipient)

    case.refresh_from_db()
    other.refresh_from_db()
    assert case.status == State.REOPENED
    assert other.status == State.CLOSED_ATTESTED
    assert sighting.reopened == 1
    assert sighting.takedown.status == TakedownStatus.TO_ASK


@pytest.mark.parametrize(
    ("state", "now"),
    [
        (State.CLOSED_ATTESTED, State.REOPENED),
        (State.CLOSED_VERIFIED, State.REOPENED),
        (State.CLOSED_ORDERED, State.REOPENED),
        (State.CLOSED_NO_COPY, State.REOPENED),
        (State.CLOSED_IMPOSSIBLE, State.CLOSED_IMPOSSIBLE),
    ],
)
def test_a_sighting_of_nobody_knows_whose_copy_puts_every_deletion_in_doubt(state, now):
    case = make_closed(state)

    see(case)

    case.refresh_from_db()
    assert case.status == now


def test_a_sighting_at_a_known_place_brings_its_takedown_back():
    case = make_closed()
    takedown = actions.add_takedown(
        case.incident, Found("platform", "paste.example.org/1", "report"), by=make_user(), at=NOON
    )
    look(takedown, "gone")

    sighting = see(case)

    takedown.refresh_from_db()
    assert sighting.takedown == takedown
    assert takedown.status == TakedownStatus.BACK


def test_addresses_are_sealed_and_shown_so_that_nobody_follows_them():
    takedown = make_takedown()
    row = str(Takedown.objects.values().get() | {"sealed": ""})

    assert "example" not in row + str(list(AuditEvent.objects.values_list("data", "event")))
    assert rules.defanged(ADDRESS) == "hxxps://cache[.]example[.]org/files/roster.xlsx"
    assert rules.defanged("paste.example.org/1") == "paste[.]example[.]org/1"
    assert takedown.document["address"] == ADDRESS


def test_a_copy_walks_through_its_pages(client):
    user = make_user("analyst", "intake")
    client.force_login(user)
    incident = make_incident(by=user)

    def post(name, *args, **data):
        url = reverse(f"takedowns:{name}", args=[incident.pk, *args])
        return client.post(url, data, follow=True).content.decode()

    empty = client.get(reverse("takedowns:list", args=[incident.pk])).content.decode()
    added = post("add", service="cdn", address=ADDRESS, found_by="log")
    takedown = Takedown.objects.get()
    asked = post("ask", takedown.pk, request="purge", channel="their form", on="2026-03-02")
    bare = post("look", takedown.pk, outcome="gone")
    gone = post("look", takedown.pk, outcome="gone", paper=picture())
    seen = post("seen", address=ADDRESS, service="cdn", kind="hash", seen_on="2026-03-09",
                paper=picture("b"))  # fmt: skip
    odd = post("add", service="x", address="", found_by="log")

    assert "No copy is on the list" in empty
    assert "hxxps://cache[.]example[.]org" in added
    assert ADDRESS not in added
    assert "purge of the cache" in asked
    assert "Hand in what shows" in bare
    assert "gone, looked at" in gone
    assert "there again" in seen
    assert "Not saved" in odd
    assert Sighting.objects.get().takedown == takedown
    theirs = make_takedown()
    url = reverse("takedowns:detail", args=[incident.pk, theirs.pk])
    assert client.get(url).status_code == 404


def test_a_robot_that_fetched_the_file_is_proposed_until_it_is_on_the_list(client):
    bots = ("Mozilla/5.0 (compatible; Googlebot/2.1)", "Slackbot-LinkExpanding 1.0", "curl/8")
    rows = [days.line(10 + n, f"192.0.2.{n}", agent=agent) for n, agent in enumerate(bots)]
    log = days.read_log(days.text(rows))
    recognise(log.incident, at=NOON)

    found = queries.proposed(log.incident)
    assert [one.service for one in found] == ["google", "previewer"]
    user = make_user("analyst")
    log.incident.team.create(user=user, added_at=NOON)
    client.force_login(user)
    page = reverse("takedowns:list", args=[log.incident_id])
    assert "Put Google on the list" in client.get(page).content.decode()
    one = found[0]
    client.post(
        reverse("takedowns:add", args=[log.incident_id]),
        {"service": one.service, "address": one.address, "found_by": "log",
         "recipient": one.recipient.pk},
    )  # fmt: skip

    assert Takedown.objects.get().recipient == one.recipient
    assert [left.service for left in queries.proposed(log.incident)] == ["previewer"]


def test_what_was_typed_of_a_copy_stays_where_it_is_refused(client):
    user = make_user("analyst")
    client.force_login(user)
    incident = make_incident(by=user)
    found = {"service": "x", "address": "https://one.example.org/", "found_by": "log"}
    asked = {"request": "purge", "channel": "by telephone", "on": ""}

    listed = client.post(reverse("takedowns:add", args=[incident.pk]), found).content.decode()
    takedown = make_takedown(incident=incident)
    url = reverse("takedowns:ask", args=[incident.pk, takedown.pk])
    page = client.post(url, asked).content.decode()

    assert "Not saved: Service" in listed
    assert 'value="https://one.example.org/"' in listed
    assert "Not saved: Asked on" in page
    assert 'value="by telephone"' in page
    assert Takedown.objects.get().status != TakedownStatus.ASKED
