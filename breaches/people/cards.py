"""One person as routing and letters need to know them. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """A postal address, a line each; of an impounded one there are no lines at all."""

    lines: tuple[str, ...]
    is_safe: bool = False
    is_impounded: bool = False
    is_do_not_contact: bool = False


@dataclass(frozen=True)
class Counsel:
    """A representative of record, by form and scope of the appearance."""

    practitioner: str
    organisation: str
    lines: tuple[str, ...]
    scope: str = "all"
    form: str = "other"


@dataclass(frozen=True)
class Custody:
    """Where somebody is held, and what that place asks of an envelope."""

    facility: str
    lines: tuple[str, ...]
    on_envelope: str = "name"
    number: str = ""
    legal_mail_rule: str = ""
    is_checked: bool = False


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
    custody: Custody | None = None
    next_of_kin: str = ""
    next_of_kin_lines: tuple[str, ...] = ()
    guardian_lines: tuple[str, ...] = ()
    is_large_print: bool = False
    needs_interpreter: bool = False
    has_no_fixed_address: bool = False
