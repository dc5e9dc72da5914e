"""`./run downloads` says on files what the pages say of imported logs, without a database."""

import bz2
import gzip
import json
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
import zstandard
from django.core.management import CommandError, call_command

from tests.downloads import days

WINDOW = ["--from", "2022-11-28T14:45:00Z", "--to", "2022-11-28T19:45:00+00:00"]
ABOUT = ["--path", days.PATH, "--size", str(days.SIZE), *WINDOW, "--ours", days.OURS, "--json"]
ROOT = Path(__file__).parent.parent.parent


def told(*paths, options=ABOUT):
    """Return what the command prints."""
    out = StringIO()
    call_command("downloads", *map(str, paths), *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "access.log"
    path.write_bytes(days.the_day())
    return path


def test_the_day_of_the_six_downloads(log):
    found = told(log)

    counts = found["counts"]
    assert counts["by_grade"] == {"B": 5, "C": 1, "D": 1, "E": 2, "F": 1}
    assert (counts["requests"], counts["actions"], counts["unknown"]) == (11, 7, 1)
    assert counts["recipients"] == {"low": 4, "point": 8, "high": 8}
    assert counts["set_aside"] == {"own": 1, "monitor": 0, "bot": 1}
    assert counts["at_least"] is True


def test_a_file_is_described(log):
    found = told(log)["files"][0]

    content = days.the_day()
    assert found["lines"] == content.count(b"\n")
    assert (found["bytes"], found["sha256"]) == (len(content), sha256(content).hexdigest())
    assert found["first"] == "2022-11-28T12:45:00+00:00"
    assert found["last"] == "2022-11-28T21:24:55+00:00"
    assert len(found["unparsed"]) == 1
    unparsed = found["unparsed"][0]
    assert content.decode().splitlines()[unparsed["number"] - 1] == unparsed["text"]


def test_a_client_is_described(log):
    found = {row["address"]: row for row in told(log)["clients"]}

    twice = found["203.0.113.50"]
    assert twice["requests"] == {"GET": {"200": 2}}
    assert (twice["grade"], twice["actions"], twice["class"]) == ("B", 1, "unknown")
    assert (twice["first"], twice["last"]) == (
        "2022-11-28T17:05:00+00:00",
        "2022-11-28T17:05:24+00:00",
    )
    assert found["203.0.113.77"]["bytes_upper_bound"] == 400_000
    assert found["192.0.2.66"]["class"] == "bot"
    assert found[days.OURS]["class"] == "own"
    assert found["192.0.2.44"]["grade"] is None


def pack(content, how, path):
    if how == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("logs/access.log", content)
        return
    half = len(content) // 2
    one = {"gz": gzip.compress, "bz2": bz2.compress, "zst": zstandard.compress}[how]
    path.write_bytes(one(content[:half]) + one(content[half:]))


@pytest.mark.parametrize("how", ["gz", "bz2", "zst", "zip"])
def test_packed_files_of_many_members_say_the_same(tmp_path, how):
    path = tmp_path / f"access.{how}"
    pack(days.the_day(), how, path)

    found = told(path)

    assert found["counts"]["requests"] == 11
    assert found["files"][0]["lines"] == days.the_day().count(b"\n")


@pytest.mark.parametrize("how", ["gz", "bz2", "zst"])
def test_a_cut_file_is_read_as_far_as_it_goes(tmp_path, how):
    path = tmp_path / f"access.{how}"
    pack(days.the_day() * 3, how, path)
    path.write_bytes(path.read_bytes()[:-1000])

    found = told(path)

    assert found["counts"]["at_least"]
    assert found["counts"]["requests"] >= 11
    assert any("ends in the middle" in text for text in found["warnings"])


def test_rotated_logs_that_overlap_count_each_line_once(tmp_path, log):
    second = tmp_path / "access.log.1"
    second.write_bytes(days.the_day()[len(days.the_day()) // 3 :].partition(b"\n")[2])

    alone, both = told(log), told(log, second)

    assert both["counts"]["requests"] == alone["counts"]["requests"]
    assert both["counts"]["repeated_lines"] > 5


def test_nothing_found_is_an_answer_too(tmp_path):
    path = tmp_path / "other.log"
    path.write_bytes(days.text(days.noise()))

    found = told(path)

    assert found["clients"] == []
    assert found["counts"]["requests"] == found["counts"]["recipients"]["high"] == 0


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 5000, b"a,b\n1,2\n", b"%PDF-1.7", b"\n\n", b"\xff\xfeG\0"]
)
def test_a_file_that_is_no_log_is_said_not_raised(tmp_path, content):
    path = tmp_path / "odd.bin"
    path.write_bytes(content)

    found = told(path)

    assert found["counts"]["requests"] == 0
    assert any("odd.bin" in text for text in found["warnings"])


def test_without_a_size_no_copy_is_called_complete(log):
    found = told(log, options=["--path", days.PATH, "--json"])

    assert {row["grade"] for row in found["clients"]} <= {"U", "E", "F", None}
    assert any("size of the posted file" in text for text in found["warnings"])


def test_without_a_size_the_bytes_seen_are_given(log):
    found = told(log, options=["--path", days.PATH, "--json"])

    cut = next(row for row in found["clients"] if row["address"] == "203.0.113.77")
    assert (cut["grade"], cut["bytes_seen"], cut["bytes_upper_bound"]) == ("U", [400_000], None)
    assert not any("Incident page" in text for text in found["warnings"])
    assert any("Give --size" in text for text in found["warnings"])
    out = StringIO()
    call_command("downloads", str(log), "--path", days.PATH, stdout=out)
    assert "we cannot tell how much; bytes seen: 400,000" in out.getvalue()


def test_who_got_the_file_outside_the_window_did_not_get_nothing(log):
    found = {row["address"]: row["meaning"] for row in told(log)["clients"]}

    assert found["192.0.2.46"] == "got it outside the window only"
    assert found["192.0.2.44"] == "got nothing"


def test_a_format_of_ones_own_is_used(tmp_path):
    path = tmp_path / "own.log"
    line = f"2022-11-28T15:00:00+00:00|192.0.2.7|GET {days.PATH} HTTP/1.1|200|{days.SIZE}|OK"
    path.write_text(f"{line}\n")
    said = "$time_iso8601|$remote_addr|$request|$status|$body_bytes_sent|$request_completion"

    found = told(path, options=[*ABOUT, "--format", said])

    assert [row["grade"] for row in found["clients"]] == ["B"]


def test_a_mapping_file_is_used(tmp_path):
    path, mapping = tmp_path / "own.jsonl", tmp_path / "mapping.json"
    row = {"c": {"ip": "192.0.2.7"}, "at": 1669647600, "u": days.PATH, "s": 200, "n": days.SIZE}
    path.write_text(json.dumps(row) + "\n")
    names = {"address": "c.ip", "time": "at", "target": "u", "status": "s", "sent": "n"}
    mapping.write_text(json.dumps(names))

    found = told(path, options=[*ABOUT, "--mapping", str(mapping)])

    assert [row["grade"] for row in found["clients"]] == ["B"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--path", "/x", "--from", "yesterday"], "yesterday"),
        (["--path", "/x", "--ours", "here"], "here"),
        (["--path", "/x", "--format", "nonsense"], "Give auto"),
        (["--path", "/x", "--from", "2022-11-29", "--to", "2022-11-28"], "not before"),
        (["--path", "/x", "--size", "0"], "at least one byte"),
        (["--path", "/x", "--sha256", "abc"], "64 digits"),
        (["--path", " "], "give the path"),
        (["--path", "/x", "--format", ""], "--format: Give auto"),
        (["--path", "/x", "--from", "0001-01-01T00:00:00+14:00"], "no year from 1"),
        (["--path", "/x", "--to", "9999-12-31T23:59:59-14:00"], "no year from 1"),
    ],
)
def test_a_wrong_option_is_answered_with_a_sentence(log, options, words):
    with pytest.raises(CommandError, match=words):
        told(log, options=options)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b'{"a":' * 100_000, "too deeply"),
        (b"\xff\xfe", "UTF-8"),
        (b"{}", "lacks"),
    ],
)
def test_a_mapping_that_cannot_serve_is_named(log, tmp_path, content, words):
    path = tmp_path / "own mapping.json"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=f"own mapping.json.*{words}"):
        told(log, options=[*ABOUT, "--mapping", str(path)])


