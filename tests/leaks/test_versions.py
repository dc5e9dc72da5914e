"""A new version of a file is a difference: what was decided about the old rows stays."""

import pytest
from django.urls import reverse

from breaches.leaks import actions, queries, versions
from breaches.leaks.models import RowAgain, SourceFile, SourceRow
from breaches.people.impounded import Impounded
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db
HEAD = "Last Name,First Name,DOB,A-Number\n"
FIRST = f"{HEAD}Doe,Ada,1990-01-02,A012345678\nRoe,Bo,1991-02-03,A012345679\nPoe,Cy,1992-03-04,\n"
# Roe is spelt in another way, Poe is gone, Koe is new, and the columns have moved.
SECOND = """A-Number,DOB,First Name,Last Name
A012345678,1990-01-02,Ada,Doe
A012345679,1991-02-03,Bob,Roe
A012345670,1993-04-05,Di,Koe
"""


def stored(text, incident, replaces=None):
    by = make_user()
    file = actions.receive_file(
        incident, make_upload(text.encode()), handed_over_by="IT", by=by, at=NOON,
        replaces=replaces,
    )  # fmt: skip
    actions.inspect_file(file, at=NOON)
    elements = {column.key: column.element for column in file.columns.all()}
    actions.confirm_mapping(file, elements, by=by, at=NOON)
    actions.store_rows(file, at=NOON)
    return file


def rows_of(file):
    return {(row.pk, row.row_number, bytes(row.sealed)) for row in file.rows.all()}


def test_only_what_is_new_is_stored_and_the_old_rows_stay_to_the_byte():
    first = stored(FIRST, make_incident())
    before = rows_of(first)

    second = stored(SECOND, first.incident, first)

    assert rows_of(first) == before
    assert sorted(row.document["3"] for row in second.rows.all()) == ["Koe", "Roe"]
    assert RowAgain.objects.get().row == first.rows.get(row_number=2)
    assert queries.counts_of(second).rows == 3
    assert second.people == {"a": 3}


def test_people_are_added_changed_and_removed():
    first = stored(FIRST, make_incident())
    second = stored(SECOND, first.incident, first)

    changes = versions.changes_in(second)

    assert changes.people == {"added": 1, "changed": 1, "removed": 1}
    assert changes.unchanged_rows == 1
    [line] = versions.changed_lines(changes.changed, second, Impounded([]), is_changed=True)
    assert [tuple(cell) for cell in line.cells] == [("given name", "Bob", "Bo")]
    assert [row.row_number for row in changes.removed] == [4]


def test_the_same_rows_in_another_file_change_nothing():
    first = stored(FIRST, make_incident())

    second = stored(FIRST + "\n", first.incident, first)

    assert second.rows.count() == 0
    assert versions.changes_in(second).people == {"added": 0, "changed": 0, "removed": 0}
    assert SourceRow.objects.count() == 3


def test_a_third_version_is_compared_with_all_before_it():
    first = stored(FIRST, make_incident())
    second = stored(SECOND, first.incident, first)

    third = stored(FIRST + "Zoe,Ed,1994-05-06,A012345671\n", first.incident, second)

    assert [row.document["0"] for row in third.rows.all()] == ["Zoe"]


def test_two_equal_rows_are_both_noted():
    twice = FIRST + "Doe,Ada,1990-01-02,A012345678\n"
    first = stored(FIRST, make_incident())

    second = stored(twice, first.incident, first)

    assert second.rows.count() == 0
    assert RowAgain.objects.filter(source_file=second).count() == 4


def test_the_page_shows_what_changed(client):
    user = make_user()
    incident = make_incident(by=user)
    client.force_login(user)
    first = stored(FIRST, incident)
    upload = {"file": make_upload(SECOND.encode()), "handed_over_by": "IT", "replaces": first.pk}
    client.post(reverse("leaks:receive", args=[incident.pk]), upload)
    second = SourceFile.objects.latest("pk")
    assert second.replaces == first
    actions.inspect_file(second, at=NOON)
    elements = {column.key: column.element for column in second.columns.all()}
    actions.confirm_mapping(second, elements, by=user, at=NOON)
    actions.store_rows(second, at=NOON)

    url = reverse("leaks:changes", args=[incident.pk, second.pk])
    added, changed, removed = (
        client.get(url, {"kind": kind}).content.decode() for kind in ("added", "changed", "removed")
    )

    assert "Koe" in added
    assert "Bob" in changed
    assert "Poe" in removed
