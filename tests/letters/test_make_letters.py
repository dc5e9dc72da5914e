"""One letter a person, made once, kept as it is posted, held with its reason when it cannot be."""

import errno
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.db import connection, transaction

from breaches.audit.models import AuditEvent
from breaches.incidents.models import Incident
from breaches.vault import files, stream
from breaches.vault.models import SealedFile
from notifications.letters import actions, pdf, plates, press, queries, sheets, tasks
from notifications.letters.models import Letter, Status
from notifications.notices.actions import resolve
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.routing import Choice
from tests.factories import NOON, make_user
from tests.letters.makers import make_letters, make_ready, make_rendered, only_letter, render_all

pytestmark = pytest.mark.django_db


def stored_files(settings):
    return [path for path in Path(settings.SEALED_DIR).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.SEALED_DIR = tmp_path / "sealed"


def test_each_ready_notice_gets_one_letter_however_often_it_is_ordered():
    incident = make_ready({"name": "Ada Doe"}, {"name": "Bo Roe"}, {"lines": []})

    assert actions.order_letters(incident, by=make_user(), at=NOON) == 2
    with pytest.raises(actions.NothingToOrder):
        actions.order_letters(incident, by=make_user(), at=NOON)

    assert Letter.objects.count() == 2
    assert AuditEvent.objects.get(event="letters.ordered").data["count"] == 2


def test_the_slower_of_two_clicks_orders_nothing(monkeypatch):
    incident = make_ready()
    waiting = list(queries.to_order(incident))
    actions.order_letters(incident, by=make_user(), at=NOON)
    monkeypatch.setattr(actions.queries, "to_order", lambda _: waiting)

    with pytest.raises(actions.NothingToOrder, match="Someone else"):
        actions.order_letters(incident, by=make_user(), at=NOON)

    assert Letter.objects.count() == 1


def test_an_ordered_letter_becomes_a_tagged_pdf_with_its_hash():
    incident = make_rendered({"name": "Ada Doe", "language": "es"})

    letter = only_letter(incident)
    content = files.read(letter.pdf)
    assert letter.status == Status.RENDERED
    assert letter.pdf_sha256 == letter.pdf.sha256
    with pikepdf.open(BytesIO(content)) as document:
        assert len(document.pages) == letter.pages
        assert str(document.Root.Lang) == "es"
    assert AuditEvent.objects.filter(event="letter.rendered").count() == 1


def test_nothing_of_the_letter_lies_in_clear(settings):
    make_rendered({"name": "Zyzzyva Canaryman"})

    for path in stored_files(settings):
        assert b"%PDF" not in path.read_bytes()
    assert b"Zyzzyva" not in bytes(Letter.objects.get().sealed)


def test_a_letter_keeps_the_address_it_was_ordered_with():
    incident = make_letters({"name": "Ada Doe", "lines": ["1 Old Street", "Salem OR 97301"]})
    Incident.objects.filter(pk=incident.pk).update(contact_phone="1-800-555-0199")

    render_all()

    document = only_letter(incident).document
    assert document["lines"] == ["Ada Doe", "1 Old Street", "Salem OR 97301"]
    assert document["phone"] == "1-800-555-0100"


@pytest.mark.parametrize(
    ("person", "hold", "note"),
    [
        ({"name": "王 Example"}, "missing_glyph", "U+738B"),
        ({"lines": ["W" * 40, "Salem OR 97301"]}, "unprintable_address", "3.25 inches"),
    ],
)
def test_a_letter_that_cannot_be_printed_waits_for_a_person(person, hold, note):
    incident = make_rendered(person, {"name": "Bo Roe"})

    held = Letter.objects.get(status=Status.HELD)
    assert held.hold == hold
    assert note in held.hold_note
    assert Notice.objects.get(pk=held.notice_id).status == NoticeStatus.HELD
    assert Letter.objects.get(status=Status.RENDERED).incident == incident
    assert queries.held_by_reason(incident)[0][::2] == (hold, 1)


def test_a_letter_that_wants_something_from_outside_leaves_the_queue(monkeypatch):
    incident = make_letters()
    monkeypatch.setattr(sheets, "render_to_string", lambda *_: "<img src='https://example.org/x'>")

    render_all()

    assert only_letter(incident).hold == "not_typeset"
    assert not queries.unclaimed(at=NOON + timedelta(days=1)).exists()


def test_what_weasyprint_stumbles_over_holds_one_letter_and_not_its_neighbours(monkeypatch):
    incident = make_letters({"name": "Ada Doe"}, {"name": "Bo Roe"})
    real = press.HTML

    def stumbling(string, **more):
        if "Ada" in string:
            raise RecursionError
        return real(string=string, **more)

    monkeypatch.setattr(press, "HTML", stumbling)
    monkeypatch.setattr(plates, "_plates", plates.Plates)

    render_all()

    assert queries.counts(incident)[Status.HELD] == 1
    assert queries.counts(incident)[Status.RENDERED] == 1
    assert Letter.objects.get(hold="not_typeset").hold_note.endswith("RecursionError")


def test_a_settled_notice_gets_its_letter_ordered_again():
    incident = make_rendered({"lines": ["W" * 40, "Salem OR 97301"]})
    letter = only_letter(incident)
    choice = Choice(lines=("9 New Street", "Salem OR 97301"))
    resolve(letter.notice, choice, by=make_user(), at=NOON)

    actions.order_letters(incident, by=make_user(), at=NOON)
    render_all()

    again = only_letter(incident)
    assert (again.pk, again.status, again.hold) == (letter.pk, Status.RENDERED, "")
    assert "9 New Street" in again.document["lines"]


def test_a_claim_is_held_by_one_worker_until_it_falls_silent(settings):
    make_letters({}, {}, {})

    first = actions.claim_chunks(at=NOON)
    second = actions.claim_chunks(at=NOON)
    later = actions.claim_chunks(at=NOON + timedelta(seconds=settings.LEASE_SECONDS + 1))

    assert (len(first), second, len(later)) == (1, [], 1)
    with pytest.raises(actions.NothingToMake):
        actions.render_claim(first[0], at=NOON)
    assert actions.render_claim(later[0], at=NOON) == 3


def test_no_more_is_claimed_than_is_made_soon(monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 2)
    monkeypatch.setattr(actions, "AHEAD", 4)
    make_letters(*[{}] * 7)

    assert len(actions.claim_chunks(at=NOON)) == 2
    assert actions.claim_chunks(at=NOON) == []


@pytest.mark.django_db(transaction=True)
def test_a_sweep_passes_over_letters_that_another_is_claiming():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time")
    make_letters(*[{}] * 3)
    taken = Letter.objects.order_by("pk").first()
    has_it, may_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Letter.objects.select_for_update().get(pk=taken.pk)
            has_it.set()
            may_go.wait(30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert has_it.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")

    tokens = actions.claim_chunks(at=NOON)
    may_go.set()
    other.join()

    assert len(tokens) == 1
    assert taken not in queries.claimed(tokens[0])
    assert queries.claimed(tokens[0]).count() == 2


def test_the_slower_of_two_workers_leaves_nothing(settings):
    make_letters()
    slow = list(queries.claimed(actions.claim_chunks(at=NOON)[0]))
    later = NOON + timedelta(seconds=settings.LEASE_SECONDS + 1)
    render_all(at=later)

    actions._keep([(slow[0], pdf.make_pdf("<html lang=en><title>x</title>x"))], at=later)

    assert Letter.objects.get().pdf_sha256 == Letter.objects.get().pdf.sha256
    assert SealedFile.objects.count() == len(stored_files(settings)) == 1
    assert AuditEvent.objects.filter(event="letter.rendered").count() == 1


def test_a_full_disk_loses_nothing_and_is_tried_again(monkeypatch, settings):
    incident = make_letters({"name": "Ada Doe"}, {"name": "Bo Roe"})
    token = actions.claim_chunks(at=NOON)[0]
    sealed, calls = stream.sealed_chunks, []

    def full(*args):
        calls.append(args)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return sealed(*args)

    monkeypatch.setattr(stream, "sealed_chunks", full)

    with pytest.raises(OSError, match="No space"):
        actions.render_claim(token, at=NOON)

    assert queries.counts(incident)[Status.ORDERED] == 2
    assert set(Letter.objects.values_list("trouble", flat=True)) == {"disk_full"}
    assert (SealedFile.objects.count(), stored_files(settings)) == (0, [])

    actions.render_claim(token, at=NOON)

    assert queries.counts(incident)[Status.RENDERED] == 2
    assert set(Letter.objects.values_list("trouble", flat=True)) == {""}


def test_the_task_swallows_a_second_delivery_of_its_message():
    make_letters()
    token = str(actions.claim_chunks(at=NOON)[0])

    tasks.render_claim(token=token)
    tasks.render_claim(token=token)

    assert AuditEvent.objects.filter(event="letter.rendered").count() == 1


def test_opening_a_letter_is_written_down():
    letter = only_letter(make_rendered())

    content = actions.open_pdf(letter, by=make_user(), at=NOON)

    assert content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(event="letter.opened", subject_id=str(letter.pk)).exists()
