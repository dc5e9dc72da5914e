"""One read of a log keeps every line about the file, each with what is wrong with it."""

import json
import time

import pytest

from breaches.downloads.coverage import Coverage
from breaches.downloads.evidence_pass import Cursor, steps
from breaches.downloads.formats import choice
from breaches.downloads.formats.combined import COMBINED
from breaches.downloads.formats.json_records import unfolded
from breaches.downloads.locators import locator
from breaches.downloads.streams import BLOCK

PATH = "/r/roster.xlsx"


def line(target=PATH, status=200, client="192.0.2.7"):
    asked = f'"GET {target} HTTP/1.1" {status} 1000'
    return f'{client} - - [28/Nov/2022:14:45:10 +0000] {asked} "-" "A"\n'.encode()


def hits(text, known=None, path=PATH):
    """Return the hits in a text, whose format is guessed if it is not given."""
    known = known or choice.guessed(text).format
    made = steps([text], locator(path), known, Cursor(), Coverage())
    return [hit for step in made for hit in step.hits]


@pytest.mark.parametrize(("status", "problem"), [(200, "case"), (499, "case"), (404, "")])
def test_other_capitals_that_were_answered_go_to_a_person(status, problem):
    assert [hit.problem for hit in hits(line("/R/ROSTER.XLSX", status))] == [problem]


@pytest.mark.parametrize(("client", "noted"), [("192.0.2.7", False), ("192.0.2.7, 10.0.0.1", True)])
def test_a_client_from_a_header_that_can_be_forged_is_said(client, noted):
    text = line(client=client)

    assert [hit.request.forwarded for hit in hits(text)] == [noted]
    for known in (choice.guessed(text).format, choice.in_force("combined", text)):
        assert ("forwarded" in known.notes) == noted


def worker(ray, parent, address="192.0.2.7"):
    row = {"ClientIP": address, "EdgeStartTimestamp": 1669646710, "EdgeResponseStatus": 200}
    row |= {"ClientRequestURI": PATH, "RayID": ray, "ParentRayID": parent}
    return json.dumps(row | {"WorkerSubrequest": parent != "00"}).encode() + b"\n"


def test_what_a_worker_asks_for_during_a_visit_is_no_second_visit():
    text = worker("b", "a") + worker("a", "00") + worker("c", "00") + worker("d", "gone")

    found = [(hit.request.visit, hit.problem) for hit in hits(text)]

    assert found == [("a", ""), ("c", ""), ("d", "subrequest")]


ENVELOPES = [{"separators": (",", ":")}, {}, {"indent": 1}]
MAPPING = (
    '{"address": "ClientIP", "time": "EdgeStartTimestamp", "target": "ClientRequestURI", '
    '"status": "EdgeResponseStatus"}'
)


def rows():
    return [json.loads(worker(str(number), "00")) for number in range(1, 4)]


@pytest.mark.parametrize("said", ["", MAPPING])
@pytest.mark.parametrize("layout", ENVELOPES)
@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_records_in_an_envelope_are_lines(said, layout, size):
    found = rows()
    found[1]["ClientRequestURI"] = '/other\n{["'
    for whole in ({"records": found}, {"count": 3, "records": found}, found):
        text = json.dumps(whole, **layout).encode() + b"\n"
        known = choice.in_force(said, text) if said else choice.guessed(text).format
        pieces = [text[at : at + size] for at in range(0, len(text), size)]

        made = steps(pieces, locator(PATH), known, Cursor(), Coverage())

        read = [hit for step in made for hit in step.hits]
        assert [hit.problem for hit in read] == ["", ""]
        assert all(text[hit.byte_offset :].startswith(b"{") for hit in read)


@pytest.mark.parametrize("layout", ENVELOPES)
def test_records_that_are_broken_or_cut_go_to_a_person(layout):
    text = json.dumps({"records": rows()}, **layout).encode()

    cut = [hit.problem for hit in hits(text[:-40])]
    broken = [hit.problem for hit in hits(text.replace(b'"2"', b'"2'))]
    missing = [hit.problem for hit in hits(text.replace(b'"2"', b"2 2"))]

    assert cut == ["", "", "shape"]
    assert broken[0] == ""
    assert missing == ["", "shape", ""]


@pytest.mark.parametrize("worst", [b" ", b'{"a":', b'{"', b"{", b'"'])
def test_the_worst_array_takes_no_time_and_moves_no_byte(worst):
    text = b"[{" + worst * (3_000_000 // len(worst))
    pieces = [text[at : at + 65536] for at in range(0, len(text), 65536)]
    started = time.process_time()

    made = b"".join(unfolded(pieces))

    assert len(made) == len(text)
    assert time.process_time() - started < 3.0


@pytest.mark.parametrize("into", range(16))
def test_a_line_longer_than_a_block_is_not_cut_inside_the_name(into):
    begin = line("").index(b" HTTP")
    before = BLOCK - begin - into
    text = line("/" * (before % 5) + "/x/.." * (before // 5) + "/r/%72oster.xlsx")

    assert [hit.problem for hit in hits(text, COMBINED)] == ["shape"]
