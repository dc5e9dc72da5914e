"""What rosters and audit logs of case systems say, in our words. Pure.

Column names are those that such exports were seen to use; a person corrects the guess.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple


class Field(NamedTuple):
    """Something a column may hold, and headings that say so (lower case, letters only)."""

    label: str
    headings: tuple[str, ...]
    is_needed: bool = False


ACCOUNT = Field(
    "Account",
    ("account", "user", "username", "userid", "login", "actor", "principal", "employeeid"),
    is_needed=True,
)
ROSTER = {
    "account": ACCOUNT,
    "name": Field("Name of the person", ("name", "fullname", "displayname", "employee")),
    "role": Field("Role or rights", ("role", "rights", "permission", "profile", "accesslevel")),
    "system": Field("System", ("system", "application", "app", "database")),
    "granted": Field("From", ("granted", "grantedat", "from", "start", "startdate", "dategranted")),
    "revoked": Field(
        "Until", ("revoked", "revokedat", "until", "to", "end", "enddate", "disabled")
    ),
    "approved_by": Field("Approved by", ("approvedby", "approver", "authorizedby", "manager")),
    "scope": Field(
        "What part of the records (unit, facility; empty: all)",
        ("scope", "facility", "unit", "location", "site", "office", "accessscope"),
    ),
    "need": Field("Reason or training", ("reason", "justification", "need", "training", "purpose")),
}
LOG = {
    "account": ACCOUNT,
    "time": Field(
        "Time",
        ("time", "timestamp", "datetime", "date", "at", "eventtime", "accessedat", "when"),
        is_needed=True,
    ),
    "action": Field("Action", ("action", "event", "operation", "eventtype", "activity", "verb")),
    "record": Field(
        "Number of the record or person",
        (
            "record",
            "recordid",
            "anumber",
            "alien",
            "aliennumber",
            "clientid",
            "personid",
            "subject",
        ),
    ),
    "task": Field("Task or ticket", ("task", "ticket", "case", "workitem", "taskid", "reasoncode")),
    "page": Field("Page or screen", ("page", "screen", "url", "path", "module", "view", "form")),
    "query": Field("Query", ("query", "search", "searchterm", "sql", "filter", "criteria")),
    "results": Field("Records in the answer", ("results", "rows", "rowcount", "count", "hits")),
    "address": Field("Address of the machine", ("ip", "ipaddress", "address", "sourceip", "host")),
}
FIELDS = {"roster": ROSTER, "log": LOG}
ACTIONS = {
    "view": "opened a record",
    "search": "searched",
    "export": "took records out",
    "change": "changed a record",
    "other": "did something else",
}
WORDS = {
    "export": ("export", "download", "print", "extract", "copy", "bulk", "report", "send"),
    "change": ("update", "edit", "change", "modify", "create", "insert", "delete", "save", "write"),
    "search": ("search", "query", "find", "lookup", "list", "select", "filter"),
    "view": ("view", "open", "read", "display", "access", "get", "show"),
}
FORMS = (
    *("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M"),
    *("%m/%d/%Y", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d-%b-%Y %H:%M:%S"),
)
EVERYTHING = {"all", "any", "everything", "everywhere", "national", "nationwide", "global"}


class BadTime(ValueError):
    """The text is no time."""


def suggest(kind: str, headings: Sequence[str]) -> dict[str, int]:
    """Return the likely column of each field of a roster or log; each column serves once."""
    plain = [re.sub(r"[^a-z]", "", heading.lower()) for heading in headings]
    found: dict[str, int] = {}
    for field, about in FIELDS[kind].items():
        best = next(
            (plain.index(word) for word in about.headings
             if word in plain and plain.index(word) not in found.values()),
            None,
        )  # fmt: skip
        if best is not None:
            found[field] = best
    return found


def missing(kind: str, columns: Iterable[str]) -> list[str]:
    """Return the labels of the fields that must have a column and have none."""
    named = set(columns)
    return [
        about.label
        for field, about in FIELDS[kind].items()
        if about.is_needed and field not in named
    ]


def action_of(text: str) -> str:
    """Return a key into ACTIONS for what a log calls an action; graver ones first."""
    lowered = text.lower()
    return next(
        (code for code, words in WORDS.items() if any(word in lowered for word in words)), "other"
    )


def moment(text: str, zone: tzinfo) -> datetime:
    """Return the time that `text` says, taken in `zone` where it names none. Raises BadTime."""
    text = text.strip()
    try:
        at = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        at = _by_form(text)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def scope_of(text: str) -> frozenset[str] | None:
    """Return the places that a roster's scope names, as `place` writes them; None means all."""
    named = {place(part) for part in re.split(r"[;|\n]", text)} - {""}
    return None if not named or named & EVERYTHING else frozenset(named)


def place(text: str) -> str:
    """Return the name of a unit or facility so that two spellings of it are one."""
    return re.sub(r"[\W_]+", "", text.casefold())


def overlap(
    one: tuple[datetime | None, datetime | None], other: tuple[datetime | None, datetime | None]
) -> bool:
    """Say whether two times (from, until; None is open) share a moment."""
    return _before(one[0], other[1]) and _before(other[0], one[1])


def _before(start: datetime | None, end: datetime | None) -> bool:
    return start is None or end is None or start < end


def is_covered(at: datetime, grants: Iterable[tuple[datetime | None, datetime | None]]) -> bool:
    """Say whether one of the grants (from, until) of an account holds at a moment."""
    return any(
        (since is None or since <= at) and (until is None or at < until) for since, until in grants
    )


def _by_form(text: str) -> datetime:
    for form in FORMS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  (the caller adds the zone)
        except ValueError:
            continue
    raise BadTime("its time cannot be read")
