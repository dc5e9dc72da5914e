"""The files of the demonstration keep the proportions of the posting, at any size."""

import csv
from hashlib import sha256
from io import StringIO

import pytest

from notifications.demo.crowd import CANARIES
from notifications.demo.material import make, shape
from notifications.demo.register_file import HEADERS


@pytest.fixture(scope="module")
def material():
    return make(80, 4)


def clients_of(material):
    return list(csv.DictReader(StringIO(material.register.decode(), newline="")))


def test_two_makings_with_one_seed_are_the_same_bytes(material):
    again = make(80, 4)

    for one, other in zip(material[:3], again[:3], strict=True):
        assert sha256(one).hexdigest() == sha256(other).hexdigest()


def test_the_full_size_is_that_of_2022():
    plan = shape(6252)

    assert (plan.rows, plan.known, plan.log_lines) == (6252, 6100, 300_000)
    assert plan.known + plan.namesakes + plan.strangers == 9000


def test_the_truth_names_clients_of_the_register(material):
    clients = {row["client_id"] for row in clients_of(material)}
    known = {one for one in material.truth.values() if one}

    assert len(material.truth) == 80
    assert len(known) == shape(80).known
    assert known <= clients


def test_crowds_of_different_seeds_have_no_client_in_common(material):
    clients = {row["client_id"] for row in clients_of(material)}
    others = {row["client_id"] for row in clients_of(make(80, 5))}

    assert not clients & others


def test_the_register_has_the_agreed_headers_and_the_canaries(material):
    rows = clients_of(material)

    assert tuple(rows[0]) == HEADERS
    assert {family for _, family in CANARIES.values()} <= {row["family_names"] for row in rows}
