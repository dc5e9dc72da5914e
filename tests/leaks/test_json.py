"""JSON as tables: every value of a file stands in some row, whatever wraps it."""

import json

import pytest

from breaches.leaks.lines import as_text
from breaches.leaks.objects import is_json, tables

PEOPLE = [{"name": "Doe"}, {"name": "Roe"}]


def read(text):
    return [(name, list(rows)) for name, rows in tables(text)]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_in_an_object_is_a_table_and_what_stands_beside_it_a_row(indent):
    found = read(json.dumps({"office": "Reno", "found": {"people": PEOPLE}}, indent=indent))

    assert found == [
        ("found.people", [(0, ["name"]), (1, ["Doe"]), (2, ["Roe"])]),
        ("", [(0, ["office"]), (1, ["Reno"])]),
    ]


def test_objects_by_key_are_a_row_each_with_their_key():
    assert read(json.dumps({"A1": PEOPLE[0], "A2": PEOPLE[1]})) == [
        ("", [(0, ["key", "name"]), (1, ["A1", "Doe"]), (2, ["A2", "Roe"])])
    ]


def test_one_person_with_values_in_values_is_one_row():
    person = {"name": {"first": "Ada"}, "birth": {"day": "1990-01-02"}}

    assert read(json.dumps(person)) == [
        ("", [(0, ["name.first", "birth.day"]), (1, ["Ada", "1990-01-02"])])
    ]


def test_a_key_that_comes_again_loses_no_value():
    assert read('[{"a": "1", "a": "2", "a (2)": "3", "b.c": "4", "b": {"c": "5"}}]') == [
        ("", [(0, ["a", "a (2)", "a (2) (2)", "b.c", "b.c (2)"]), (1, ["1", "2", "3", "4", "5"])])
    ]


def test_lines_keep_their_numbers_and_their_line_separators():
    assert read('{"name": "A\u2028B"}\n\n{"name": "C"}') == [
        ("", [(0, ["name"]), (1, ["A\u2028B"]), (3, ["C"])])
    ]


def test_half_a_letter_is_replaced_where_text_enters():
    assert as_text("Doe \ud83d") == "Doe \ufffd"


@pytest.mark.parametrize("text", ["[Name],[DOB]\n", "[1],[2]\n", "{3F25-4F89},Doe\n", "[sic] a\n"])
def test_a_csv_may_begin_with_a_bracket(text):
    assert not is_json(text)


@pytest.mark.parametrize("text", ["[]", '{"a":1}', " [\n{", '["a"]', "[1, 2]\n", "{}", "[[1"])
def test_json_is_known_by_what_follows_its_bracket(text):
    assert is_json(text)
