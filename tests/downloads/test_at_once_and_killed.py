"""Two people with one log, and a worker that dies over it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from breaches.audit.models import AuditEvent
from breaches.downloads import actions, queries, tasks
from breaches.downloads.intake import AlreadyImported, LogImport
from breaches.downloads.models import AccessEvent, LogSource, LogStatus
from breaches.evidence.models import Evidence
from breaches.vault.models import SealedFile
from tests.downloads import days
from tests.factories import NOON, make_exposure, make_incident, make_upload, make_user

ROUNDS = 4
PIECES, HITS_A_PIECE = 12, 500


@pytest.mark.django_db(transaction=True)
def test_one_log_imported_by_two_people_at_once_is_one_log():
    people = [make_user("analyst", "intake") for _ in range(2)]
    exposure = make_exposure(incident=make_incident(by=people[0]))
    gate = Barrier(len(people))

    def hand_in(person, content):
        order = LogImport(make_upload(content, "access.log"), exposure, "the web team")
        gate.wait(10)
        try:
            return actions.import_log(exposure.incident, order, by=person, at=NOON)
        except AlreadyImported as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        for number in range(ROUNDS):
            content = days.text([days.line(10 + number)])
            answers = list(pool.map(lambda person, text=content: hand_in(person, text), people))
            assert {type(answer) for answer in answers} == {LogSource, AlreadyImported}

    for model in (LogSource, Evidence, SealedFile):
        assert model.objects.count() == ROUNDS
    for event in ("logsource.received", "evidence.received"):
        assert AuditEvent.objects.filter(event=event).count() == ROUNDS


def busy_log():
    """Return a log of several blocks; each piece has noise and requests for the file."""
    noise = days.text(days.noise(0, 60)) * 20
    asked = days.text([days.line(100 + number / 50) for number in range(HITS_A_PIECE)])
    return (noise + asked) * PIECES


def test_a_killed_worker_is_followed_by_another_where_it_stopped(worker):
    content = busy_log()
    log = days.make_log(content, by=make_user("analyst", "intake"))

    tasks.read_log.delay(log_source_id=log.pk)
    worker.wait_until(lambda: LogSource.objects.get(pk=log.pk).text_offset > 0)
    worker.kill()
    left = LogSource.objects.get(pk=log.pk)
    assert (left.status, AccessEvent.objects.count() > 0) == (LogStatus.READING, True)
    assert 0 < left.text_offset < len(content)
    worker.start(LEASE_SECONDS="1")
    worker.wait_until(lambda: _read(log))

    # A second reading from the beginning would break on the unique line numbers.
    assert AccessEvent.objects.count() == PIECES * HITS_A_PIECE
    assert LogSource.objects.get().line_count == content.count(b"\n")
    assert queries.counts_of(log.exposure).requests == PIECES * HITS_A_PIECE


def _read(log):
    if LogSource.objects.get(pk=log.pk).status == LogStatus.READ:
        return True
    tasks.sweep_logs.delay()
    return False
