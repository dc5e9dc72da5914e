"""One read of a log keeps every line about the file, each with what is wrong with it."""

import json

import pytest

from breaches.downloads.coverage import Coverage
from breaches.downloads.evidence_pass import Cursor, steps
from breaches.downloads.formats import choice
from breaches.downloads.locators import locator

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
