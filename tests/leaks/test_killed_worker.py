"""A worker killed in the middle of sealing loses no row and seals none twice."""

from django.utils import timezone

from breaches.leaks import actions, queries, tasks
from breaches.leaks.models import FileStatus, SourceFile, SourceRow
from tests.factories import make_incident, make_upload, make_user

ROWS = 40_000


def test_a_killed_worker_is_followed_by_another_where_it_stopped(worker):
    lines = "".join(f"Doe{number},Ada,1990-01-02\n" for number in range(ROWS))
    upload = make_upload(b"Last Name,First Name,DOB\n" + lines.encode())
    by, at = make_user(), timezone.now()
    file = actions.receive_file(make_incident(), upload, handed_over_by="IT", by=by, at=at)
    actions.inspect_file(file, at=at)
    actions.confirm_mapping(file, {0: "family_name", 1: "given_name"}, by=by, at=at)

    tasks.store_rows.delay(file_id=file.pk)
    worker.wait_until(lambda: SourceRow.objects.exists())
    worker.kill()
    assert SourceFile.objects.get().status == FileStatus.STORING
    worker.start(LEASE_SECONDS="1")
    worker.wait_until(lambda: _ready(file))

    assert SourceRow.objects.count() == ROWS
    assert queries.counts_of(file).nameless == 0


def _ready(file):
    tasks.sweep_files.delay()
    return SourceFile.objects.get(pk=file.pk).status == FileStatus.READY
