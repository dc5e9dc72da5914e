"""A session ends by itself when nobody is there."""

from time import time

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db
IDLE = int(settings.SESSION_IDLE.total_seconds())


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
