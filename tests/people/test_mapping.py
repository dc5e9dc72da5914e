"""What the columns of a register hold is decided by their headers, and corrected by a person."""

import pytest
from django.urls import reverse

from breaches.people import actions, queries
from breaches.people.columns import meaning
from breaches.people.models import ImportStatus, RegisterImport
from tests.factories import NOON, make_upload, make_user
from tests.people.registers import applied

TEXT = b"""Client,Vorname,Nachname,Alien Number,best language,Notes
C1,Ada,Doe,A012345678,Mam,likes tea
C2,Bo,Roe,A012345679,Spanish,
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(client):
    client.force_login(make_user())
    order = actions.receive_register(
        make_upload(TEXT), handed_over_by="Office", by=make_user(), at=NOON
    )
    actions.import_register(order, at=NOON)
    return order


def chosen(client, order, *codes):
    data = {f"column_{place}": code for place, code in enumerate(codes)}
    return client.post(reverse("people:columns", args=[order.pk]), data, follow=True)


def read_anew(order):
    order.refresh_from_db()
    actions.import_register(order, at=NOON)


def test_the_page_shows_each_header_with_samples_and_what_is_taken_in(client, order):
    page = client.get(reverse("people:columns", args=[order.pk])).content.decode()

    for text in ("Vorname", "Ada · Bo", "likes tea", "(not taken in)"):
        assert text in page


def test_a_corrected_column_is_read_anew_after_an_undo(client, order):
    assert order.status == ImportStatus.IMPORTED
    actions.order_undo(order, by=make_user(), at=NOON)
    actions.undo_import(order, at=NOON)

    chosen(
        client, order, "internal_id", "given_name", "family_name", "a_number", "spoken_language", ""
    )
    read_anew(order)

    ada = queries.find(order.register, "C1").get()
    assert queries.card(ada).name == "Ada Doe"
    assert ada.document["spoken"] == "Mam"


def test_a_file_that_is_in_use_is_not_read_anew_before_it_is_undone(client, order):
    page = chosen(client, order, "internal_id", "given_name", "", "", "", "").content.decode()

    assert "cannot become received" in page


def test_columns_that_name_nobody_are_refused_with_a_sentence(client, order):
    page = chosen(client, order, "", "", "", "", "language", "").content.decode()

    assert "Choose a column that holds a name or an identifier" in page


def test_a_refused_file_can_be_mended_by_saying_what_its_columns_hold(client):
    client.force_login(make_user())
    text = b"eins,zwei\nAda,Doe\n"
    order = actions.receive_register(
        make_upload(text), handed_over_by="Office", by=make_user(), at=NOON
    )
    actions.import_register(order, at=NOON)
    assert order.status == ImportStatus.REFUSED

    chosen(client, order, "given_name", "family_name")
    read_anew(order)

    assert queries.find(order.register, "Doe").count() == 1


def test_a_mapping_that_a_person_made_is_offered_for_the_next_file_with_the_same_headers(
    client, order
):
    actions.order_undo(order, by=make_user(), at=NOON)
    actions.undo_import(order, at=NOON)
    chosen(client, order, "internal_id", "given_name", "family_name", "a_number", "", "alias")
    read_anew(order)

    again = actions.receive_register(
        make_upload(TEXT.replace(b"Bo", b"Boris")), handed_over_by="Office", by=make_user(), at=NOON
    )
    actions.import_register(again, at=NOON)

    assert [change.slot for change in again.changes.all()] == ["given"]
    applied(again)
    assert "Boris" in queries.card(queries.find(order.register, "C2").get()).name


def test_a_page_of_an_import_says_what_its_columns_hold(client, order):
    page = client.get(reverse("people:import", args=[order.pk])).content.decode()

    assert RegisterImport.objects.count() == 1
    assert "language spoken" in page


@pytest.mark.parametrize(
    ("header", "code"),
    [
        *(("FirstName", "given_name"), ("D.O.B.", "birth_date"), ("Alien #", "a_number")),
        *(("SecondLastName", "second_family_name"), ("Segundo apellido", "second_family_name")),
        *(("Mother DOB", ""), ("Teléfono", "")),
    ],
)
def test_headers_are_known_however_they_are_written(header, code):
    assert meaning(header) == code
