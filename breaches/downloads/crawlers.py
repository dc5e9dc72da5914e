"""Whether a robot is whose it says it is, by a dated file of published ranges. Pure.

A User-Agent is a claim that anybody can make. The file is a table as in `tables.csv_table`: its
date, then network and name of the crawler (published ranges, or addresses whose names were
confirmed forwards and backwards). It must name every range of each crawler that it names.
"""

from collections.abc import Sequence

from breaches.downloads import clients, networks
from breaches.downloads.clients import Class, KnownNetwork
from breaches.downloads.tables.csv_table import CsvTable
from breaches.downloads.tables.network import Unreadable


def classify(address: str, agent: str, known: Sequence[KnownNetwork], path: str) -> Class:
    """Return the class of a client; the file at `path` is asked, "" means there is no file.

    In a published range it is that robot, whatever it says. Outside the ranges of the one it
    claims to be, it is nobody we know: it counts, and is not set aside.
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
    return Class("bot", f"{kind.reason}; nothing here can verify that")


def _names(path: str) -> list[str]:
    try:
        table = networks.table_at(path)
    except Unreadable:
        return []
    return table.names if isinstance(table, CsvTable) else []
