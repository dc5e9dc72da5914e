"""`./run link` on files of labs: inputs stay, outputs are whole, and what is doubtful is said."""

import csv
import errno
import os
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from breaches.management.commands import link
from breaches.matching.linkage import mapping, tables
from tests.matching.columns import COLUMNS, leak_of, register
from tests.matching.test_linkage import MAP

HEADER = ",".join(COLUMNS) + "\n"
ADA = "1,Ada,Kovacs,1990-01-31,123456789,AA,Oak\n"
BEN = "2,Ben,Osei,1985-07-02,987654321,BB,Elm\n"


@pytest.fixture
def folder(tmp_path):
    people = register(60, seed=3)
    for name, table in (("left.csv", leak_of(people, 40, seed=4)), ("right.csv", people)):
        with (tmp_path / name).open("w", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *zip(*table.values(), strict=True)])
    (tmp_path / "map.toml").write_text(MAP)
    return tmp_path


def linked(folder, left="left.csv", out="pairs.csv"):
    said, doubts = StringIO(), StringIO()
    paths = [str(folder / left), str(folder / "right.csv")]
    options = {"map": folder / "map.toml", "out": folder / out}
    call_command("link", *paths, **options, stdout=said, stderr=doubts)
    return said.getvalue(), doubts.getvalue()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("out", ["left.csv", "right.csv", "map.toml", "./soft.csv", "hard.csv"])
def test_what_is_read_is_never_written_by_whatever_name(folder, out):
    (folder / "soft.csv").symlink_to(folder / "left.csv")
    os.link(folder / "right.csv", folder / "hard.csv")
    before = contents(folder)

    with pytest.raises(CommandError, match="which is read: name another file"):
        linked(folder, out=out)

    assert contents(folder) == before


@pytest.mark.parametrize(
    ("out", "fault"),
    [("/dev/full", "/dev/full: No space left"), ("no/pairs.csv", "no/pairs.csv: No such"),
     (".", "Is a directory")],
)  # fmt: skip
def test_an_output_that_cannot_be_written_is_said_plainly(folder, out, fault):
    before = contents(folder)

    with pytest.raises(CommandError, match=fault):
        linked(folder, out=out)

    assert contents(folder) == before


def test_a_disk_that_fills_up_leaves_the_earlier_output(folder, monkeypatch):
    def lines(*_):
        yield ["1", "2"]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (folder / "pairs.csv").write_text("of yesterday")
    before = contents(folder)
    monkeypatch.setattr(link, "_lines", lines)

    with pytest.raises(CommandError, match=r"pairs\.csv: No space left"):
        linked(folder)

    assert contents(folder) == before


def test_an_output_stays_as_private_as_it_was_and_a_link_to_it_a_link(folder):
    (folder / "pairs.csv").touch(mode=0o600)
    (folder / "soft.csv").symlink_to("pairs.csv")

    linked(folder, out="soft.csv")

    assert (folder / "soft.csv").is_symlink()
    assert (folder / "pairs.csv").read_text().startswith("left_id,")
    assert (folder / "pairs.csv").stat().st_mode & 0o777 == 0o600


def test_pairs_go_down_a_pipe(folder):
    os.mkfifo(folder / "pipe")
    read = []
    reader = Thread(target=lambda: read.append((folder / "pipe").read_text()), daemon=True)
    reader.start()

    linked(folder, out="pipe")

    reader.join(10)
    assert read[0].count("\n") > 40


def test_pairs_printed_have_no_summary_among_them(folder, capfd):
    summary = linked(folder, out="/dev/stdout")

    assert summary[0] == ""
    assert "pairs scored" in summary[1]
    assert capfd.readouterr().out.startswith("left_id,")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEADER + BEN + ADA.replace("Kov", '"Kov') + BEN * 9, "from line 3 on: a quotation mark"),
        (HEADER + BEN + ADA.replace("Kovacs", '"Kov" acs') + BEN, "from line 3 on"),
        (HEADER.replace("given", '"given') + ADA + BEN, "from line 1 on"),
        (HEADER, "nothing to link"),
        (HEADER + BEN + "\n" + ADA[1:], r"without an id: 1 \(line 4\)"),
        (HEADER + ADA[1:] * 6, "without an id: 6 .lines 2, 3, 4, 5, 6 and more"),
        (HEADER.replace("town", "given") + ADA, "has 2 columns named 'given'"),
        ("\n" + HEADER + ADA, "is empty"),
    ],
)
def test_a_file_that_cannot_be_traced_is_refused_and_nothing_is_left(folder, text, fault):
    (folder / "bad.csv").write_text(text)
    if "named" in fault:
        (folder / "map.toml").write_text('id = "id"\ngiven = "given"\n')
    before = contents(folder)

    with pytest.raises(CommandError, match=fault) as refused:
        linked(folder, "bad.csv")

    assert contents(folder) == before
    assert not any(word in str(refused.value) for word in ("Ada", "Kov", "1990", "Ben"))


def test_what_is_doubtful_is_said_by_line_and_the_pairs_are_written(folder):
    (folder / "odd.csv").write_text(HEADER + ADA + ADA.replace("Oak", '"Oak\nLane"') + BEN)

    _, doubts = linked(folder, "odd.csv")

    assert "share their id with another: 2 (lines 2, 3)" in doubts
    assert "over several lines: 1 (line 3)" in doubts
    assert "Ada" not in doubts
    assert (folder / "pairs.csv").exists()


def test_long_cells_empty_rows_and_headings_of_two_lines_are_read(tmp_path):
    file, long = tmp_path / "long.csv", "x" * 900_000
    file.write_text(f'id,"full\r\nname"\r\n1,"Ada, {long}"\r\n,\r\n2, "Osei, Ben"\r\n')

    table, doubts = tables.read(file, mapping.Mapping(id="id", full="full\nname"))

    assert table == {"id": ["1", "2"], "full\nname": [f"Ada, {long}", "Osei, Ben"]}
    assert doubts == []
