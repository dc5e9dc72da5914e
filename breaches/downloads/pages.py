"""What the pages print: numbers with their rules in words, and opened lines."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from breaches.downloads import counting
from breaches.downloads.addresses import KINDS
from breaches.downloads.cautions import ALWAYS
from breaches.downloads.counting import Counts
from breaches.downloads.evidence_pass import PROBLEMS
from breaches.downloads.grades import GRADES, WORTHS, share
from breaches.downloads.models import (
    AccessEvent,
    Acquisition,
    LogSource,
    LogStatus,
    NamedNetwork,
)
from breaches.downloads.reading import samples
from breaches.downloads.reporting import Overview, cautions_of_log, times_of
from breaches.downloads.tallying import window_of

LABELS = {
    "requests": "requests",
    "actions": "download actions",
    "unknown": "lines to decide",
    "own": "our own checks",
    "monitor": "monitoring services",
    "bot": "robots",
    "listed": "without content",
    "outside": "outside the window",
    "repeats": "repeated in a later log",
}
MAIN = ("requests", "actions", "unknown")
ASIDE = ("own", "monitor", "bot", "listed", "outside", "repeats")


class Figure(NamedTuple):
    """A number, its rule in words, and the figure whose lines are behind it."""

    value: str
    label: str
    rule: str
    figure: str


class Line(NamedTuple):
    """One opened line."""

    event: AccessEvent
    raw: str
    address: str
    port: int | None
    log: str
    place: str
    worth: str
    problem: str


class ClientRow(NamedTuple):
    """One client with its grade in words; the document is opened."""

    row: Acquisition
    address: str
    network: str
    agents: list[str]
    user: str
    addresses: list[str]
    kind: str
    wording: str
    share: str


class NetworkRow(NamedTuple):
    """A named network, opened."""

    row: NamedNetwork
    network: str
    reason: str


def of_exposure(found: Overview) -> dict[str, Any]:
    """Return what the overview of one posted file prints."""
    counts = found.counts
    return {
        "exposure": found.exposure,
        "logs": found.logs,
        "figures": figures(counts, MAIN),
        "counts": counts,
        "recipient_rules": [(name, counting.RULES[name]) for name in ("low", "point", "high")],
        "aside": figures(counts, ASIDE),
        "grades": [(letter, GRADES[letter], n) for letter, n in counts.by_grade.items()],
        "cautions": found.cautions,
        "always": ALWAYS,
        "picture": found.picture,
    }


def figures(counts: Counts, names: Iterable[str]) -> list[Figure]:
    """Return the named counts as figures; "at least" is said where it holds."""
    values = asdict(counts)
    made = []
    for name in names:
        floor = ", at least" if counts.is_at_least and name in ("requests", "actions") else ""
        lines = "requests" if name == "actions" else name
        text = f"{values[name]:,}"
        made.append(Figure(text, f"{LABELS[name]}{floor}", counting.RULES[name], lines))
    return made


def figure(name: str) -> dict[str, str]:
    """Return the label and the rule of one figure."""
    return {"figure": name, "label": LABELS[name], "rule": counting.RULES[name]}


def lines(events: Iterable[AccessEvent]) -> list[Line]:
    """Open the raw lines of one page."""
    names: dict[int, str] = {}
    return [_line(event, names) for event in events]


def clients(rows: Iterable[Acquisition]) -> list[ClientRow]:
    """Open the clients of one page."""
    return [client(row) for row in rows]


def client(row: Acquisition) -> ClientRow:
    """Open one client."""
    document = row.document
    return ClientRow(
        row=row,
        address=document["address"],
        network=document["network_words"],
        agents=document["agents"],
        user=document.get("user", ""),
        addresses=document.get("addresses", []),
        kind=KINDS.get(row.address_kind, ""),
        wording=GRADES[row.grade],
        share=_share(row),
    )


def networks(rows: Iterable[NamedNetwork]) -> list[NetworkRow]:
    """Open the named networks."""
    opened = ((row, row.document) for row in rows)
    return [NetworkRow(row, found["network"], found["reason"]) for row, found in opened]


def of_log(log: LogSource) -> dict[str, Any]:
    """Return what the page of one log prints."""
    return {
        "name": log.evidence.document["file_name"],
        "evidence": log.evidence,
        "times": times_of(log),
        "cautions": cautions_of_log(log),
        "samples": samples(log) if log.status != LogStatus.REFUSED else [],
    }


def _share(row: Acquisition) -> str:
    size = row.exposure.file_size
    if row.grade in "EF":
        return "none sent"
    if row.grade == "D":
        return f"{share(row.bytes_lower, size)} to {share(row.bytes_upper, size)}"
    return share(row.bytes_upper, size) if row.grade != "U" else "not known"


def _line(event: AccessEvent, names: dict[int, str]) -> Line:
    document = event.document
    log = event.log_source
    if log.pk not in names:
        names[log.pk] = log.evidence.document["file_name"]
    raw = document["raw"].encode("latin-1").decode("utf-8", "replace")
    return Line(
        event=event,
        raw=raw,
        address=document["address"],
        port=document["port"],
        log=names[log.pk],
        place=window_of(event.exposure).place(event.at),
        worth=WORTHS.get(event.worth, event.worth),
        problem=PROBLEMS.get(event.problem, ""),
    )
