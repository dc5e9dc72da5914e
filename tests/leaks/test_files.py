"""A leaked file is read in a limited process, its columns named by a person, its rows sealed."""

import gzip
import io
import json
import zipfile

import openpyxl
import pytest

from breaches.audit.leases import TakenOver
from breaches.evidence.actions import AlreadyHere
from breaches.evidence.models import Evidence
from breaches.leaks import actions, queries, storing, tabular
from breaches.leaks.models import FileStatus, SourceFile, SourceRow
from breaches.vault.models import SealedFile
from tests.factories import NOON, make_incident, make_upload, make_user

CSV = b"""Last Name,First Name,DOB,A-Number
Doe,Ada,1990-01-02,A 012 345 678
,,,
Roe,Bo,1991-02-03,
"""


def workbook(rows, hidden=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in hidden:
        sheet = book["old"] if "old" in book.sheetnames else book.create_sheet("old")
        sheet.sheet_state = "hidden"
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def received(content=CSV, incident=None):
    incident = incident or make_incident()
    return actions.receive_file(
        incident, make_upload(content), handed_over_by="IT", by=make_user(), at=NOON
    )


def ready(content=CSV, incident=None):
    file = received(content, incident)
    actions.inspect_file(file, at=NOON)
    chosen = {column.position: column.element for column in file.columns.all()}
    actions.confirm_mapping(file, chosen, by=make_user(), at=NOON)
    actions.store_rows(file, at=NOON)
    return file


@pytest.mark.django_db
def test_a_file_becomes_sealed_rows_with_their_row_numbers():
    file = ready()

    rows = list(queries.leaked_rows(file.incident))
    assert file.status == FileStatus.READY
    assert [row.row_number for row in rows] == [2, 4]
    assert rows[0].values["family_name"] == "Doe"
    assert rows[1].elements == {"family_name", "given_name", "birth_date"}
    assert not [row for row in SourceRow.objects.all() if b"Doe" in bytes(row.sealed)]


@pytest.mark.django_db
def test_a_file_whose_taking_in_was_killed_half_way_is_taken_in_when_handed_in_anew(monkeypatch):
    incident = make_incident()

    def killed(**_):
        raise SystemExit

    monkeypatch.setattr(SourceFile.objects, "create", killed)
    with pytest.raises(SystemExit):
        received(incident=incident)
    monkeypatch.undo()
    kept = Evidence.objects.get()
    file = received(incident=incident)

    assert file.evidence == kept
    assert list(queries.files_of(incident)) == [file]
    assert kept.custody.count() == 1
    with pytest.raises(AlreadyHere, match="very file"):
        received(incident=incident)
    assert (SourceFile.objects.count(), SealedFile.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_workbook_with_a_title_and_a_hidden_sheet_is_understood():
    rows = [["Detention report"], [], ["Last Name", "First Name", "DOB"], ["Doe", "Ada", 33000]]
    file = received(workbook([*rows, ["Roe", "Bo", 33001]], hidden=[["x"]]))

    actions.inspect_file(file, at=NOON)

    assert (file.tables.get().place.header_row, file.hidden_sheets, file.total) == (3, 1, 2)
    assert [column.element for column in file.columns.order_by("position")] == [
        "family_name",
        "given_name",
        "birth_date",
    ]


@pytest.mark.django_db
def test_a_mapping_that_names_nobody_is_refused():
    file = received()
    actions.inspect_file(file, at=NOON)

    with pytest.raises(actions.NothingToFindPeopleBy):
        actions.confirm_mapping(file, {2: "birth_date"}, by=make_user(), at=NOON)

    assert SourceFile.objects.get().status == FileStatus.MAPPING


@pytest.mark.django_db
def test_a_second_worker_takes_over_where_a_killed_one_stopped(settings, monkeypatch):
    lines = "".join(f"Doe{n},Ada,1990-01-02,\n" for n in range(4200))
    file = received(b"Last Name,First Name,DOB,A-Number\n" + lines.encode())
    actions.inspect_file(file, at=NOON)
    actions.confirm_mapping(file, {0: "family_name"}, by=make_user(), at=NOON)
    seal, sealed = storing.Mill.row, []

    def killed(*args):
        sealed.append(1)
        if len(sealed) > 2700:
            raise KeyboardInterrupt
        return seal(*args)

    monkeypatch.setattr(storing.Mill, "row", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.store_rows(file, at=NOON)
    monkeypatch.setattr(storing.Mill, "row", seal)

    with pytest.raises(TakenOver):
        actions.store_rows(SourceFile.objects.get(), at=NOON)
    settings.LEASE_SECONDS = -60
    actions.store_rows(SourceFile.objects.get(), at=NOON)

    assert SourceRow.objects.count() == 4200
    assert SourceFile.objects.get().status == FileStatus.READY


BAD = {
    "a PDF": (b"%PDF-1.7 ...", "PDF"),
    "half a workbook": (workbook([["a"], ["b"]])[:900], "cut off"),
    "a picture": (b"\x89PNG\r\n\0\0\0\0", "not a spreadsheet"),
    "half a gz": (gzip.compress(CSV)[:-9], "cut off"),
    "broken JSON": (b'[{"last name": "Doe"},', "like JSON"),
    "a broken line of JSON": (b'{"last name": "Doe"}\n{"last', "line 2"),
    "JSON without end": (b"[" * 100_000, "like JSON"),
    "a picture in a ZIP": (zipped({"a.png": b"\x89PNG\r\n\0\0\0\0"}), "not a spreadsheet"),
    "a ZIP in a ZIP": (zipped({"a.zip": zipped({"a.csv": CSV})}), "ZIP inside"),
    "a header only": (b"a,b\n", "no table"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_one_sentence(kind):
    content, words = BAD[kind]
    file = received(content)

    actions.inspect_file(file, at=NOON)

    assert (file.status, words in file.problem) == (FileStatus.REFUSED, True), file.problem


def test_a_bomb_is_refused_by_its_directory():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)

    with pytest.raises(tabular.Unreadable, match="would unpack to"):
        list(tabular.read([bomb.getvalue()]))


@pytest.mark.django_db
def test_one_damaged_letter_is_listed_with_its_row_and_loses_nothing():
    good = "".join(f"Núñez{n},Ada,1990-01-02,\n" for n in range(100)).encode()
    file = ready(b"Last Name,First Name,DOB,A-Number\nDo\x81e,Bo,1990-01-02,\n" + good)

    assert file.done == 101
    problem = file.problems.get()
    assert (problem.row_number, problem.reason) == (2, "damaged_letters")


PEOPLE = [{"Last Name": "Doe", "case": {"status": "open"}}, {"Last Name": "Roe", "DOB": None}]
FORMS = {
    "tabs": CSV.replace(b",", b"\t"),
    "UTF-16": CSV.decode().encode("utf-16"),
    "gz": gzip.compress(CSV),
    "a ZIP of two": zipped({"read me.txt": b"Nothing here", "list.csv": CSV}),
    "a workbook in a ZIP": zipped({"a.xlsx": workbook([["Last Name"], ["Doe"], ["Roe"]])}),
    "JSON": json.dumps(PEOPLE).encode(),
    "JSON lines": "\n".join(map(json.dumps, PEOPLE)).encode(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_one_list_in_many_forms(form):
    file = ready(FORMS[form])

    rows = list(queries.leaked_rows(file.incident))
    assert [row.values["family_name"] for row in rows] == ["Doe", "Roe"], file.problem
