"""Which fact of the register a column holds: by its header, correctable by a person. Pure."""

from typing import NamedTuple

from breaches.leaks.header_words import named
from breaches.leaks.vocabulary import ELEMENTS, IDENTIFIERS, NAMES


class Own(NamedTuple):
    """What only a register has: a code, what it is called, and how headers call it."""

    label: str
    headers: tuple[str, ...]


OWN = {
    "second_family_name": Own("second surname", ("second last name", "second surname", "apellido materno", "segundo apellido", "second family name")),
    "patronymic_name": Own("patronymic", ("patronymic", "patronymic name")),
    "former_name": Own("former names", ("former name", "former names", "maiden name", "birth name")),
    "spoken_language": Own("language spoken", ("spoken language", "language spoken", "best language", "interpreter language")),
    "written_language": Own("language read", ("written language", "language written", "reading language")),
    "interpreter": Own("whether an interpreter is needed", ("interpreter", "interpreter needed", "needs interpreter")),
    "large_print": Own("whether letters are in large print", ("large print",)),
    "no_fixed_address": Own("whether there is no fixed address", ("no fixed address", "homeless", "unhoused")),
    "counsel_form": Own("form of appearance", ("counsel form", "representation form", "appearance form")),
    "counsel_scope": Own("scope of appearance", ("counsel scope", "representation scope", "appearance scope")),
    "guardian_kind": Own("kind of guardian", ("guardian kind", "guardian relationship", "guardian relation")),
}  # fmt: skip
SLOT_OF = {
    **{f"{part}_name": part for part in ("given", "middle", "family", "native", "full", "former")},
    "second_family_name": "second_family",
    "patronymic_name": "patronymic",
    "alias": "alias",
    **{kind: f"identifier.{kind}" for kind in IDENTIFIERS},
    **{f"address_{number}": "address" for number in range(2, 6)},
    **dict.fromkeys(("address", "city", "state", "postcode", "country"), "address"),
    "safe_address": "address",
    "no_fixed_address": "address",
    **{f"counsel_{part}": "counsel" for part in ("name", "firm", "address", "form", "scope")},
    **{f"guardian_{part}": "guardian" for part in ("name", "unsafe", "kind")},
    "deceased_on": "death",
    "language": "language",
    "spoken_language": "spoken",
    "written_language": "written",
    **{code: code for code in ("birth_date", "nationality", "sex", "interpreter", "large_print")},
}
TAKEN = frozenset({*SLOT_OF, "internal_id"})
_OWN_HEADERS = {header: code for code, own in OWN.items() for header in own.headers}


def meaning(header: str) -> str:
    """Return what a column of a register probably holds, or "" when nothing that is taken in."""
    code = named(header, _OWN_HEADERS) or named(header)
    return code if code in TAKEN else ""


def choices() -> list[tuple[str, str]]:
    """Return what a column may hold, each with its label, to choose from."""
    labels = {code: own.label for code, own in OWN.items()}
    labels |= {code: ELEMENTS[code].label for code in TAKEN if code in ELEMENTS}
    return sorted(labels.items(), key=lambda item: item[1])


def names_somebody(meanings: set[str]) -> bool:
    """Say whether columns of these meanings can tell who a row is about."""
    return bool(meanings & (NAMES | IDENTIFIERS))


def slots(meanings: set[str]) -> frozenset[str]:
    """Return the facts that a file with columns of these meanings speaks of."""
    return frozenset(SLOT_OF[code] for code in meanings if code in SLOT_OF)
