"""One person as routing and letters need to know them. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """A postal address, a line each."""

    lines: tuple[str, ...]
    is_safe: bool = False
    is_impounded: bool = False
    is_do_not_contact: bool = False


@dataclass(frozen=True)
class Counsel:
    """The representative of record."""

    practitioner: str
    organisation: str
    lines: tuple[str, ...]
    scope: str = "all"


@dataclass(frozen=True)
class PersonCard:
    """A person, opened; contacts with the best first."""

    name: str
    birth_date: str = ""
    nationality: str = ""
    language: str = ""
    is_dead: bool = False
    guardian: str = ""
    guardian_is_unsafe: bool = False
    counsel: Counsel | None = None
    contacts: tuple[Contact, ...] = ()
