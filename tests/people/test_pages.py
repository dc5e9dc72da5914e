"""The register, as its readers see it."""

import pytest
from django.urls import reverse

from breaches.audit.models import AuditEvent
from breaches.people import actions, queries
from breaches.people.models import RegisterImport
from tests.factories import NOON, make_upload, make_user

TEXT = b"""client_id,given_names,family_names,a_number,birth_date,address_1,counsel_name
C1,Ada Mar\xc3\xada,N\xc3\xba\xc3\xb1ez,A012345678,1990-01-02,1 Main Street,L. Counsel
C2,Bo,Roe,,31/31/1980,,
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    client.force_login(make_user())

    def page(name, *args, **data):
        url = reverse(f"people:{name}", args=args)
        answer = client.post(url, data, follow=True) if data else client.get(url, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def imported():
    order = actions.receive_register(
        make_upload(TEXT), handed_over_by="Office", by=make_user(), at=NOON
    )
    actions.import_register(order, at=NOON)
    return order


def test_before_the_first_import_the_page_says_what_to_do(page):
    assert "No register yet" in page("register")


def test_a_register_goes_from_the_form_to_its_people(page):
    page("receive", file=make_upload(TEXT), handed_over_by="Office")
    order = RegisterImport.objects.get()
    actions.import_register(order, at=NOON)

    assert "Ada María Núñez" in page("register")
    assert "The birth date is no date" in page("problems", order.pk)


@pytest.mark.parametrize("text", ["a 012-345-678", "nunez ada", "ADA NÚÑEZ", "C1", "maria"])
def test_a_person_is_found_by_number_or_by_parts_of_the_name(page, text):
    imported()

    assert "Ada María Núñez" in page("find", text=text)


@pytest.mark.parametrize("text", ["A999999999", "nun", "nunez bo", "?"])
def test_nobody_is_found_by_less(page, text):
    imported()

    assert "Núñez" not in page("find", text=text)


def test_looking_at_a_person_is_on_record_without_saying_who_it_is(page):
    order = imported()
    ada = queries.find(order.register, "C1").get()

    shown = page("person", ada.pk)

    assert "1 Main Street" in shown
    assert "L. Counsel" in shown
    event = AuditEvent.objects.get(event="person.opened")
    assert (event.subject_id, event.data) == (str(ada.pk), {})


def test_a_search_is_on_record_without_what_was_asked(page):
    imported()

    page("find", text="nunez")

    assert AuditEvent.objects.get(event="register.searched").data == {"found": 1}
