"""Six downloads in five hours: who, from which network, when, how much, what became of it.

The sentence "downloaded six times from providers that are not named" is what this replaces.
"""

from datetime import date

import pytest
from django.urls import reverse

from breaches.clawback import actions as cases
from breaches.clawback.models import ClawbackCase
from breaches.clawback.states import State
from breaches.demands import answering
from breaches.demands.answering import Answer
from breaches.downloads import networks, queries
from breaches.downloads.intake import NetworkLine
from breaches.recipients.actions import recognise, review_risk
from breaches.recipients.models import Recipient
from tests.clawback.cases import put
from tests.demands.letters import make_sent_demand
from tests.downloads import days
from tests.factories import NOON, make_affected, make_user

pytestmark = pytest.mark.django_db
TABLE = """# 2022-10-29
192.0.2.0/28,Example Cable,US,64500
192.0.2.16/28,Example Mobile,US,64501
198.51.100.32/28,Example University,CA,64502
198.51.100.48/28,Example Hosting,NL,64503
203.0.113.0/24,Example Telecom,MX,64504
2001:db8:1::/48,Example Fibre,US,64505
"""
SIX = {  # address: network, time of the first byte, grade
    "192.0.2.10": ("Example Cable", "2022-11-28 14:57:00", "B"),
    "192.0.2.20": ("Example Mobile", "2022-11-28 15:25:12", "B"),
    "2001:db8:1:2::/64": ("Example Fibre", "2022-11-28 16:00:00", "B"),
    "198.51.100.40": ("Example University", "2022-11-28 16:15:00", "C"),
    "203.0.113.50": ("Example Telecom", "2022-11-28 17:05:00", "B"),
    "198.51.100.60": ("Example Hosting", "2022-11-28 19:05:00", "B"),
}


@pytest.fixture
def user(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def incident(user, settings, tmp_path):
    table = tmp_path / "networks.csv"
    table.write_text(TABLE)
    settings.NETWORK_TABLE = str(table)
    lines = days.noise() + days.six_downloads() + [days.line(5, days.OURS)]
    ordered = sorted(lines, key=lambda row: row.split("[")[1].split("]")[0])
    ours = [NetworkLine(f"{days.OURS}/32", "own", "the duty officer")]
    log = days.read_log(days.text(ordered), by=user, networks=ours)
    recognise(log.incident, at=NOON)
    for recipient in Recipient.objects.all():
        cases.open_case(recipient, by=None, at=NOON)
    yield log.incident
    networks.table_at.cache_clear()


def ask(incident, address, kind):
    """Write to one recipient, and keep what it answered."""
    recipient = next(row for row in Recipient.objects.all() if row.document["address"] == address)
    review_risk(recipient, "none", "A household.", by=make_user(), at=NOON)
    demand = make_sent_demand(put(ClawbackCase.objects.get(recipient=recipient), State.READY))
    reply = Answer(kind, date(2026, 3, 10), scope="the laptop", sharing="no")
    answering.keep_answer(demand, reply, by=make_user(), at=NOON)


def test_every_affected_person_reads_who_has_the_file_and_what_each_answered(client, incident):
    ada, bo = make_affected(incident, name="Ada Doe"), make_affected(incident, name="Bo Roe")
    ask(incident, "192.0.2.10", "deleted_attested")
    ask(incident, "203.0.113.50", "refused")

    pages = [
        client.get(reverse("accountability:person", args=[incident.pk, one.pk])).content.decode()
        for one in (ada, bo)
    ]

    rows = {address: _row(pages[0], address) for address in SIX}
    for address, (network, time, grade) in SIX.items():
        for words in (network, "2022-10-29", time, f"<strong>{grade}</strong>"):
            assert words in rows[address], (address, words)
    assert "3 Mar 2026" in rows["192.0.2.10"]
    assert "deleted" in rows["192.0.2.10"]
    assert "refuse" in rows["203.0.113.50"]
    for silent in set(SIX) - {"192.0.2.10", "203.0.113.50"}:
        assert "nothing yet" in rows[silent]
    assert pages[0].count("<tr>") == pages[1].count("<tr>") == 1 + len(SIX)
    assert days.OURS not in pages[0]


def _row(page, address):
    return next(row for row in page.split("<tr>") if address in row)


def test_the_report_counts_six_and_says_what_it_set_aside(client, incident):
    exposure = incident.exposures.get()

    found = queries.counts_of(exposure)
    page = client.get(reverse("downloads:list", args=[incident.pk])).content.decode()

    assert (found.low, found.point, found.high, found.own) == (6, 6, 6, 1)
    assert not found.is_at_least
    for address, (network, time, _) in SIX.items():
        assert address in page
        assert f"{network}, AS" in page
        assert time in page
    assert "table of 2022-10-29" in page
