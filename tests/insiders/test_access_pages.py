"""The Access tab as people use it."""

import pytest
from django.urls import reverse

from breaches.insiders import actions, queries
from breaches.insiders.models import AccessFile, FileStatus
from breaches.people.models import Person
from tests.conftest import see
from tests.factories import NOON, make_affected, make_incident, make_upload
from tests.insiders import offices

pytestmark = pytest.mark.django_db


def test_without_a_file_the_tab_says_what_to_do_next(analyst):
    incident = make_incident(by=analyst.user, kind="excess_access")

    page = see(analyst, "insiders:list", incident.pk)

    assert "No roster and no audit log yet" in page
    assert 'aria-current="page">Access' in page.replace("\n", "")


def test_a_log_is_handed_in_its_columns_named_and_read(analyst):
    incident = make_incident(by=analyst.user, kind="excess_access")
    form = {
        "file": make_upload(offices.LOG.encode(), "audit.csv"),
        "kind": "log",
        "handed_over_by": "the agency",
        "zone": "UTC",
    }

    asked = analyst.post(reverse("insiders:receive", args=[incident.pk]), form, follow=True)
    file = AccessFile.objects.get()
    said = {"account": "1", "time": "0", "action": "2", "record": "3"}
    columns = reverse("insiders:columns", args=[incident.pk, file.pk])
    done = analyst.post(columns, said, follow=True)
    again = analyst.post(columns, said, follow=True)

    assert "OpenRecord" in asked.content.decode()
    assert "Reading the rows" in done.content.decode()
    assert again.status_code == 200
    assert AccessFile.objects.get().columns == {"account": 1, "time": 0, "action": 2, "record": 3}


def test_a_file_that_is_none_and_a_zone_that_is_none_are_answered_with_a_sentence(analyst):
    incident = make_incident(by=analyst.user, kind="excess_access")
    receive = reverse("insiders:receive", args=[incident.pk])
    form = {"kind": "log", "handed_over_by": "x", "zone": "Mars/North"}

    zone = analyst.post(receive, {**form, "file": make_upload(b"a,b\n1,2\n")})
    broken = analyst.post(
        receive, {**form, "zone": "UTC", "file": make_upload(b"PK\x03\x04broken")}, follow=True
    )

    assert "no such zone" in zone.content.decode()
    assert broken.status_code == 200
    file = AccessFile.objects.get()
    assert file.status == FileStatus.REFUSED
    assert file.problem in broken.content.decode()


def test_the_tab_shows_accounts_people_and_what_is_not_known(analyst):
    incident = offices.make_access(by=analyst.user)

    page = see(analyst, "insiders:list", incident.pk)

    for words in ("Invented Adviser Two", "Ada Doe", "no grant in a roster", "At least."):
        assert words in page


def test_a_person_and_an_account_open_what_was_done(analyst):
    incident = offices.make_access(by=analyst.user)
    ada = queries.seen_people(incident).first()
    account = next(one for one in queries.accounts(incident) if one.account == "adv1")

    person = see(analyst, "insiders:person", incident.pk, ada.pk)
    did = see(analyst, "insiders:account", incident.pk, account.key)

    assert "Invented Adviser Three" in person
    assert "T-9" in person
    assert "outside every grant" in did


def test_whose_record_was_not_opened_has_no_page_here(analyst):
    incident = offices.make_access(by=analyst.user)
    unseen = Person.objects.exclude(record_views__incident=incident).get()
    address = reverse("insiders:person", args=[incident.pk, unseen.pk])

    assert analyst.get(address).status_code == 404


def test_an_affected_person_whose_record_nobody_opened_learns_who_could_have(analyst):
    incident = offices.make_access(by=analyst.user)
    unseen = Person.objects.exclude(record_views__incident=incident).get()
    one = make_affected(incident)
    one.person, one.group = unseen, ""
    one.save()

    page = see(analyst, "insiders:person", incident.pk, unseen.pk)

    assert "No audit log that was handed in names" in page
    assert page.count("Invented Adviser") == 3


def test_an_account_that_is_unknown_leads_back(analyst):
    incident = offices.make_access(by=analyst.user)

    assert analyst.get(reverse("insiders:account", args=[incident.pk, "0" * 32])).status_code == 302


def test_a_file_that_turns_out_broken_says_why(analyst):
    file = offices.make_file("log", "PK\x03\x04broken", by=analyst.user)
    actions.read_file(file, at=NOON)

    page = see(analyst, "insiders:list", file.incident.pk)

    assert AccessFile.objects.get().status == FileStatus.REFUSED
    assert AccessFile.objects.get().problem in page
