"""A second person approves; a changed source makes its translations stale."""

import pytest
from django.core.management import call_command

from notifications.wording import actions, queries
from notifications.wording.actions import Draft, install_starters
from notifications.wording.models import TemplateVersion, VersionStatus
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db


def approved():
    versions = install_starters(by=make_user(), at=NOON)
    for version in versions:
        actions.approve_version(version, by=make_user(), at=NOON)
    return versions


def test_the_author_cannot_approve():
    author = make_user()
    english, _ = install_starters(by=author, at=NOON)

    with pytest.raises(actions.NeedsSecondPerson):
        actions.approve_version(english, by=author, at=NOON)

    assert queries.active_version("initial", "en") is None


def test_a_new_text_retires_the_old_and_its_translation_goes_stale():
    english, spanish = approved()
    draft = Draft("en", english.subject, english.body + "\nMore.")
    new = actions.write_version(english.template, draft, by=make_user(), at=NOON)

    actions.approve_version(new, by=make_user(), at=NOON)

    spanish.refresh_from_db()
    assert queries.active_version("initial", "en") == new
    assert spanish.status == VersionStatus.STALE
    assert queries.active_version("initial", "es") is None


def test_a_text_with_an_unknown_field_is_not_kept():
    english, _ = approved()

    draft = Draft("en", "S", "((salary))")
    with pytest.raises(actions.BadWording, match="salary"):
        actions.write_version(english.template, draft, by=make_user(), at=NOON)

    assert TemplateVersion.objects.count() == 2


def test_a_translation_with_other_fields_is_not_kept():
    english, _ = approved()

    draft = Draft("es", "S", "((name))", translation_of=english)
    with pytest.raises(actions.BadWording, match="same fields"):
        actions.write_version(english.template, draft, by=make_user(), at=NOON)


def test_a_translation_keeps_the_numbers_of_its_source():
    english, spanish = install_starters(by=make_user(), at=NOON)
    changed = Draft("es", "Aviso", f"{spanish.body}\nLlame en 72 horas.", translation_of=english)

    with pytest.raises(actions.BadWording, match="the same numbers and addresses; look at 72"):
        actions.write_version(english.template, changed, by=make_user(), at=NOON)


def test_the_texts_are_brought_in_by_a_command_once(capsys):
    author = make_user("caseworker")

    call_command("install_wording", author.username)
    call_command("install_wording", author.username)

    assert TemplateVersion.objects.count() == 6  # two languages, four letters to recipients
    assert "6 texts" in capsys.readouterr().out


def test_a_translation_of_a_replaced_text_is_not_approved():
    english, spanish = install_starters(by=make_user(), at=NOON)
    actions.approve_version(english, by=make_user(), at=NOON)
    draft = Draft("en", english.subject, english.body + "\nMore.")
    newer = actions.write_version(english.template, draft, by=make_user(), at=NOON)
    actions.approve_version(newer, by=make_user(), at=NOON)

    with pytest.raises(actions.SourceReplaced):
        actions.approve_version(spanish, by=make_user(), at=NOON)
