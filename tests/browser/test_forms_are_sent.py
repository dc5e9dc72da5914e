"""A form sent by a real browser, with the headers a browser sends, is accepted."""

import pytest
from django.utils import timezone

from breaches.access.actions import make_entry_link
from breaches.incidents.models import Incident
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_one_time_link_and_the_first_incident(page):
    token = make_entry_link(make_user(), by=None, at=timezone.now())

    page.goto(f"/enter/{token}/")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Open an incident").click()
    page.get_by_label("Reference").fill("2022-11-A")
    page.get_by_label("Name", exact=True).fill("Spreadsheet on the public site")
    page.get_by_label("Holder").fill("Example Agency")
    page.get_by_role("button", name="Open the incident").click()

    page.get_by_role("heading", name="What is known").wait_for()
    assert Incident.objects.get().reference == "2022-11-A"
