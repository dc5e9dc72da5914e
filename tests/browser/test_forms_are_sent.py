"""A form sent by a real browser, with the headers a browser sends, is accepted."""

import pytest
from django.utils import timezone

from breaches.access.actions import make_entry_link
from breaches.incidents.models import Incident
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(page):
    """Give the page on which somebody has just typed a first incident."""
    token = make_entry_link(make_user(), by=None, at=timezone.now())

    page.goto(f"/enter/{token}/")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Open an incident").click()
    page.get_by_label("Reference").fill("2022-11-A")
    page.get_by_label("Name", exact=True).fill("Spreadsheet on the public site")
    page.get_by_label("Holder").fill("Example Agency")
    return page


def test_a_one_time_link_and_the_first_incident(filled):
    filled.get_by_role("button", name="Open the incident").click()

    filled.get_by_role("heading", name="What is known").wait_for()
    assert Incident.objects.get().reference == "2022-11-A"


def test_a_double_click_is_one_wish(filled):
    filled.get_by_role("button", name="Open the incident").dblclick()

    filled.get_by_role("heading", name="What is known").wait_for()
    assert Incident.objects.count() == 1


def test_after_going_back_the_form_can_be_sent_again(filled):
    filled.get_by_label("Reference").fill(" ")
    filled.get_by_role("button", name="Open the incident").click()
    filled.get_by_text("nothing was saved yet").wait_for()
    filled.go_back()
    filled.get_by_label("Reference").fill("2022-11-B")
    filled.get_by_label("Name", exact=True).fill("Spreadsheet on the public site")
    filled.get_by_label("Holder").fill("Example Agency")
    filled.get_by_role("button", name="Open the incident").click()

    filled.get_by_role("heading", name="What is known").wait_for()
    assert Incident.objects.get().reference == "2022-11-B"


def test_a_link_that_looks_like_a_button_answers_to_the_space_bar(page, sign_in):
    sign_in(make_user())
    page.goto("/")

    page.get_by_role("button", name="Open an incident").press("Space")

    page.get_by_label("Reference").wait_for()
