"""Every table of a file is a source: hidden sheets, pivot caches, and what a person marks."""

from hashlib import sha256

import pytest
from django.urls import reverse

from breaches.leaks import actions, opening, queries
from breaches.leaks.header_words import plain_header
from breaches.leaks.models import FileStatus, MappingProfile, SourceFile, SourceRow
from breaches.leaks.profiles import mark
from breaches.leaks.shapes import Shape
from breaches.leaks.texts import Wish
from breaches.people.impounded import Impounded
from tests.factories import NOON, make_incident, make_upload, make_user
from tests.leaks.nasty.books import BOOKS
from tests.leaks.nasty.texts import TEXTS

pytestmark = pytest.mark.django_db


def looked_at(content, incident=None):
    file = actions.receive_file(
        incident or make_incident(), make_upload(content), handed_over_by="IT", by=make_user(),
        at=NOON,
    )  # fmt: skip
    actions.inspect_file(file, at=NOON)
    return file


def stored(file, **more):
    elements = {column.key: column.element for column in file.columns.all()}
    actions.confirm_mapping(file, elements, by=make_user(), at=NOON, **more)
    actions.store_rows(file, at=NOON)
    return file


def names(file):
    return sorted(row.values["family_name"] for row in queries.leaked_rows(file.incident))


def test_hidden_sheet_and_pivot_cache_are_taken_in_like_any_table():
    file = looked_at(BOOKS["xlsx_with_hidden_sheet_pivot_cache_and_filter"])

    stored(file)

    assert [(one.rows, one.is_hidden, one.kind) for one in file.tables.order_by("number")] == [
        (33, True, "sheet"),
        (2, False, "sheet"),
        (150, True, "pivot_cache"),
    ]
    assert (file.done, file.total) == (185, 185)
    leaked = list(queries.leaked_rows(file.incident))
    assert next(row.values for row in leaked if row.sheet == 2) == {
        "family_name": "Koe0",
        "given_name": "Di",
        "nationality": "Cuba",
    }


def test_a_table_that_is_not_chosen_is_left_where_it_is():
    file = stored(looked_at(BOOKS["xlsx_with_a_hidden_sheet"]), tables=[1])

    assert names(file) == ["Doe", "Roe"]
    assert [one.is_taken for one in file.tables.order_by("number")] == [False, True]


def test_tables_side_by_side_are_two_tables():
    file = stored(looked_at(BOOKS["xlsx_with_tables_side_by_side"]))

    assert names(file) == ["Doe", "Koe", "Poe", "Roe", "Zoe"]


def test_a_person_marks_where_a_table_stands():
    rows = "".join(f"{n},x,Doe{n},A0{n}2345678\n" for n in range(5))
    file = looked_at(b"what,ever\n" + rows.encode())

    shape = Shape(0, 2, 0, 5, 2, 3, frozenset({4}))
    actions.correct_reading(file, Wish(), [shape], by=make_user(), at=NOON)
    actions.inspect_file(file, at=NOON)
    actions.confirm_mapping(file, {"2": "family_name"}, by=make_user(), at=NOON)
    actions.store_rows(file, at=NOON)

    assert names(file) == ["Doe0", "Doe1", "Doe3"]
    assert {tuple(row.document) for row in SourceRow.objects.all()} == {("2", "3")}


def test_encoding_and_delimiter_are_corrected_by_a_person():
    file = looked_at(b"Last Name;Notes\nPe\xc3\xb1a;a,b,c\nRoe;d,e,f\n")

    actions.correct_reading(file, Wish("cp850", ";"), by=make_user(), at=NOON)
    actions.inspect_file(file, at=NOON)

    assert (file.encoding, file.delimiter) == ("cp850", ";")
    samples = [column.document["samples"] for column in file.columns.order_by("position")]
    assert samples == [["Pe├▒a", "Roe"], ["a,b,c", "d,e,f"]]


def test_an_encoding_of_no_list_is_refused():
    file = looked_at(TEXTS["csv_with_tabs"])

    with pytest.raises(actions.NoSuchLayout):
        actions.correct_reading(file, Wish("rot13"), by=make_user(), at=NOON)


