"""The field language: one pass, everything escaped, gaps found before anything is printed."""

import pytest

from notifications.wording import fields
from notifications.wording.starters import INITIAL


def test_a_value_is_printed_as_it_is():
    html = fields.to_html("Dear ((Name)),", {"name": "<b>((elements))</b> {{ x }}"})

    assert html == "<p>Dear &lt;b&gt;((elements))&lt;/b&gt; {{ x }},</p>"


def test_a_list_alone_on_a_bullet_is_a_bullet_each():
    html = fields.to_html("# What\n* ((elements))", {"elements": ["A & B", "C"]})

    assert html == "<h2>What</h2>\n<ul><li>A &amp; B</li><li>C</li></ul>"


def test_steps_and_conditions():
    text = "1. One\n2. ((contact_phone??Call us.))\n\n((holder??x))"

    assert fields.to_html(text, {"contact_phone": "1"}) == "<ol><li>One</li><li>Call us.</li></ol>"


def test_names_match_without_marks():
    assert fields.fields_of("((Letter-Date)) ((letter date))") == ["letter_date"]


@pytest.mark.parametrize("text", ["((passport))", "((name", "name))", "((flagg??x))"])
def test_a_slip_is_found_on_saving(text):
    assert fields.problems(text)


def test_a_gap_is_named():
    assert fields.missing("((name)) ((holder??x))", {"name": ""}) == ["name"]


@pytest.mark.parametrize("language", INITIAL)
def test_the_starter_texts_have_no_slip_and_the_same_fields(language):
    text = INITIAL[language]

    assert not fields.problems(text.subject + text.body)
    assert set(fields.fields_of(text.body)) == set(fields.fields_of(INITIAL["en"].body))
