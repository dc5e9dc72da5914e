"""A database that finds no room is no fault of the reader, and no defect: 507, with what to do."""

import pytest
from django.db import connection
from django.urls import reverse

from breaches.incidents.models import Incident
from tests.factories import make_user
from tests.incidents.test_pages import TYPED

pytestmark = pytest.mark.django_db
# What PostgreSQL says when it is full, from PostgreSQL itself.
FULL = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON breaches_incident
        EXECUTE FUNCTION no_room();
"""


@pytest.fixture
def full_database():
    """Let the database grow no further."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FULL)
            yield
            return
        limit, size, free = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("max_page_count", "page_size", "freelist_count")
        )
        cursor.execute("CREATE TABLE ballast (what)")  # where the tests before left room
        cursor.execute("INSERT INTO ballast VALUES (zeroblob(%s))", [free * size])
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute(f"PRAGMA max_page_count = {limit}")


def opened(client):
    """Open incidents until one is not opened; return the answer, and how many there are."""
    for number in range(50):
        typed = {**TYPED, "reference": f"2022-{number}", "what_happened": "x" * 2000}
        answer = client.post(reverse("incidents:open"), typed)
        if answer.status_code != 302:
            return answer, number
    pytest.fail("it never filled up")


def test_a_full_database_is_said_to_the_reader_and_nothing_is_half_done(client, full_database):
    client.force_login(make_user())
    client.raise_request_exception = False

    answer, done = opened(client)

    assert answer.status_code == 507
    assert "Tell whoever runs this server that its disk is full" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert Incident.objects.count() == done


def test_any_other_fault_stays_a_defect(client, monkeypatch):
    def broken(*args, **more):
        raise OSError("something else")

    client.force_login(make_user())
    client.raise_request_exception = False
    monkeypatch.setattr("breaches.incidents.actions.open_incident", broken)

    answer = client.post(reverse("incidents:open"), {**TYPED, "reference": "2022-1"})

    assert answer.status_code == 500
    assert "disk is full" not in answer.content.decode()