def test_half_a_pair_of_utf16_is_printed_as_it_was_escaped(tmp_path):
    path = tmp_path / "edge.jsonl"
    row = {"ClientIP": "203.0.113.9", "EdgeStartTimestamp": "2022-11-28T15:00:00Z"}
    row |= {"ClientRequestMethod": "GET", "ClientRequestURI": days.PATH}
    row |= {"EdgeResponseStatus": 200, "EdgeResponseBodyBytes": days.SIZE}
    row |= {"ClientRequestUserAgent": "a\ud800b", "EdgeResponseBytes": days.SIZE}
    path.write_text(json.dumps(row) + "\n")

    assert told(path)["clients"][0]["agents"] == ["a\ud800b"]


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_times_at_the_ends_of_the_calendar_are_moved_to_no_zone(tmp_path, year):
    path = tmp_path / "access.log"
    hour = "00" if year == "0001" else "23"
    lines = [
        days.line(n, f"203.0.113.{n}").replace("/2022:14", f"/{year}:{hour}") for n in range(4)
    ]
    path.write_bytes(days.text([line.replace("28/Nov", "01/Jan" if year == "0001" else "31/Dec")
                                for line in lines]))  # fmt: skip

    assert told(path)["counts"]["requests"] == 0


def test_of_many_lines_that_cannot_be_read_the_first_are_kept(tmp_path):
    path = tmp_path / "odd.log"
    path.write_bytes(b'{"uri":"/files/roster.xlsx"}\n' * 1500)

    found = told(path)

    assert found["counts"]["unknown"] == 1500
    assert len(found["files"][0]["unparsed"]) == 1000
    assert found["files"][0]["unparsed_without_text"] == 500
    assert any("1,500 lines could be" in text for text in found["warnings"])