def test_dates_that_prove_nothing_wait_for_a_person():
    file = looked_at(TEXTS["csv_with_dates_that_nobody_can_order"])

    with pytest.raises(actions.OrderUndecided, match="Column B"):
        stored(file)
    stored(file, orders={"1": "day_first"})

    births = [row.values["birth_date"] for row in queries.leaked_rows(file.incident)]
    assert births == ["1990-04-03", "1991-06-05"]
    assert file.doubts == {"ambiguous_date": 2}


def test_a_mapping_is_offered_for_the_next_file_with_the_same_headings():
    stored_file = looked_at(b"Last Name,Thing\nDoe,1\nRoe,2\n")
    actions.confirm_mapping(
        stored_file, {"0": "family_name", "1": "health"}, by=make_user(), at=NOON
    )

    following = looked_at(b"THING,last_name\n3,Poe\n4,Koe\n")

    assert following.tables.get().profile == MappingProfile.objects.get()
    elements = following.columns.order_by("position").values_list("element", "suggested")
    assert list(elements) == [("health", ""), ("family_name", "family_name")]


def test_the_marks_of_a_profile_do_not_open_to_a_list_of_names():
    file = looked_at(b"Ada Doe,Thing\nBo Roe,1\n")
    actions.confirm_mapping(file, {"0": "full_name", "1": "other"}, by=make_user(), at=NOON)

    kept = MappingProfile.objects.get()
    guesses = [text.encode() for text in ("Ada Doe", "ada doe", "adadoe", plain_header("Ada Doe"))]
    hashes = [sha256(guess).hexdigest()[:16] for guess in guesses]
    assert not [one for one in hashes if one in f"{kept.headings} {kept.elements}"]
    assert kept.elements[mark("Ada Doe")] == "full_name"


@pytest.fixture
def page(client):
    user = make_user()
    client.force_login(user)
    incident = make_incident(by=user)

    def page(name, *args, **data):
        url = reverse(f"leaks:{name}", args=[incident.pk, *args])
        answer = client.post(url, data, follow=True) if data else client.get(url, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    page.incident = incident
    return page


def test_the_layout_is_corrected_on_the_page(page):
    file = looked_at(TEXTS["csv_with_totals"], page.incident)
    assert "left out: 3, 5" in page("name_columns", file.pk)

    form = {"table-TOTAL_FORMS": 2, "table-INITIAL_FORMS": 1, "table-0-sheet": 1}
    form |= {"table-0-header_row": 1, "table-0-header_rows": 1, "table-0-left_out": "5"}
    page("layout", file.pk, **form)
    actions.inspect_file(SourceFile.objects.get(), at=NOON)

    assert SourceFile.objects.get().tables.get().rows == 3
    assert "left out: 5" in page("name_columns", file.pk)


def test_nonsense_in_the_layout_is_answered_beside_the_field(page):
    file = looked_at(TEXTS["csv_with_totals"], page.incident)

    form = {"table-TOTAL_FORMS": 1, "table-INITIAL_FORMS": 1, "table-0-sheet": 1}
    form |= {"table-0-header_row": 1, "table-0-header_rows": 1, "table-0-left_out": "some"}
    shown = page("layout", file.pk, **form, **{"table-0-first_column": "?"})

    assert "Write row numbers such as" in shown
    assert "Write the letters of a column" in shown
    assert SourceFile.objects.get().status == FileStatus.MAPPING


def test_the_columns_of_all_tables_are_named_on_one_page(page):
    file = looked_at(BOOKS["xlsx_with_a_hidden_sheet"], page.incident)
    assert "hidden sheet" in page("name_columns", file.pk)

    chosen = {f"column_{one.key}": one.element for one in file.columns.all()}
    page("name_columns", file.pk, **chosen, take_0="on")
    actions.store_rows(SourceFile.objects.get(), at=NOON)

    assert SourceRow.objects.count() == 7
    assert "Not taken in" in page("detail", file.pk)
    assert [seen.name for seen in opening.tables_of(file, Impounded([]))] == ["old", "Sheet"]
