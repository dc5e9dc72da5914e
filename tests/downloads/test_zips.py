"""A zip of logs is taken in file by file, each as evidence of its own."""

import gzip
import io
import zipfile
from hashlib import sha256

import pytest
from django.urls import reverse

from breaches.downloads import actions, queries
from breaches.downloads.intake import AlreadyImported, LogImport, NotALog
from breaches.downloads.models import LogSource
from breaches.evidence.models import Evidence
from breaches.vault import files
from tests.downloads import days
from tests.factories import NOON, make_exposure, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db


def zipped(members):
    """Return a zip of (name, content) pairs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return out.getvalue()


def hand_in(content, exposure):
    order = LogImport(make_upload(content, "logs.zip"), exposure, "the web team")
    return actions.import_logs(exposure.incident, order, by=make_user(), at=NOON)


DAY = days.the_day()
HALF = DAY.index(b"\n", len(DAY) // 2) + 1
ROTATED = [
    ("logs/access.log.1.gz", gzip.compress(DAY[:HALF])),
    ("logs/access.log", DAY[HALF:]),
    ("logs/readme.txt", b"These are logs.\n"),
]


def test_each_log_of_a_zip_is_read_and_keeps_its_own_hash():
    exposure = make_exposure()

    logs = hand_in(zipped(ROTATED), exposure)
    for log in logs:
        actions.read_log(log, at=NOON)

    assert days.counts(logs[0]).requests == 12
    hashes = {log.evidence.sha256 for log in logs}
    assert hashes == {sha256(content).hexdigest() for _, content in ROTATED[:2]}
    names = {log.evidence.document["file_name"] for log in logs}
    assert names == {"access.log.1.gz", "access.log"}
    assert Evidence.objects.count() == len(ROTATED) + 1


def test_the_same_zip_again_adds_nothing():
    exposure = make_exposure()
    hand_in(zipped(ROTATED), exposure)

    with pytest.raises(AlreadyImported, match="Every log in this zip"):
        hand_in(zipped(ROTATED), exposure)
    more = hand_in(zipped([*ROTATED, ("new.log", days.text([days.line(3)]))]), exposure)

    assert len(more) == 1
    assert LogSource.objects.exclude(status="REFUSED").count() == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped([("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]), "Office"),
        (zipped([("a.txt", b"nothing\n"), ("b.txt", b"")]), "None of the 2 files"),
        (zipped(ROTATED)[:-30], "damaged or cut off"),
        (zipped([(f"{n}.log", b"x") for n in range(501)]), "more than 500 files"),
    ],
)
def test_a_zip_that_is_of_no_use_is_answered_with_a_sentence(content, words):
    with pytest.raises(NotALog, match=words):
        hand_in(content, make_exposure())


def test_a_log_that_is_damaged_in_its_zip_is_read_as_far_as_it_goes_and_said():
    content = bytearray(zipped([("access.log", DAY)]))
    at = content.find(b"PK\x01\x02") + 16
    content[at] ^= 1

    (log,) = hand_in(bytes(content), make_exposure())
    actions.read_log(log, at=NOON)
    actions.read_again(log, "combined", by=make_user(), at=NOON)
    actions.read_log(log, at=NOON)

    found = days.counts(log)
    said = " ".join(row.text for row in queries.overview(log.exposure).cautions)
    assert (found.requests, found.is_at_least, log.damage) == (12, True, "checksum")
    assert "check sum is not the one in the zip" in said


def test_a_zip_is_handed_in_by_the_form(client):
    user = make_user("analyst", "intake")
    client.force_login(user)
    exposure = make_exposure(incident=make_incident(by=user))
    form = {
        "log": make_upload(zipped(ROTATED), "logs.zip"),
        "exposure": exposure.pk,
        "handed_over_by": "x",
    }

    answer = client.post(
        reverse("downloads:receive", args=[exposure.incident.pk]), form, follow=True
    )

    assert "2 logs are sealed as evidence" in answer.content.decode()


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_stored_file_is_read_from_any_place(size):
    content = bytes(range(256)) * (size // 256 + 1)
    incident = make_incident()
    row = files.store([content[:size]], key_name=incident.key_name)

    with files.seekable(row) as file:
        file.seek(max(0, size - 300))
        end = file.read()
        file.seek(0)
        whole = file.read()

    assert whole == content[:size]
    assert end == content[:size][max(0, size - 300) :]
