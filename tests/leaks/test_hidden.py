"""What a workbook hides is counted before anything else is said of it."""

import io
import json
import zipfile

import openpyxl
import pytest
from django.core.management import call_command
from openpyxl.comments import Comment

from breaches.leaks.hidden import count_hidden
from breaches.leaks.inspection import inspect
from breaches.leaks.tabular import read


def posted():
    """Make a workbook that shows one row and hides the rest."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Last Name", "First Name", "DOB"])
    for number in range(20):
        sheet.append([f"Doe{number}", "Ada", "1990-01-02"])
    for row in range(3, 22):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.auto_filter.ref = "A1:C21"
    sheet["A1"].comment = Comment("ask about this", "someone")
    other = book.create_sheet("old")
    other.sheet_state = "veryHidden"
    for number in range(7):
        other.append([f"Roe{number}"])
    return with_pivot(book)


def with_pivot(book):
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/pivotCache/pivotCacheDefinition1.xml", "<pivotCacheDefinition/>")
        records = "<pivotCacheRecords>" + "<r><s/></r>" * 150 + "</pivotCacheRecords>"
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", records)
    return out.getvalue()


def test_everything_hidden_is_counted():
    found = inspect(read([posted()]))

    assert found.hidden == {
        "hidden_sheets": 1,
        "hidden_sheet_rows": 7,
        "other_sheet_rows": 7,
        "hidden_rows": 19,
        "hidden_columns": 1,
        "filters": 1,
        "pivot_caches": 1,
        "pivot_records": 150,
        "comments": 1,
        "properties": 1,
    }


def test_a_plain_workbook_hides_only_who_made_it():
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)

    with zipfile.ZipFile(out) as archive:
        assert count_hidden(archive).keys() <= {"properties"}


@pytest.mark.parametrize("as_json", [True, False])
def test_a_file_is_reported_without_a_database(tmp_path, capsys, as_json):
    file = tmp_path / "posted.xlsx"
    file.write_bytes(posted())

    call_command("read", str(file), json=as_json)

    said = capsys.readouterr().out
    if as_json:
        report = json.loads(said)
        assert (report["rows"], report["hidden"]["pivot_records"]) == (20, 150)
        assert report["columns"][0]["element"] == "family_name"
    else:
        assert "150 rows in pivot caches" in said
