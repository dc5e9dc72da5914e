"""An upload never touches the disk in the clear, and stops at the limit."""

import errno
import os
import tempfile
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from breaches.evidence.models import Evidence
from breaches.vault.uploads import SealingUploadHandler
from tests.factories import make_incident, make_upload

SECRET = b"Nobody Example, A000 000 001\n" * 100_000


def post(content):
    return RequestFactory().post("/", {"file": SimpleUploadedFile("list.csv", content)})


def test_an_upload_comes_back_whole():
    upload = post(SECRET).FILES["file"]

    assert b"".join(upload.chunks()) == SECRET
    assert b"".join(upload.chunks()) == SECRET  # and again: a refused form is read twice
    assert upload.size == len(SECRET)
    upload.close()


def test_the_temp_file_is_sealed_and_has_no_name(settings):
    upload = post(SECRET).FILES["file"]

    os.lseek(upload.file.fileno(), 0, os.SEEK_SET)
    assert b"Nobody" not in os.read(upload.file.fileno(), 10_000_000)
    assert not list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())
    upload.close()


def test_too_long_a_body_is_refused_before_it_is_read(settings):
    settings.UPLOAD_LIMIT = 1000

    with pytest.raises(RequestDataTooBig, match="over"):
        _ = post(SECRET).FILES


def test_a_body_that_lies_about_its_length_is_stopped_on_the_way(settings):
    settings.UPLOAD_LIMIT = 1000
    handler = SealingUploadHandler()
    handler.new_file("file", "list.csv", "text/csv", 10)

    handler.receive_data_chunk(SECRET[:1000], 0)
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(SECRET[:1], 1000)

    assert handler.sealed.closed


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"a,b\n1,2\n", SECRET], ids=["short", "long"])
def test_a_full_disk_is_said_to_the_reader_and_nothing_is_taken_in(analyst, monkeypatch, content):
    incident = make_incident(by=analyst.user)
    form = {"file": make_upload(content), "handed_over_by": "IT"}
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: open("/dev/full", "r+b"))  # noqa: SIM115

    answer = analyst.post(reverse("leaks:receive", args=[incident.pk]), form)

    page = answer.content.decode()
    assert answer.status_code == 507
    assert "no room on this machine" in page
    assert "Tell whoever runs this server" in page
    assert not Evidence.objects.exists()


@pytest.mark.django_db
def test_a_disk_without_room_for_one_more_file_is_said_alike(analyst, monkeypatch):
    def full(**_):
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    incident = make_incident(by=analyst.user)
    form = {"file": make_upload(), "handed_over_by": "IT"}
    monkeypatch.setattr(tempfile, "TemporaryFile", full)

    assert analyst.post(reverse("leaks:receive", args=[incident.pk]), form).status_code == 507
    monkeypatch.undo()
    form["file"] = make_upload()
    assert analyst.post(reverse("leaks:receive", args=[incident.pk]), form).status_code == 302


@pytest.mark.django_db
def test_what_is_put_together_wrongly_is_still_said_to_be(analyst, settings):
    settings.UPLOAD_LIMIT = 1000
    incident = make_incident(by=analyst.user)
    form = {"file": make_upload(SECRET), "handed_over_by": "IT"}

    answer = analyst.post(reverse("leaks:receive", args=[incident.pk]), form)

    assert answer.status_code == 400
    assert "cut short, too large" in answer.content.decode()
