"""A worker is killed, five times, in the middle of the letters."""

import csv
from io import BytesIO, StringIO

import pikepdf
from django.utils import timezone

from breaches.audit.models import AuditEvent
from breaches.vault import files
from breaches.vault.models import SealedFile
from notifications.letters import tasks as letters
from notifications.letters.models import Letter, Status
from notifications.printing import tasks as printing
from notifications.printing.actions import freeze_run
from notifications.printing.models import PrintRun
from tests.factories import make_user
from tests.letters.makers import make_letters

PEOPLE = 100
KILLS = 5


def made():
    return Letter.objects.filter(status=Status.RENDERED).count()


def sweep_until(condition):
    """Sweep as the clock does, and say whether `condition` holds."""
    letters.sweep_letters()
    printing.sweep_runs()
    return condition()


def test_five_kills_leave_one_letter_a_person_and_a_manifest_that_tiles(idle_worker, settings):
    settings.LEASE_SECONDS = 2
    worker = idle_worker
    incident = make_letters(*({"name": f"Ada Doe {number}"} for number in range(PEOPLE)))
    worker.start(concurrency=1)

    for _ in range(KILLS):
        before = made()
        worker.wait_until(lambda before=before: sweep_until(lambda: made() > before))
        worker.kill()
        worker.start(concurrency=1)
    assert made() < PEOPLE, "the kills came too late to matter"
    worker.wait_until(lambda: sweep_until(lambda: made() == PEOPLE))
    run = freeze_run(incident, by=make_user(), at=timezone.now())
    worker.wait_until(lambda: sweep_until(lambda: PrintRun.objects.get().status == "BUILT"))

    assert Letter.objects.count() == PEOPLE
    assert Letter.objects.values("notice__affected").distinct().count() == PEOPLE
    assert AuditEvent.objects.filter(event="letter.rendered").count() == PEOPLE
    for letter in Letter.objects.select_related("pdf"):
        assert len(files.read(letter.pdf)) == letter.pdf.size
    assert SealedFile.objects.count() == PEOPLE + len(("the run", "its manifest"))
    _tiles(PrintRun.objects.get(pk=run.pk))


def _tiles(run):
    rows = list(csv.DictReader(StringIO(files.read(run.manifest).decode())))
    with pikepdf.open(BytesIO(files.read(run.pdf))) as document:
        pages = len(document.pages)
    next_page = 3
    for row in rows:
        assert int(row["first_page"]) == next_page
        next_page += int(row["page_count"])
    assert next_page == pages + 1
    assert len({row["reference"] for row in rows}) == len(rows) == PEOPLE
