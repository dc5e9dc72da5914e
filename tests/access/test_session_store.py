"""Whoever reads the table of sessions finds nothing to come in with."""

from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from breaches.access.actions import make_entry_link
from breaches.access.session_store import SessionStore, kept
from breaches.access.tasks import sweep_sessions
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cookie(client):
    """Come in by a real link, and give the cookie that the browser keeps."""
    token = make_entry_link(make_user(), by=None, at=timezone.now())
    client.post(f"/enter/{token}/")
    return client.cookies[settings.SESSION_COOKIE_NAME]


def rows():
    return list(Session.objects.values_list("pk", flat=True))


def test_the_table_does_not_hold_the_cookie(client, cookie):
    assert client.get("/").status_code == 200

    [row] = Session.objects.values_list("session_key", "session_data")
    assert cookie.value not in "".join(row)
    assert row[0] == kept(cookie.value)


def test_what_the_table_holds_opens_nothing(client, cookie):
    [row] = rows()

    client.cookies[settings.SESSION_COOKIE_NAME] = row

    assert client.get("/").status_code == 302


def test_the_table_does_not_say_whose_a_session_is_nor_what_it_remembers(client, cookie):
    session = SessionStore(cookie.value)
    session["secret"] = "JBSWY3DPEHPK3PXP"
    session.save()

    [held] = Session.objects.values_list("session_data", flat=True)

    plain = b64decode(held)
    assert not [word for word in (b"JBSWY", b"_auth_user_id", b"secret") if word in plain]
    assert SessionStore(cookie.value)["secret"] == "JBSWY3DPEHPK3PXP"


def test_a_session_copied_into_another_row_is_nobodys(client, cookie):
    other = SessionStore()
    other.create()
    [theirs] = Session.objects.filter(pk=kept(cookie.value)).values_list("session_data", flat=True)
    Session.objects.filter(pk=kept(other.session_key)).update(session_data=theirs)

    client.cookies[settings.SESSION_COOKIE_NAME] = other.session_key

    assert client.get("/").status_code == 302


@pytest.mark.parametrize("held", ["", "no base64 ¹", "AAAA", "eyJhIjoxfQ:1abc:sig"])
def test_a_row_that_holds_something_else_is_nobodys(client, cookie, held):
    Session.objects.update(session_data=held)

    assert client.get("/").status_code == 302


def test_signing_out_takes_the_row_away(client, cookie):
    client.post("/account/logout/")

    assert rows() == []


def test_another_key_keeps_what_is_known_and_ends_the_old_one():
    session = SessionStore()
    session["what"] = "known"
    session.save()
    old = session.session_key

    session.cycle_key()
    session.save()

    assert rows() == [kept(session.session_key)]
    assert SessionStore(session.session_key)["what"] == "known"
    assert not session.exists(old)
    assert session.exists(session.session_key)


def test_a_flushed_session_is_gone():
    session = SessionStore()
    session.create()

    session.flush()

    assert rows() == []
    assert session.session_key is None


def test_an_unknown_cookie_is_not_taken_over(client):
    session = SessionStore("chosen-by-somebody-else")

    assert session.get("what") is None
    assert session.session_key is None


def waited_for(what, *words):
    """Wait for a coroutine in a thread of its own: Playwright's loop may run in this one."""

    def wait():
        try:
            return async_to_sync(what)(*words)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(wait).result()


@pytest.mark.django_db(transaction=True)
def test_the_waiting_twins_keep_the_same():
    session = SessionStore()

    async def live():
        await session.aset("what", "known")
        await session.asave()
        await session.acycle_key()
        await session.asave()
        return await SessionStore(session.session_key).aget("what")

    assert waited_for(live) == "known"
    assert rows() == [kept(session.session_key)]
    assert waited_for(session.aexists, session.session_key)

    waited_for(session.aflush)
    assert rows() == []


def test_the_clock_deletes_what_expired_and_nothing_else(client):
    client.force_login(make_user())
    expired = SessionStore()
    expired.set_expiry(-1)
    expired.create()

    sweep_sessions()

    assert not expired.exists(expired.session_key)
    assert client.get("/").status_code == 200
