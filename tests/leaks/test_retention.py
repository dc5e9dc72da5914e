"""What nobody needs is destroyed by a recorded decision; a hold stops it; the trace stays."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from breaches.audit.models import AuditEvent
from breaches.leaks import actions, exposures, queries, retention
from breaches.leaks.models import Destruction, SourceFile
from breaches.matching import actions as matching
from breaches.vault import files
from notifications.outcomes.worklist import todos
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db
ROWS = b"Last Name,A-Number,Notes\nDoe,A012345678,fled\nRoe,A012345679,\n"


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def file(user):
    incident = make_incident(by=user)
    file = actions.receive_file(incident, make_upload(ROWS), handed_over_by="IT", by=user, at=NOON)
    actions.inspect_file(file, at=NOON)
    elements = {column.key: column.element for column in file.columns.all()}
    actions.confirm_mapping(file, elements, by=user, at=NOON)
    actions.store_rows(file, at=NOON)
    return file


def destroyed(file, columns, user):
    order = retention.order_destruction(file, columns, "not needed", by=user, at=NOON)
    retention.destroy(order, at=NOON)
    return order


def test_a_column_is_destroyed_and_what_was_exposed_remains(file, user):
    before = {row.row_number: (row.content, row.exposed_id) for row in file.rows.all()}

    destroyed(file, ["2"], user)

    rows = list(queries.leaked_rows(file.incident))
    assert [row.values for row in rows] == [
        {"family_name": "Doe", "a_number": "A012345678"},
        {"family_name": "Roe", "a_number": "A012345679"},
    ]
    assert "free_text" in rows[0].elements
    assert {row.row_number: (row.content, row.exposed_id) for row in file.rows.all()} == before
    assert exposures.who_lost(file.incident, ["free_text"]).people == 1
    assert file.columns.get(position=2).document == {"header": "Notes", "samples": []}
    with pytest.raises(FileNotFoundError):
        files.read(file.evidence.file)
    assert file.evidence.sha256


def test_a_whole_file_is_destroyed(file, user):
    destroyed(file, [], user)

    assert [row.values for row in queries.leaked_rows(file.incident)] == [{}, {}]
    file.refresh_from_db()
    assert file.is_deleted
    assert AuditEvent.objects.filter(event="destruction.destroyed").count() == 1
    with pytest.raises(retention.NotKept):
        destroyed(file, [], user)


def test_a_hold_stops_every_destruction_until_it_is_lifted(file, user):
    order = retention.order_destruction(file, ["2"], "not needed", by=user, at=NOON)
    retention.place_hold(file, "a court asked for it", by=user, at=NOON)

    with pytest.raises(retention.OnHold):
        retention.destroy(order, at=NOON)
    with pytest.raises(retention.OnHold):
        retention.order_destruction(file, [], "not needed", by=user, at=NOON)
    assert not retention.to_destroy(at=NOON).exists()

    retention.lift_hold(file, "the court is done", by=user, at=NOON)
    assert retention.to_destroy(at=NOON).get() == order
    hold = file.holds.get()
    assert hold.document == {"reason": "a court asked for it", "lifted": "the court is done"}


def test_a_killed_destruction_goes_on_where_it_stopped(file, user, settings, monkeypatch):
    monkeypatch.setattr(retention, "PIECE", 1)
    order = retention.order_destruction(file, ["1"], "not needed", by=user, at=NOON)
    seen = []

    def killed(key_name):
        seen.append(key_name)
        if len(seen) > 1:
            raise KeyboardInterrupt
        return sealer(key_name)

    sealer = retention.sealer_for
    monkeypatch.setattr(retention, "sealer_for", killed)
    with pytest.raises(KeyboardInterrupt):
        retention.destroy(order, at=NOON)
    monkeypatch.setattr(retention, "sealer_for", sealer)
    settings.LEASE_SECONDS = -60
    retention.destroy(Destruction.objects.get(), at=NOON)

    assert not [row for row in queries.leaked_rows(file.incident) if "a_number" in row.values]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("before", "gone"), [("sealer_for", 1), ("_end", 2)])
def test_a_hold_stops_a_destruction_that_runs(before, gone, file, user, client, monkeypatch):
    monkeypatch.setattr(retention, "PIECE", 1)
    order = retention.order_destruction(file, ["1"], "not needed", by=user, at=NOON)
    here, may_go = threading.Event(), threading.Event()
    step = getattr(retention, before)

    def paused(*args):
        if Destruction.objects.get().done == gone:
            here.set()
            assert may_go.wait(30)
        return step(*args)

    monkeypatch.setattr(retention, before, paused)
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(in_a_thread, order)
        assert here.wait(30)
        client.force_login(user)
        url = reverse("leaks:hold", args=[file.incident_id, file.pk])
        answer = client.post(url, {"reason": "a court asked for it"}, follow=True)
        may_go.set()
        assert isinstance(work.exception(), retention.OnHold)

    assert f"gone already in {gone} of 2 rows" in answer.content.decode()
    left = [row for row in queries.leaked_rows(file.incident) if "a_number" in row.values]
    assert len(left) == 2 - gone
    assert files.read(file.evidence.file)
    assert AuditEvent.objects.get(event="hold.placed").data["rows_destroyed"] == gone


def in_a_thread(order):
    try:
        retention.destroy(Destruction.objects.get(pk=order.pk), at=NOON)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_hold_and_the_end_of_a_destruction_take_turns(file, user, monkeypatch):
    order = retention.order_destruction(file, [], "not needed", by=user, at=NOON)
    removing, remove = threading.Event(), files.remove

    def slowly(*args):
        removing.set()
        time.sleep(0.3)
        remove(*args)

    monkeypatch.setattr(files, "remove", slowly)
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(in_a_thread, order)
        assert removing.wait(30)
        with pytest.raises(retention.NotKept):
            retention.place_hold(file, "a court asked for it", by=user, at=NOON)
        work.result()


def test_the_day_of_deletion_reminds_and_then_is_kept(file, user):
    assert any("without a day" in one.words for one in todos(file.incident, at=NOON))
    day = NOON.date() + timedelta(days=20)

    retention.delete_on(file, day, by=user, at=NOON)

    assert any(f"{day:%d %B %Y}" in one.words for one in todos(file.incident, at=NOON))
    assert not retention.due(at=NOON + timedelta(days=19)).exists()
    assert retention.due(at=NOON + timedelta(days=20)).get() == file
    retention.place_hold(file, "a court asked for it", by=user, at=NOON)
    assert not retention.due(at=NOON + timedelta(days=20)).exists()
    assert any("hold stops it" in one.words for one in todos(file.incident, at=NOON))


def test_columns_are_destroyed_only_when_it_is_settled_who_is_in_the_file(file, user):
    with pytest.raises(matching.StillNeeded):
        matching.minimise(file, ["2"], "not needed", by=user, at=NOON)

    run = matching.start_match(file.incident, by=user, at=NOON)
    matching.match(run, at=NOON)

    assert matching.minimise(file, ["2"], "not needed", by=user, at=NOON).columns == ["2"]


def test_the_pages_of_keeping(client, file, user):
    client.force_login(user)
    at = [file.incident_id, file.pk]

    def post(name, **data):
        answer = client.post(reverse(name, args=at), data, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    assert "12 May 2031" in post("leaks:delete", day="2031-05-12")
    assert SourceFile.objects.get().delete_on == date(2031, 5, 12)
    assert "That is no day" in post("leaks:delete", day="soon")
    assert "Nothing of this file may be destroyed" in post("leaks:hold", reason="a court asked")
    assert "There is no hold" in post("leaks:hold", reason="the court is done")
    assert "Say why" in post("leaks:hold", reason="")
    shown = post("matching:minimise", columns=["2"], reason="not needed")
    assert "It is not settled yet" in shown
