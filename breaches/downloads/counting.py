"""Requests, download actions, recipients: each number with its rule in words. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

# COUNTER Code of Practice 7.2: two clicks within 30 seconds by one user are one.
CHAIN = timedelta(seconds=30)
HOLDERS = "ABCDUF"  # grades of clients that were sent content, or showed that they had it

RULES = {
    "requests": (
        "Requests inside the window that were answered with content of the file, by clients "
        "that are not our own checks, monitors or robots. HEAD, 304, one-byte ranges, redirects "
        "and refusals are listed, not counted."
    ),
    "actions": (
        "The same requests, where those of one client (user or address, and User-Agent) at most 30 "
        "seconds apart are one action (COUNTER 7.2); the parts of one transfer join it."
    ),
    "high": (
        "Each different address (IPv6: /64) and User-Agent that was sent content, or showed that "
        "it has a copy, is taken as one recipient."
    ),
    "point": (
        "Each different user who had signed in, else each address (IPv6: /64), is taken as one "
        "recipient. At least one person."
    ),
    "low": (
        "Each different network operator is taken as one recipient; where the operator is not "
        "known, neighbouring addresses (/24, IPv6 /48) are taken as one operator."
    ),
    "unknown": (
        "Lines that could be requests for the file and that no rule can read. A person decides "
        'each; until then the totals are "at least".'
    ),
    "own": "Content requests from networks named as ours: set aside, kept, shown here.",
    "monitor": "Content requests by monitoring services: set aside, kept, shown here.",
    "bot": (
        "Content requests by clients that call themselves robots: set aside from the count, but "
        "a robot's copy is a disclosure and its operator is a recipient."
    ),
    "outside": "Requests before the window opened or after it closed: listed, not counted.",
    "listed": "Requests inside the window that got no content: HEAD, 304, redirects, refusals.",
    "repeats": "Lines that an earlier imported log already holds: counted once.",
}


class Window(NamedTuple):
    """When the file could be had; None is an open end."""

    opened: datetime | None
    closed: datetime | None

    def place(self, at: datetime | None) -> str:
        """Return "before", "inside" or "after"."""
        if at is None:
            return "inside"
        if self.opened and at < self.opened:
            return "before"
        return "after" if self.closed and at >= self.closed else "inside"

    def overlaps(self, other: "Window") -> bool:
        """Say whether a moment may lie in both; an open end reaches as far as it can."""
        begins_late = self.opened and other.closed and self.opened >= other.closed
        ends_early = self.closed and other.opened and self.closed <= other.opened
        return not begins_late and not ends_early


class Seen(NamedTuple):
    """One request as the counts need it; networks and agents are blind indexes."""

    id: object
    at: datetime | None
    network: str
    agent: str
    client_class: str
    worth: str


class Holder(NamedTuple):
    """One acquisition as the counts need it."""

    network: str
    operator: str
    agents: int
    client_class: str
    grade: str


@dataclass
class Counts:
    """The four numbers, what was set aside, and whether the totals are only "at least"."""

    requests: int = 0
    actions: int = 0
    low: int = 0
    point: int = 0
    high: int = 0
    unknown: int = 0
    own: int = 0
    monitor: int = 0
    bot: int = 0
    outside: int = 0
    listed: int = 0
    repeats: int = 0
    by_grade: dict[str, int] = field(default_factory=dict)
    is_at_least: bool = False
    seconds_count: bool = True


def actions_of(events: Iterable[Seen], *, seconds_count: bool = True) -> list[list[Seen]]:
    """Return the requests grouped into download actions, in no order of time across clients.

    Where the clock of the log is broken every request stands alone.
    """
    clients: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for event in events:
        clients[event.network, event.agent].append(event)
    return [chain for rows in clients.values() for chain in _chains(rows, seconds_count)]


def recipients(holders: Sequence[Holder]) -> tuple[int, int, int]:
    """Return how many recipients there are: low, point, high."""
    kept = [row for row in holders if row.client_class == "unknown" and row.grade in HOLDERS]
    high = sum(max(1, row.agents) for row in kept)
    return len({row.operator for row in kept}), len({row.network for row in kept}), high


def by_grade(holders: Sequence[Holder]) -> dict[str, int]:
    """Return how many unrecognised clients have each grade."""
    found: dict[str, int] = {}
    for row in holders:
        if row.client_class == "unknown":
            found[row.grade] = found.get(row.grade, 0) + 1
    return dict(sorted(found.items()))


def _chains(rows: list[Seen], seconds_count: bool) -> list[list[Seen]]:
    dated = sorted(
        (row for row in rows if row.at), key=lambda row: row.at.timestamp() if row.at else 0.0
    )
    chains: list[list[Seen]] = []
    last: datetime | None = None
    for row in dated:
        near = seconds_count and last and row.at and row.at - last <= CHAIN
        if near:
            chains[-1].append(row)
        else:
            chains.append([row])
        last = row.at
    return chains + [[row] for row in rows if row.at is None]
