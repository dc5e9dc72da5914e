"""Damage any file in any way: it is read, or refused in one sentence; nothing else happens."""

import gzip
import io
import json
import os
import random
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from breaches.leaks import actions, reader
from breaches.leaks.models import FileStatus, SourceFile
from tests.factories import NOON, make_incident, make_upload, make_user

CSV = b"Last Name,DOB\n" + b"".join(b'"Doe, %d",1990-01-02\n' % n for n in range(40))


def workbook():
    book = openpyxl.Workbook()
    for number in range(40):
        book.active.append([f"Doe{number}", "1990-01-02"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content):
    """Pack a workbook again without compression, so that damage reaches its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


XLSX = workbook()
FORMS = {
    "workbook": XLSX,
    "open workbook": repacked(XLSX),
    "csv": CSV,
    "gz": gzip.compress(CSV, mtime=0),
    "json": json.dumps([{"name": "Doe", "more": {"numbers": [1, 2]}}] * 5).encode(),
}


KINDS = {"text", "sheet", "rows", "note", "remark", "hidden"}


def damaged(content, dice):
    for _ in range(dice.choice([1, 3, 20])):
        place = dice.randrange(max(1, len(content)))
        rest = content[place + dice.randrange(50) :] if dice.random() < 0.8 else b""
        content = content[:place] + dice.randbytes(dice.randrange(20)) + rest
    return content


def read(content):
    """Return the kinds of line read, or how long the refusal is."""
    try:
        return {line[0] for line in reader.lines(content)}
    except reader.Unreadable as refusal:
        return len(str(refusal))


@pytest.mark.parametrize("form", FORMS)
def test_damage_is_read_or_refused(form):
    dice = random.Random(form)

    for _ in range(1000):
        found = read(damaged(FORMS[form], dice))

        assert found < 250 if isinstance(found, int) else found <= KINDS


BY_THE_PAGE = 15 if os.environ.get("QUICK") else 300


@pytest.mark.django_db
def test_damage_that_comes_by_the_page_is_answered_on_the_page(client):
    user, dice = make_user(), random.Random("page")
    incident = make_incident(by=user)
    client.force_login(user)
    receive = reverse("leaks:receive", args=[incident.pk])

    for number in range(BY_THE_PAGE):
        content = damaged(dice.choice(list(FORMS.values())), dice) + b" " * number
        upload = {"file": make_upload(content), "handed_over_by": "IT"}
        assert client.post(receive, upload, follow=True).status_code == 200
        file = SourceFile.objects.latest("pk")
        actions.inspect_file(file, at=NOON)
        pages = ["detail", "name_columns", "layout", "problems", "nameless"]
        for page in pages:
            answer = client.get(reverse(f"leaks:{page}", args=[incident.pk, file.pk]), follow=True)
            assert answer.status_code == 200
        if file.status == FileStatus.REFUSED:
            assert 10 < len(file.problem) < 300
            assert "\n" not in file.problem

    assert SourceFile.objects.count() == BY_THE_PAGE
