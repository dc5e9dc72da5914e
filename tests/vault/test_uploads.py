"""An upload never touches the disk in the clear, and stops at the limit."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from breaches.vault.uploads import SealingUploadHandler

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
