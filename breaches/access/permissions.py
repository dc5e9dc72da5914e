"""What each permission lets somebody do, in plain words, as the page of the staff says it. Pure."""

from itertools import groupby
from typing import NamedTuple

from breaches.access.rules import PERMISSIONS, ROLES

WORDS = {
    "incident.view": "see the incidents of their teams",
    "incident.open": "open an incident",
    "incident.edit": "record places, statements and other facts",
    "incident.close": "close an incident, open it again, ask for its end",
    "incident.end": "confirm an end that another person asked for: the key is destroyed",
    "team.manage": "choose who is on an incident's team",
    "staff.manage": "let people in, give and take roles",
    "file.view": "see the leaked files and who is in them",
    "file.import": "take in a leaked file",
    "file.map": "say what its columns hold, and seal its rows",
    "file.keep": "say how long a file is kept, delete it or columns of it",
    "register.view": "see the register",
    "register.import": "take in and apply a register",
    "register.edit": "change a person of the register",
    "facility.edit": "record places of detention and care",
    "address.view_impounded": "see impounded addresses",
    "match.view": "see which rows are whose, and why",
    "match.review": "decide who is who",
    "match.release": "let the model link by itself, and say how sure it must be",
    "person.view": "see the affected people",
    "log.view": "see downloads and insiders' access",
    "log.import": "take in logs and read them",
    "recipient.view": "see who holds the data, and what was demanded",
    "recipient.edit": "follow recipients, write demands, record answers",
    "demand.approve": "approve a demand that another person wrote",
    "wording.view": "see the wording of letters",
    "wording.edit": "write wording and hand it in",
    "wording.approve": "approve wording that another person wrote",
    "letter.view": "see notices and letters",
    "letter.order": "route notices and order letters",
    "letter.resolve": "resolve what is held, exclude somebody",
    "run.view": "see print runs",
    "run.build": "freeze a print run",
    "run.release": "release a print run that another person froze",
    "run.print": "fetch the file, record printing and posting",
    "audit.view": "read the audit logs and check that they are whole",
}


class Line(NamedTuple):
    """One permission: what it lets somebody do, and for each role whether it carries it."""

    words: str
    held: list[tuple[str, bool]]


def table() -> list[list[Line]]:
    """Return the permissions, those about one thing together, each with every role."""
    about = groupby(WORDS, lambda name: name.partition(".")[0])
    return [[_line(name) for name in names] for _, names in about]


def _line(name: str) -> Line:
    return Line(WORDS[name], [(role, role in PERMISSIONS[name]) for role in ROLES])
