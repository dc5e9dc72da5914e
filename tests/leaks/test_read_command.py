"""`./run read` and the reader behind it say in a sentence what stops them."""

import pytest
from django.core.management import CommandError, call_command

from breaches.leaks.tabular import Unreadable, read
from breaches.leaks.texts import Wish
from tests.leaks.nasty.texts import LIST, zipped


def refusal(path, **options):
    with pytest.raises(CommandError) as said:
        call_command("read", str(path), **options)
    return str(said.value)


@pytest.mark.parametrize("encoding", ["bogus", "base64"])
def test_an_encoding_that_is_no_choice_is_answered_with_the_choices(tmp_path, encoding):
    assert "one of these: utf-8, " in refusal(tmp_path / "a.csv", encoding=encoding)


def test_a_delimiter_that_is_no_choice_is_answered_with_the_choices(tmp_path):
    assert "one of these: comma, semicolon, tab" in refusal(tmp_path / "a.csv", delimiter="ab")


def test_a_delimiter_may_be_called_by_its_name(tmp_path, capsys):
    (tmp_path / "a.csv").write_text(LIST)

    call_command("read", str(tmp_path / "a.csv"), delimiter="comma")

    assert "2 rows on sheet 1" in capsys.readouterr().out


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    assert refusal(tmp_path / "a.csv").startswith("There is no file")
    assert "is a folder" in refusal(tmp_path)


def test_a_fault_of_the_reader_is_not_called_a_lack_of_memory():
    with pytest.raises(Unreadable, match="not made for"):
        list(read([LIST.encode()], Wish(encoding="bogus")))


def test_a_reader_that_is_killed_took_too_much(tmp_path, monkeypatch):
    (tmp_path / "python").write_text("#!/bin/sh\nkill -9 $$\n")
    (tmp_path / "python").chmod(0o755)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))

    with pytest.raises(Unreadable, match="too much time or memory"):
        list(read([LIST.encode()]))


def test_a_sheet_carries_the_name_of_its_file_in_a_zip():
    items = read([zipped({"a.csv": LIST, "b.csv": LIST})])

    assert [one.name for one in items if hasattr(one, "is_hidden")] == ["a.csv", "b.csv"]
