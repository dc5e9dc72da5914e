"""What an address identifies, and who a client says it is."""

from ipaddress import ip_network

import pytest

from breaches.downloads import crawlers
from breaches.downloads.addresses import client
from breaches.downloads.clients import KnownNetwork, classify


@pytest.mark.parametrize(
    ("text", "key", "kind", "block"),
    [
        ("192.0.2.7", "192.0.2.7", "documentation", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.7", "documentation", "192.0.2.0/24"),
        ("64:ff9b::c000:207", "192.0.2.7", "documentation", "192.0.2.0/24"),
        ("2002:c000:207::1", "192.0.2.7", "documentation", "192.0.2.0/24"),
        ("192.0.2.7:51515", "192.0.2.7", "documentation", "192.0.2.0/24"),
        ("[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64", "documentation", "2001:db8:1::/48"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64", "documentation", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "special", "fe80::/48"),
        ("100.64.3.4", "100.64.3.4", "cgnat", "100.64.3.0/24"),
        ("10.1.2.3", "10.1.2.3", "private", "10.1.2.0/24"),
        ("fd00::1", "fd00::/64", "private", "fd00::/48"),
        ("127.0.0.1", "127.0.0.1", "loopback", "127.0.0.0/24"),
        ("224.0.0.1", "224.0.0.1", "special", "224.0.0.0/24"),
        ("8.8.8.8", "8.8.8.8", "public", "8.8.8.0/24"),
        ("Host.Isp.Example.", "host.isp.example", "name", "isp.example"),
        ("-", "-", "name", "-"),
    ],
)
def test_an_address_is_one_subscriber_of_a_kind(text, key, kind, block):
    assert client(text) == (key, kind, block)


CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/107.0 Safari/537.36"
OURS = [
    KnownNetwork(ip_network("198.51.100.0/28"), "own"),
    KnownNetwork(ip_network("2001:db8:aa::/48"), "monitor"),
]


@pytest.mark.parametrize(
    ("address", "agent", "code"),
    [
        ("192.0.2.7", CHROME, "unknown"),
        ("192.0.2.7", "-", "unknown"),
        ("192.0.2.7", "Mozilla/4.0", "unknown"),
        ("192.0.2.7", "curl/7.88.1", "unknown"),
        ("192.0.2.7", "Wget/1.21", "unknown"),
        ("192.0.2.7", "Mozilla/5.0 (compatible; Googlebot/2.1)", "bot"),
        ("192.0.2.7", "Slackbot-LinkExpanding 1.0", "bot"),
        ("192.0.2.7", "Mozilla/5.0 (compatible; UptimeRobot/2.0)", "monitor"),
        ("198.51.100.3", CHROME, "own"),
        ("::ffff:198.51.100.3", CHROME, "own"),
        ("198.51.100.3", "Mozilla/5.0 (compatible; Googlebot/2.1)", "own"),
        ("198.51.100.77", CHROME, "unknown"),
        ("2001:db8:aa:1::5", CHROME, "monitor"),
        ("host.example", CHROME, "unknown"),
    ],
)
def test_a_client_is_classified(address, agent, code):
    assert classify(address, agent, OURS).code == code


def test_the_class_comes_with_its_reason():
    assert "person drives" in classify("192.0.2.7", "curl/7.88.1", OURS).reason
    assert "search-engine" in classify("192.0.2.7", "Googlebot/2.1", OURS).reason


RANGES = (
    "# 2022-11-01\n192.0.2.0/28,Googlebot,\n2001:db8:66::/48,Googlebot,\n192.0.2.64/32,bingbot,\n"
)


@pytest.mark.parametrize(
    ("address", "agent", "code", "why"),
    [
        ("192.0.2.7", "Mozilla/5.0 (compatible; Googlebot/2.1)", "bot", "published for Googlebot"),
        ("2001:db8:66:1::5", CHROME, "bot", "published for Googlebot (file of 2022-11-01)"),
        ("192.0.2.99", "Mozilla/5.0 (compatible; Googlebot/2.1)", "unknown", "claims to be Goog"),
        ("192.0.2.99", "Slackbot-LinkExpanding 1.0", "bot", "nothing here can verify"),
        ("192.0.2.99", CHROME, "unknown", ""),
        ("198.51.100.3", "Mozilla/5.0 (compatible; Googlebot/2.1)", "own", "was named here"),
    ],
)
def test_a_robot_is_verified_by_published_ranges_never_by_its_word(
    tmp_path, address, agent, code, why
):
    path = tmp_path / "crawlers.csv"
    path.write_text(RANGES)

    found = crawlers.classify(address, agent, OURS, str(path))

    assert (found.code, why in found.reason) == (code, True)


@pytest.mark.parametrize(
    ("address", "agent", "code", "why"),
    [
        ("66.249.66.1", "Googlebot/2.1", "bot", "its network is that of Googlebot"),
        ("66.249.66.1", "bingbot/2.0", "unknown", "claims to be bingbot; its network is another's"),
        ("24.1.2.3", "Googlebot/2.1", "unknown", "claims to be Googlebot"),
        ("57.1.2.3", "facebookexternalhit/1.1", "bot", "its network is that of facebook"),
        ("24.1.2.3", "facebookexternalhit/1.1", "unknown", "claims to be facebookexternalhit"),
        ("192.0.2.99", "Googlebot/2.1", "bot", "nothing here can verify"),
        ("24.1.2.3", "Slackbot-LinkExpanding 1.0", "bot", "nothing here can verify"),
        ("24.1.2.3", CHROME, "unknown", ""),
    ],
)
def test_a_robot_is_doubted_where_its_network_is_known_to_be_anothers(
    tmp_path, address, agent, code, why
):
    path = tmp_path / "networks.csv"
    path.write_text(
        "# 2022-11-01\n24.0.0.0/8,COMCAST,US,7922\n66.249.64.0/19,GOOGLE,US,15169\n"
        "57.0.0.0/8,Facebook Inc.,US\n"
    )

    found = crawlers.classify(address, agent, OURS, "", str(path))

    assert (found.code, why in found.reason) == (code, True)
    assert len(found.reason) <= 80  # as long as the column


def test_without_a_file_a_robot_is_only_said_to_claim():
    agent = "Mozilla/5.0 (compatible; Googlebot/2.1)"
    found = crawlers.classify("192.0.2.7", agent, OURS, "")

    assert (found.code, "nothing here can verify" in found.reason) == ("bot", True)
