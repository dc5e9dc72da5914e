"""The Files tab, as the people of the team see it."""

import pytest
from django.urls import reverse

from breaches.audit.models import AuditEvent
from breaches.leaks import actions
from breaches.leaks.models import FileStatus, SourceFile
from tests.factories import NOON, make_incident, make_upload, make_user

CSV = b"""Last Name,First Name,DOB,A-Number,Notes
Doe,Ada,1990-01-02,A 012 345 678,
,,,,somebody
Roe,Bo,soon,1.2E+08,,too much
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def incident(user):
    return make_incident(by=user)


@pytest.fixture
def page(client, user, incident):
    client.force_login(user)

    def page(name, *args, **data):
        url = reverse(f"leaks:{name}", args=[incident.pk, *args])
        answer = client.post(url, data, follow=True) if data else client.get(url, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def given(incident, user, content=CSV):
    file = actions.receive_file(
        incident, make_upload(content), handed_over_by="IT", by=user, at=NOON
    )
    actions.inspect_file(file, at=NOON)
    return file


def test_an_incident_without_a_file_says_what_to_do_next(page):
    assert "No leaked file yet" in page("list")


def test_a_file_goes_from_the_form_to_its_rows(page, incident):
    shown = page("receive", file=make_upload(CSV), handed_over_by="IT department")
    assert "waiting to be read" in shown

    file = SourceFile.objects.get()
    actions.inspect_file(file, at=NOON)
    assert "A 012 345 678" in page("name_columns", file.pk)

    chosen = {"column_0": "family_name", "column_1": "given_name", "column_2": "birth_date"}
    page("name_columns", file.pk, **chosen, column_3="a_number", column_4="free_text")
    actions.store_rows(SourceFile.objects.get(), at=NOON)

    assert "ready" in page("detail", file.pk)
    assert "somebody" in page("nameless", file.pk)
    problems = page("problems", file.pk)
    assert "its last digits are lost" in problems
    assert "not a date that we can read" in problems
    assert "more cells than there are columns" in problems


def test_the_same_file_again_is_refused_beside_the_field(page, incident, user):
    given(incident, user)

    shown = page("receive", file=make_upload(CSV), handed_over_by="IT department")

    assert "was received on 02 March 2026" in shown
    assert SourceFile.objects.count() == 1


def test_a_mapping_that_names_nobody_is_refused_on_the_page(page, incident, user):
    file = given(incident, user)

    shown = page("name_columns", file.pk, column_2="birth_date")

    assert "nobody could be found" in shown
    file.refresh_from_db()
    assert file.status == FileStatus.MAPPING


def test_that_a_file_was_looked_at_is_on_record(page, incident, user):
    file = given(incident, user)

    page("detail", file.pk)

    event = AuditEvent.objects.filter(event="file.opened").get()
    assert (event.actor, event.subject_id) == (str(user.pk), str(file.pk))


def test_a_refused_file_says_why(page, incident, user):
    file = given(incident, user, b"%PDF-1.7 ...")

    assert "Ask for the spreadsheet it was made from" in page("detail", file.pk)
    assert "Ask for the spreadsheet it was made from" in page("list")


def test_the_progress_of_a_file_that_is_done_loads_the_page_anew(client, user, incident):
    client.force_login(user)
    file = given(incident, user)

    answer = client.get(reverse("leaks:progress", args=[incident.pk, file.pk]))

    assert answer.headers["HX-Refresh"] == "true"
