"""The Downloads tab as people use it."""

import pytest
from django.urls import reverse

from breaches.audit.models import AuditEvent
from breaches.downloads import pages, queries
from breaches.downloads.models import AccessEvent, Acquisition, LogSource, LogStatus, NamedNetwork
from tests.conftest import see
from tests.downloads import days
from tests.factories import make_exposure, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db


def test_without_a_web_address_the_tab_says_what_to_do_next(analyst):
    incident = make_incident(by=analyst.user)

    assert "No web address yet" in see(analyst, "downloads:list", incident.pk)


def test_without_a_log_the_tab_says_what_to_do_next(analyst):
    exposure = make_exposure(incident=make_incident(by=analyst.user))

    assert "No log yet" in see(analyst, "downloads:list", exposure.incident.pk)


def test_a_log_is_taken_in_by_its_form(analyst):
    exposure = make_exposure(incident=make_incident(by=analyst.user))

    answer = analyst.post(
        reverse("downloads:receive", args=[exposure.incident.pk]),
        {
            "log": make_upload(days.the_day(), "access.log"),
            "exposure": exposure.pk,
            "handed_over_by": "the web team",
            "own": f"{days.OURS}/32 the duty officer\n192.0.2.200/31",
            "monitors": "",
        },
        follow=True,
    )

    assert "being read" in answer.content.decode()
    assert LogSource.objects.get().status == LogStatus.RECEIVED
    assert NamedNetwork.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04zip", "damaged or cut off"), (b"no,log\n", "None of the first"), (b"", "empty")],
)
def test_a_file_that_is_no_log_is_answered_with_a_sentence(analyst, content, words):
    exposure = make_exposure(incident=make_incident(by=analyst.user))

    answer = analyst.post(
        reverse("downloads:receive", args=[exposure.incident.pk]),
        {"log": make_upload(content), "exposure": exposure.pk, "handed_over_by": "x"},
        follow=True,
    )

    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_the_same_log_again_is_answered_with_a_sentence(analyst):
    log = days.read_log(by=analyst.user)

    answer = analyst.post(
        reverse("downloads:receive", args=[log.incident.pk]),
        {
            "log": make_upload(days.text([days.line(10)])),
            "exposure": log.exposure.pk,
            "handed_over_by": "x",
        },
        follow=True,
    )

    assert "adds nothing" in answer.content.decode()


def test_the_tab_shows_numbers_rules_clients_and_picture(analyst):
    log = days.read_log(days.the_day(), by=analyst.user)

    page = see(analyst, "downloads:list", log.incident.pk)

    assert "198.51.100.40" in page
    assert "was sent the whole file in parts" in page
    assert "COUNTER 7.2" in page
    assert "<svg" in page
    assert "style=" not in page
    assert "requests, at least" in page


@pytest.mark.parametrize("figure", pages.LABELS)
def test_every_number_opens_its_raw_lines_and_the_opening_is_noted(analyst, figure):
    log = days.read_log(days.the_day(), by=analyst.user)

    page = see(analyst, "downloads:lines", log.incident.pk, log.exposure.pk, figure)

    expected = [row.document["raw"] for row in queries.events_of(log.exposure, figure)]
    for raw in expected[:50]:
        assert raw.split('"')[1] in page
    assert f"<h1>{len(expected)} " in page
    assert AuditEvent.objects.filter(event="lines.opened").count() == 1


def test_a_client_opens_its_own_lines(analyst):
    log = days.read_log(days.the_day(), by=analyst.user)
    client = next(row for row in Acquisition.objects.all() if row.grade == "C")

    page = see(analyst, "downloads:client", log.incident.pk, client.pk)

    assert page.count("206 250000") == 4


def test_the_source_port_is_kept_and_shown(analyst):
    said = '%h:%{remote}p %l %u %t "%r" %>s %b'
    asked = f'192.0.2.9:51515 - - [28/Nov/2022:15:00:00 +0000] "GET {days.PATH} HTTP/1.1" 200 5'
    log = days.read_log(days.text([asked]), by=analyst.user, format_said=said)

    page = see(analyst, "downloads:lines", log.incident.pk, log.exposure.pk, "requests")

    assert "192.0.2.9, port&nbsp;51515" in page


def test_who_had_signed_in_is_shown(analyst):
    lines = [days.line(10).replace(" - - ", " - ada ", 1)]
    log = days.read_log(days.text(lines), by=analyst.user)

    page = see(analyst, "downloads:client", log.incident.pk, Acquisition.objects.get().pk)

    assert "<code>ada</code> from 192.0.2.10" in page
    assert "ada</span>" in see(analyst, "downloads:list", log.incident.pk)


