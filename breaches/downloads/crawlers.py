"""Whether a robot is whose it says it is, by a dated file of published ranges. Pure.

A User-Agent is a claim that anybody can make. The file is a table as in `tables.csv_table`: its
date, then network and name of the crawler (published ranges, or addresses whose names were
confirmed forwards and backwards). It must name every range of each crawler that it names.
"""

from collections.abc import Sequence
from typing import NamedTuple

from breaches.downloads import clients, networks
from breaches.downloads.clients import Class, KnownNetwork
from breaches.downloads.tables.csv_table import CsvTable
from breaches.downloads.tables.network import Unreadable


class Home(NamedTuple):
    """The systems (AS) from which a robot comes, and a word in their names."""

    numbers: frozenset[int]
    word: str


# Only robots that come from nowhere else; of the others the table of networks proves nothing.
HOMES = {
    "Googlebot": Home(frozenset({15169}), "google"),
    "bingbot": Home(frozenset({8075}), "microsoft"),
    "YandexBot": Home(frozenset({13238, 208722}), "yandex"),
    "Applebot": Home(frozenset({714, 6185}), "apple"),
    "facebookexternalhit": Home(frozenset({32934}), "facebook"),
    "Twitterbot": Home(frozenset({13414}), "twitter"),
    "archive.org_bot": Home(frozenset({7941}), "internet archive"),
}


def classify(
    address: str, agent: str, known: Sequence[KnownNetwork], path: str, table: str = ""
) -> Class:
    """Return the class of a client; the file at `path` is asked, "" means there is no file.

    In a published range it is that robot, whatever it says. Outside the ranges of the one it
    claims to be, and where the `table` of networks knows another operator, it is nobody we know:
    it counts, and is not set aside.
    """
    kind = clients.classify(address, agent, known)
    if kind.is_named:
        return kind
    found = networks.name_of(address, path)
    if found.name:
        reason = f"its address is in a range published for {found.name} (file of {found.dated})"
        return Class("bot", reason)
    if kind.code != "bot":
        return kind
    lowered = agent.lower()
    claimed = next((name for name in _names(path) if name.lower() in lowered), "")
    if claimed:
        reason = f"it claims to be {claimed}, but from no range published (file of {found.dated})"
        return Class("unknown", reason)
    return _by_home(kind, address, lowered, table)


def _by_home(kind: Class, address: str, lowered: str, table: str) -> Class:
    """Return the class of what calls itself a robot, by the dated table of networks."""
    claimed = next((name for name in HOMES if name.lower() in lowered), "")
    found = networks.name_of(address, table) if claimed else networks.NetworkName()
    if not found.operator:
        return Class("bot", f"{kind.reason}; nothing here can verify that")
    home = HOMES[claimed]
    is_home = found.number in home.numbers if found.number else home.word in found.name.lower()
    if is_home:
        return Class("bot", f"its network is that of {claimed} (table of {found.dated})")
    reason = f"claims to be {claimed}; its network is another's (table of {found.dated})"
    return Class("unknown", reason)


def _names(path: str) -> list[str]:
    try:
        table = networks.table_at(path)
    except Unreadable:
        return []
    return table.names if isinstance(table, CsvTable) else []
