"""Leaked rows and people of the register as one table, for the statistical engine. Pure."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from breaches.leaks.vocabulary import IDENTIFIERS
from breaches.matching import names
from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.mapping import Mapping
from breaches.people import dates, identifiers
from breaches.people.queries import RegisterPerson

NUMBERS = tuple(sorted(IDENTIFIERS))
MAP = Mapping(
    id="id",
    given="given",
    family="family",
    full="full",
    birth_date=("born",),
    ids=NUMBERS,
    strata="nationality",
)


class Record(NamedTuple):
    """One side of a comparison. Somebody with a name in their own script has two."""

    pk: UUID
    given: str
    family: str
    full: str
    born: str
    numbers: dict[str, str]
    nationality: str


def of_row(pk: UUID, values: dict[str, str]) -> Record:
    """Return a leaked row, given by data element."""
    given = " ".join(values[part] for part in ("given_name", "middle_name") if values.get(part))
    family = values.get("family_name", "")
    full = "" if given or family else values.get("full_name") or values.get("native_name", "")
    born = values.get("birth_date", "")
    numbers = {kind: identifiers.normal(kind, values.get(kind, "")) for kind in NUMBERS}
    return Record(
        *(pk, given, family, full, dates.parse(born) or born),
        *(numbers, values.get("nationality", "")),
    )


def of_person(person: RegisterPerson) -> list[Record]:
    """Return a person as written, and once more under the name in their own script."""
    facts = (person.birth_date, person.identifiers, person.nationality)
    full = "" if person.given or person.family else person.full or person.native
    found = [Record(person.pk, person.given, person.family, full, *facts)]
    written = names.tokens(f"{person.given} {person.family}".strip() or full)
    if person.native and names.tokens(person.native) != written:
        found.append(Record(person.pk, "", "", person.native, *facts))
    return found


def table(records: Iterable[Record]) -> Table:
    """Return records as the columns of MAP."""
    listed = list(records)
    columns: Table = {
        "id": [one.pk.hex for one in listed],
        "given": [one.given for one in listed],
        "family": [one.family for one in listed],
        "full": [one.full for one in listed],
        "born": [one.born for one in listed],
        "nationality": [one.nationality for one in listed],
    }
    return columns | {kind: [one.numbers.get(kind, "") for one in listed] for kind in NUMBERS}
