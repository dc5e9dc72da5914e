"""A session ends by itself when nobody is there or the day is over, and when it is ended."""

from time import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from breaches.access import actions
from breaches.access.rules import ADMINISTRATOR, APPROVER, MATCHER
from tests.factories import make_incident, make_user

pytestmark = pytest.mark.django_db
IDLE = int(settings.SESSION_IDLE.total_seconds())
DAY = 8 * 3600
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def seen_ago(client):
    """Give a function that asks for a page, as somebody last seen so many seconds ago."""
    client.force_login(make_user())

    def ask(seconds):
        session = client.session
        session["seen"] = int(time()) - seconds
        session.save()
        return client.get("/")

    return ask


def test_whoever_was_gone_too_long_signs_in_anew(seen_ago, client):
    answer = seen_ago(IDLE + 2)

    assert answer.status_code == 302
    assert answer.url.startswith(reverse(settings.LOGIN_URL))
    assert client.get("/").status_code == 302, "and the session is gone"


def test_whoever_is_there_stays_and_is_remembered(seen_ago, client):
    answer = seen_ago(IDLE - 60)

    assert answer.status_code == 200
    assert time() - client.session["seen"] < 5


def test_a_page_read_soon_after_another_writes_nothing(seen_ago, client):
    seen_ago(0)

    with CaptureQueriesContext(connection) as asked:
        client.get("/")

    assert not [sql for query in asked if not (sql := query["sql"]).startswith("SELECT")]


@pytest.fixture
def sitting(client):
    """Come in by a link; give a function that makes everything so many seconds older."""
    client.user = make_user(MATCHER)
    token = actions.make_entry_link(client.user, by=None, at=timezone.now())
    client.post(f"/enter/{token}/")

    def pass_by(seconds, names=("since", "seen")):
        session = client.session
        session.update({name: session[name] - seconds for name in names})
        session.save()

    return pass_by


def is_in(client):
    """Say whether a page is answered, be it by a refusal, instead of the way to sign in."""
    return client.get("/").status_code != 302


def test_the_hours_count_from_the_sign_in_itself(sitting, client):
    assert time() - client.session["since"] < 5


def test_whoever_works_all_day_signs_in_anew_all_the_same(sitting, client):
    for _ in range(DAY // 600 - 1):
        sitting(600)
        assert is_in(client)

    sitting(601)

    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_a_new_sign_in_counts_anew(sitting, client):
    sitting(DAY + 2, names=["since"])
    client.get("/")

    client.post(f"/enter/{actions.make_entry_link(client.user, by=None, at=timezone.now())}/")

    assert is_in(client)
    assert time() - client.session["since"] < 5


def test_a_session_that_does_not_say_since_when_does_from_now_on(client):
    client.force_login(make_user())
    assert "since" not in client.session

    client.get("/")

    assert time() - client.session["since"] < 5


@pytest.fixture
def poll(sitting, client):
    """Give a function that asks how far the letters are, as an open page does by itself."""
    incident = make_incident(team=[client.user])
    actions.give_role(client.user, APPROVER, by=None, at=timezone.now())
    path = reverse("letters:progress", args=[incident.pk])
    return lambda: client.get(path, headers={"HX-Request": "true"})


def test_a_page_left_open_is_nobodys_presence(sitting, poll, client):
    sitting(IDLE - 60)

    assert poll().status_code == 200

    sitting(90)
    assert not is_in(client)


def test_a_page_left_open_becomes_the_sign_in_page(sitting, poll, client):
    sitting(IDLE + 2)

    answer = poll()

    assert answer.headers["HX-Redirect"] == reverse(settings.LOGIN_URL)
    assert not is_in(client)


@pytest.fixture
def elsewhere(sitting, client):
    """Give a second browser of the same person, and one of a colleague."""
    same, colleague = Client(), Client()
    same.force_login(client.user)
    colleague.force_login(make_user())
    assert is_in(same)
    assert is_in(colleague)
    return same, colleague


def test_forgetting_their_factors_ends_their_sessions(client, elsewhere):
    same, colleague = elsewhere
    TOTP.activate(client.user, SECRET)

    actions.forget_second_factors(client.user, by=make_user(), at=timezone.now())

    assert not is_in(client)
    assert not is_in(same)
    assert is_in(colleague)


def test_taking_the_last_role_ends_their_sessions(client, elsewhere):
    same, colleague = elsewhere
    actions.give_role(client.user, APPROVER, by=None, at=timezone.now())

    actions.take_role(client.user, MATCHER, by=make_user(), at=timezone.now())
    assert is_in(client)
    actions.take_role(client.user, APPROVER, by=make_user(), at=timezone.now())

    assert not is_in(client)
    assert not is_in(same)
    assert is_in(colleague)


def test_a_closed_account_is_signed_out(sitting, client):
    client.user.is_active = False
    client.user.save()

    assert not is_in(client)


def test_whoever_takes_their_own_last_role_is_answered(client):
    make_user(ADMINISTRATOR)
    admin = make_user(ADMINISTRATOR)
    client.force_login(admin)

    path = reverse("access:set_role", args=[admin.pk])
    answer = client.post(path, {"role": ADMINISTRATOR})

    assert answer.status_code == 302
    assert client.get(reverse("access:staff")).status_code == 403
