"""Networks are named by a dated table of this machine, whichever kind it is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from breaches.downloads import cautions, networks
from breaches.downloads.tables.network import Unreadable
from config import checks
from tests.downloads import days, made_tables

DEBIAN = Path("/usr/share/libloc-location/location.db")
CSV = "# 2022-10-29\n198.51.100.0/24,Example Mobile,US,64501\n2001:db8:1::/48,Example Fibre,MX\n"
LIBLOC = made_tables.libloc(
    [
        ("198.51.0.0/16", "CA", 64500, "Example Transit", 0),
        ("198.51.100.0/24", "US", 64501, "Example Mobile", 5),
        ("2001:db8:1::/48", "MX", 64502, "Example Fibre", 0),
    ]
)
MMDB = made_tables.mmdb(
    "198.51.100.0/24",
    {
        "autonomous_system_number": 64501,
        "autonomous_system_organization": "Example Mobile and Telephone Company",
    },
)


@pytest.fixture
def table(tmp_path):
    def make(content, name="table.db"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    yield make
    networks.table_at.cache_clear()


@pytest.mark.parametrize(
    ("content", "address", "words"),
    [
        (CSV, "198.51.100.7", "Example Mobile, AS64501, US (table of 2022-10-29)"),
        (CSV, "2001:db8:1:2::/64", "Example Fibre, MX (table of 2022-10-29)"),
        (CSV, "203.0.113.5", "unknown network (table of 2022-10-29)"),
        (LIBLOC, "198.51.100.7", "Example Mobile, AS64501, US, anonymous proxy, anycast"),
        (LIBLOC, "198.51.7.7", "Example Transit, AS64500, CA (table of 2022-10-29)"),
        (LIBLOC, "::ffff:198.51.7.7", "Example Transit, AS64500, CA (table of 2022-10-29)"),
        (LIBLOC, "2001:db8:1:2::/64", "Example Fibre, AS64502, MX (table of 2022-10-29)"),
        (LIBLOC, "2001:db8:2::/64", "unknown network (table of 2022-10-29)"),
        (LIBLOC, "host.isp.example", "unknown network (table of 2022-10-29)"),
        (MMDB, "198.51.100.7", "Example Mobile and Telephone Company, AS64501"),
        (MMDB, "192.0.2.1", "unknown network (table of 2022-10-29)"),
    ],
)
def test_every_kind_of_table_names_networks_and_its_date(table, content, address, words):
    found = networks.name_of(address, table(content))

    assert found.words.startswith(words)
    assert found.dated == date(2022, 10, 29)


def test_without_a_table_nothing_waits_for_it():
    assert networks.name_of("198.51.100.7", "") == networks.UNKNOWN
    assert networks.UNKNOWN.words == "unknown network"


@pytest.mark.parametrize("content", [b"LOCDBXX\x09", b"neither", b"# no date\n", b"# \xff\n", b""])
def test_a_table_that_cannot_be_read_is_said_at_the_start_and_stops_nothing(
    table, content, settings
):
    settings.NETWORK_TABLE = table(content)

    with pytest.raises(Unreadable):
        networks.table_at(settings.NETWORK_TABLE)
    assert networks.name_of("198.51.100.7", settings.NETWORK_TABLE) == networks.UNKNOWN
    assert [row.id for row in checks.networks_can_be_named()] == ["redress.E008"]


def test_a_missing_table_is_said_at_the_start(settings, tmp_path):
    settings.NETWORK_TABLE = str(tmp_path / "nothing.db")
    assert [row.id for row in checks.networks_can_be_named()] == ["redress.E008"]

    settings.NETWORK_TABLE = ""
    assert checks.networks_can_be_named() == []


def test_a_table_far_from_the_incident_is_said():
    at = datetime(2022, 11, 28, tzinfo=UTC)

    assert cautions.of_networks(date(2022, 10, 29), at) == []
    assert "1124 days" in cautions.of_networks(date(2019, 10, 31), at)[0].text
    assert "libloc-database" in cautions.of_networks(None, at)[0].text


@pytest.mark.django_db
def test_one_operator_with_two_names_is_one_in_the_lowest_count(table, settings):
    settings.NETWORK_TABLE = table(
        "# 2022-10-29\n192.0.2.0/24,Example Mobile,US,64501\n203.0.113.0/24,EXMOB,US,64501\n"
    )
    log = days.read_log(days.text([days.line(10), days.line(20, "203.0.113.5")]))

    found = days.counts(log)

    assert (found.low, found.point) == (1, 2)
    assert log.exposure.acquisitions.first().document["network_dated"] == "2022-10-29"


@pytest.mark.skipif(not DEBIAN.exists(), reason="libloc-database is not installed")
def test_the_database_of_debian_is_read():
    found = networks.name_of("2001:4860:4860::8888", str(DEBIAN))

    assert (found.name, found.number, found.country) == ("GOOGLE", 15169, "US")
    assert found.dated >= date(2022, 1, 1)
