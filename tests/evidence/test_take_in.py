"""A file is taken in once, with its hash, or not at all."""

from hashlib import sha256

import pytest

from breaches.evidence import actions
from breaches.evidence.models import Evidence
from breaches.vault import files
from breaches.vault.models import SealedFile
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db


def take_in(incident, content):
    return actions.take_in(
        incident, make_upload(content), kind="log", handed_over_by="IT", by=make_user(), at=NOON
    )


def test_a_file_is_hashed_and_its_custody_begins():
    evidence = take_in(make_incident(), b"one line\n")

    assert evidence.sha256 == sha256(b"one line\n").hexdigest()
    assert files.read(evidence.file) == b"one line\n"
    assert evidence.custody.get().what == "received"


def test_the_same_file_twice_is_one_file():
    incident = make_incident()
    first = take_in(incident, b"x")

    with pytest.raises(actions.AlreadyHere) as again:
        take_in(incident, b"x")

    assert again.value.evidence == first
    assert (Evidence.objects.count(), SealedFile.objects.count()) == (1, 1)


def test_an_empty_file_is_refused_and_leaves_nothing():
    with pytest.raises(actions.EmptyFile):
        take_in(make_incident(), b"")

    assert not SealedFile.objects.exists()