def damaged(tmp_path, how):
    """Return a zip of two logs with something wrong in it."""
    path = tmp_path / "logs.zip"
    packing = {"lzma": zipfile.ZIP_LZMA, "bz2": zipfile.ZIP_BZIP2}.get(how, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(path, "w", packing) as packed:
        packed.writestr("a.log", days.text([days.line(10, "203.0.113.9"), *days.noise()]))
        packed.writestr("b.log", days.text([days.line(11, "203.0.113.10")]))
    content = bytearray(path.read_bytes())
    contents = content.find(b"PK\x01\x02")
    if how in ("cut", "end"):
        del content[-30 if how == "end" else -len(content) // 2 :]
        path.write_bytes(content)
        return path
    at = {"sum": contents + 16, "contents": contents, "middle": contents // 2}.get(how, 200)
    content[at : at + 20 * (how == "middle") + 1] = b"\xaa" * (20 * (how == "middle") + 1)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("how", "clients", "words"),
    [
        ("sum", ["203.0.113.9", "203.0.113.10"], "check sum is not the one"),
        ("middle", ["203.0.113.9", "203.0.113.10"], "a.log: "),
        ("lzma", ["203.0.113.10"], "It is damaged after line 0"),
        ("bz2", ["203.0.113.10"], "It is damaged after line 0"),
        ("contents", ["203.0.113.9", "203.0.113.10"], "damaged or cut off"),
        ("end", ["203.0.113.9", "203.0.113.10"], "damaged or cut off"),
        ("cut", ["203.0.113.9"], "a.log: It ends in the middle"),
    ],
)
def test_a_damaged_zip_is_read_as_far_as_it_goes(tmp_path, how, clients, words):
    found = told(damaged(tmp_path, how))

    assert [row["address"] for row in found["clients"]] == clients
    assert found["counts"]["at_least"]
    assert any(words in text for text in found["warnings"])
    assert not any("is empty" in text for text in found["warnings"])


def test_a_zip_from_a_pipe_is_answered_with_a_sentence(tmp_path):
    pipe, path = tmp_path / "pipe", tmp_path / "access.zip"
    pack(days.the_day(), "zip", path)
    os.mkfifo(pipe)
    with subprocess.Popen(["cp", str(path), str(pipe)]):
        found = told(pipe)

    assert any("cannot be read from a pipe" in text for text in found["warnings"])


def test_a_gzip_cut_before_its_first_line_is_not_called_empty(tmp_path):
    path = tmp_path / "access.gz"
    path.write_bytes(gzip.compress(days.the_day())[:14])

    found = told(path)

    assert any("ends in the middle" in text for text in found["warnings"])
    assert not any("is empty" in text for text in found["warnings"])


def test_a_folder_is_answered_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="is a folder"):
        told(tmp_path)


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\0" * 3000])
def test_what_editors_and_rotation_leave_before_a_line_hides_nobody(tmp_path, before):
    path = tmp_path / "access.log"
    path.write_bytes(before + days.text([days.line(20, "203.0.113.9")]))

    found = told(path)

    assert [row["address"] for row in found["clients"]] == ["203.0.113.9"]


def test_what_is_taken_on_trust_is_said(log):
    options = ["--path", days.PATH, "--size", "5", "--from", "2022-11-28T10:00:00", "--json"]

    found = told(log, options=options)["warnings"]

    assert "--from 2022-11-28T10:00:00 names no zone: it is taken as UTC." in found
    assert any("taken on trust" in text for text in found)


def test_a_missing_file_is_answered_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        told(tmp_path / "gone.log")


def test_it_runs_where_no_database_is(log):
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "manage.py", "downloads", str(log), *ABOUT]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)

    assert json.loads(done.stdout)["counts"]["requests"] == 11
