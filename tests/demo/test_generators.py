"""The same seed makes the same bytes; what is made has the shape that it says."""

import gzip
import re
from hashlib import sha256
from ipaddress import ip_address, ip_network

import pytest

from breaches.leaks import tabular
from notifications.demo.access_log import PATH, access_log
from notifications.demo.crowd import crowd
from notifications.demo.leaked_file import HEADERS, workbook
from notifications.demo.register_file import namesakes, register

DOCUMENTATION = [ip_network(f"{net}.0/24") for net in ("192.0.2", "198.51.100", "203.0.113")]


def everything(seed):
    people = list(crowd(50, seed))
    return [workbook(people, seed), register(people, seed), access_log(500, 1_000_000, seed)]


def test_the_same_seed_makes_the_same_bytes():
    first, again, other = (
        [sha256(made).hexdigest() for made in everything(seed)] for seed in (7, 7, 8)
    )

    assert first == again
    assert not set(first) & set(other)


def test_the_workbook_has_a_row_for_each_person():
    items = tabular.read([workbook(crowd(30, 1), 1)])
    rows = [item for item in items if isinstance(item, tabular.Row)]

    assert tuple(rows[0].cells) == HEADERS
    assert len(rows) == 1 + 30


def test_the_log_speaks_of_documentation_addresses_only():
    lines = gzip.decompress(access_log(400, 1_000_000, 3)).decode().splitlines()
    addresses = {ip_address(line.split()[0]) for line in lines}

    assert len(lines) == 400
    assert all(any(one in net for net in DOCUMENTATION) for one in addresses)
    assert sum(PATH in line for line in lines) > 6


def test_namesakes_are_other_people_of_the_same_name():
    people = list(crowd(40, 1))
    others = namesakes(people[:20], people[20:25], 1)

    assert len(others) == 5
    assert {one.given for one in others} <= {one.given for one in people[:20]}
    assert not {one.a_number for one in others} & {one.a_number for one in people[:20]}


@pytest.mark.parametrize("count", [1, 100])
def test_numbers_are_distinct(count):
    numbers = [one.a_number for one in crowd(count, 5)]

    assert len(set(numbers)) == count
    assert all(re.fullmatch(r"A\d{9}", number) for number in numbers)