@pytest.mark.parametrize("day", ["31/Dec/9999:23:59:59", "01/Jan/0001:00:00:00"])
def test_a_log_from_the_end_of_the_calendar_is_shown(analyst, day):
    line = days.line(10).replace("28/Nov/2022:14:55:00", day)
    log = days.read_log(days.text([line]), by=analyst.user)

    assert "roster" in see(analyst, "downloads:list", log.incident.pk)
    assert "access.log" in see(analyst, "downloads:detail", log.incident.pk, log.pk)


def test_a_log_has_a_page_of_its_own(analyst):
    log = days.read_log(days.the_day(), by=analyst.user, name="access.log-20221128")

    page = see(analyst, "downloads:detail", log.incident.pk, log.pk)

    assert "access.log-20221128" in page
    assert log.evidence.sha256 in page
    assert "2022-11-28 12:45:00" in page


def test_how_a_log_is_read_is_corrected_on_its_page(analyst):
    log = days.read_log(days.the_day(), by=analyst.user)
    again = reverse("downloads:read_again", args=[log.incident.pk, log.pk])

    shown = see(analyst, "downloads:detail", log.incident.pk, log.pk)
    bad = analyst.post(again, {"format_said": "$request $status"}, follow=True)
    good = analyst.post(again, {"format_said": "combined"}, follow=True)
    twice = analyst.post(again, {}, follow=True)

    assert "Say how its lines are written" in shown
    assert "does not hold" in bad.content.decode()
    assert "being read anew" in good.content.decode()
    assert twice.status_code == 200
    assert LogSource.objects.get().format_said == "combined"


def test_the_progress_of_a_log_is_shown(analyst):
    log = days.make_log(by=analyst.user)

    assert "Reading the log" in see(analyst, "downloads:progress", log.incident.pk, log.pk)


def test_an_undecided_line_is_decided_by_two_buttons(analyst):
    log = days.read_log(days.the_day(), by=analyst.user)
    event = AccessEvent.objects.exclude(problem="").get()
    decide = reverse("downloads:decide", args=[log.incident.pk, event.pk])

    odd = analyst.post(decide, {"decision": "perhaps"}, follow=True)
    done = analyst.post(decide, {"decision": "other"}, follow=True)
    again = analyst.post(decide, {"decision": "hit"}, follow=True)

    assert "Choose whether" in odd.content.decode()
    assert done.status_code == 200
    assert "Somebody else has decided" in again.content.decode()
    assert AccessEvent.objects.get(pk=event.pk).decision == "other"


def test_networks_are_named_and_bad_ones_answered(analyst):
    log = days.read_log(days.the_day(), by=analyst.user)
    page = reverse("downloads:networks", args=[log.incident.pk])

    bad = analyst.post(page, {"own": "192.0.2.0/24\nour office"})
    good = analyst.post(page, {"own": f"{days.OURS} duty officer"}, follow=True)

    assert "Line 2 does not begin" in bad.content.decode()
    assert "duty officer" in good.content.decode()
    assert days.counts(log).own == 1


def test_a_log_of_another_incident_is_not_there(analyst):
    log, mine = days.read_log(), make_incident(by=analyst.user)

    for name, args in (
        ("downloads:detail", [mine.pk, log.pk]),
        ("downloads:lines", [mine.pk, log.exposure.pk, "requests"]),
        ("downloads:client", [mine.pk, Acquisition.objects.get().pk]),
    ):
        assert analyst.get(reverse(name, args=args)).status_code == 404


def test_a_caseworker_sees_but_does_not_import(client):
    user = make_user("caseworker", "intake")
    client.force_login(user)
    log = days.read_log(by=user)

    assert client.get(reverse("downloads:list", args=[log.incident.pk])).status_code == 200
    assert client.get(reverse("downloads:receive", args=[log.incident.pk])).status_code == 403


def test_hostile_text_of_a_log_stays_text(analyst):
    agent = "<script>alert(1)</script>"
    log = days.read_log(days.text([days.line(10, agent=agent)]), by=analyst.user)

    page = see(analyst, "downloads:lines", log.incident.pk, log.exposure.pk, "requests")

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_many_clients_fill_pages(analyst):
    lines = [days.line(n / 100, f"203.0.113.{n % 250}", path=days.PATH) for n in range(500)]
    log = days.read_log(days.text(lines), by=analyst.user)

    page = see(analyst, "downloads:list", log.incident.pk, page=2)

    assert page.count("203.0.113.") == 50
