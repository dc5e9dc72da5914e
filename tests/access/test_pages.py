"""Staff come in by a one-time link; roles are given and taken by an administrator."""

import pytest
from django.urls import reverse
from django.utils import timezone

from breaches.access.actions import make_entry_link
from breaches.access.gate import roles_of
from breaches.access.models import EntryLink
from breaches.access.permissions import WORDS, table
from breaches.access.rules import ADMINISTRATOR, APPROVER, MATCHER, PERMISSIONS, ROLES
from tests.conftest import see
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(now):
    user = make_user(MATCHER)
    return user, f"/enter/{make_entry_link(user, by=None, at=now)}/"


@pytest.fixture
def now():
    return timezone.now()


def test_looking_at_a_link_does_not_spend_it(client, link):
    client.get(link[1])
    client.get(link[1])

    assert not EntryLink.objects.exclude(used_at=None).exists()
    assert "_auth_user_id" not in client.session


def test_the_button_signs_in_once(client, link):
    user, path = link

    client.post(path)

    assert client.session["_auth_user_id"] == str(user.pk)
    client.logout()
    assert client.post(path)["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_an_unknown_link_says_no_more_than_a_spent_one(client, link):
    client.post(link[1])
    client.logout()

    spent = client.post(link[1], follow=True).content.decode()
    unknown = client.post("/enter/never-made/", follow=True).content.decode()

    sentence = "This link was used already or is too old."
    assert sentence in spent
    assert sentence in unknown


def test_an_administrator_adds_somebody_and_gets_a_link_that_works(client):
    client.force_login(make_user(ADMINISTRATOR))

    page = client.post(
        reverse("access:staff"), {"email": "new@example.org", "roles": [MATCHER]}, follow=True
    ).content.decode()

    path = page.split("http://testserver")[1].split("/", 1)[1].split("<")[0].strip().rstrip('"')
    client.logout()
    client.post("/" + path.split('"')[0])
    assert "_auth_user_id" in client.session


def test_roles_are_given_and_taken(client):
    client.force_login(make_user(ADMINISTRATOR))
    user = make_user(MATCHER)
    change = reverse("access:set_role", args=[user.pk])

    client.post(change, {"role": APPROVER, "give": "1"})
    client.post(change, {"role": MATCHER})

    assert roles_of(user) == {APPROVER}


def test_the_last_administrator_stays_one(client):
    admin = make_user(ADMINISTRATOR)
    client.force_login(admin)

    page = client.post(
        reverse("access:set_role", args=[admin.pk]), {"role": ADMINISTRATOR}, follow=True
    ).content.decode()

    assert "Somebody must be able to let people in." in page
    assert ADMINISTRATOR in roles_of(admin)


def test_nobody_else_manages_staff(client):
    client.force_login(make_user(MATCHER))

    assert client.get(reverse("access:staff")).status_code == 403


def test_each_permission_is_said_in_words():
    assert set(WORDS) == set(PERMISSIONS)
    assert sum(map(len, table())) == len(PERMISSIONS), "what is about one thing stands together"


def test_the_page_shows_which_role_may_what(client):
    client.force_login(make_user(ADMINISTRATOR))

    shown = see(client, "access:staff")

    row = next(row for row in shown.split("<tr>") if WORDS["wording.approve"] in row)
    held = [">yes<" in cell for cell in row.split("<td>")[1:]]
    assert held == [role == APPROVER for role in ROLES]
