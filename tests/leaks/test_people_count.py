"""Rows are not people: a page says both numbers, and how it knows."""

import pytest
from django.urls import reverse

from breaches.leaks import actions
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db
HEAD = "Last Name,First Name,DOB,A-Number,Passport\n"


def ready(text, user):
    incident = make_incident(by=user)
    file = actions.receive_file(
        incident, make_upload((HEAD + text).encode()), handed_over_by="IT", by=user, at=NOON
    )
    actions.inspect_file(file, at=NOON)
    elements = {column.key: column.element for column in file.columns.all()}
    actions.confirm_mapping(file, elements, by=user, at=NOON)
    actions.store_rows(file, at=NOON)
    return file


ROWS = [
    ("one A-number in all its spellings", "Doe,Ada,,A012345678,\nDoe,A.,,012-345-678,\n", {"a": 1}),
    ("a row without it, by name and birth date",
     "Doe,Ada,1990-01-02,A012345678,\nADA,Doe,1990-01-02,,\n", {"a": 1}),
    ("a birth date as Excel's number", "Doe,Ada,1990-01-02,,\nDoe,Ada,32875,,\n", {"d": 1}),
    ("accents and order", "Núñez,José,1990-01-02,,\nJose,Nunez,1990-01-02,,\n", {"d": 1}),
    ("two people of one name", "Doe,Ada,1990-01-02,,\nDoe,Ada,1991-01-02,,\n", {"d": 2}),
    ("a passport", "Doe,Ada,,,AB 123456\nDoe,Ada,,,ab123456\n", {"p": 1}),
    ("a name alone", "Doe,Ada,,,\nDoe,Ada,,,\n", {"n": 1}),
    ("nothing", ",,1990-01-02,,\n,,1990-01-03,,\n", {}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "people"), ROWS, ids=[row[0] for row in ROWS])
def test_people_are_told_apart_by_the_surest_thing_in_a_row(what, text, people):
    assert ready(text, make_user()).people == people


def test_33345_rows_for_18714_people(client):
    lines = [f"Doe{n},Ada,1990-01-02,A{n:09},\n" for n in range(10_000_000, 10_018_000)]
    lines += lines[:14_000]
    lines += [f"Roe{n},Bo,1991-02-03,,\n" for n in range(714)]
    lines += [f"Roe{n},Bo,1991-02-03,,\n" for n in range(611)]
    lines += [",,1999-09-09,,\n"] * 20
    user = make_user()
    file = ready("".join(lines), user)
    client.force_login(user)

    shown = client.get(reverse("leaks:detail", args=[file.incident_id, file.pk])).content.decode()

    assert "33,345 rows for 18,714 people" in shown
    assert "one A-number: <strong>18,000</strong>" in shown
    assert "one name and birth date: <strong>714</strong>" in shown
    assert "20 rows hold nothing that identifies anybody" in shown
