"""One line of a register, as data. Pure."""

from dataclasses import dataclass, field
from typing import Any

from breaches.leaks.vocabulary import IDENTIFIERS
from breaches.people import dates, identifiers

ADDRESS = ("address", "address_2", "address_3", "address_4", "address_5")
NAMES = ("given", "middle", "family", "native", "full")
NO = {"", "no", "n", "false", "0", "-", "none", "n/a", "alive"}
YES = {"yes", "y", "true", "1", "si", "sí", "x"}


class BadEntry(ValueError):
    """The line cannot be taken in; the text says why."""


@dataclass(frozen=True)
class Entry:
    """A person as the register has them."""

    key: str
    person: dict[str, Any]
    identifiers: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    is_safe: bool = False
    counsel: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def names(self) -> str:
        """Return every name of the person in one text."""
        return " ".join(self.person[name] for name in NAMES)


def entry(values: dict[str, str], order: dates.Order = dates.Order.UNKNOWN) -> Entry:
    """Return the person on one line, by data element; what is doubtful is said in `problems`.

    Raises BadEntry when the line names nobody.
    """
    names = {name: values.get(f"{name}_name", "") for name in NAMES}
    found = {kind: identifiers.normal(kind, values.get(kind, "")) for kind in sorted(IDENTIFIERS)}
    found = {kind: value for kind, value in found.items() if value}
    if not any(names.values()) and not found:
        raise BadEntry("no name and no identifier")
    born = dates.parse(values.get("birth_date", ""), order)
    return Entry(
        key=values.get("internal_id") or found.get("a_number", "") or _likeness(names, born),
        person={
            **names,
            "birth_date": born,
            "nationality": values.get("nationality", ""),
            "sex": values.get("sex", ""),
            "language": values.get("language", ""),
            "deceased_on": _died(values.get("deceased_on", "")),
            "guardian": values.get("guardian_name", ""),
            "guardian_unsafe": values.get("guardian_unsafe", "").casefold() in YES,
        },
        identifiers=found,
        lines=_address(values),
        is_safe=values.get("safe_address", "").casefold() in YES,
        counsel=_counsel(values),
        problems=[*_problems(values, born, found), *_ambiguous(values, order)],
    )


def _died(text: str) -> str:
    # Anything else than a no is a death: a letter to the dead is worse than a question.
    return "" if text.casefold() in NO else dates.parse(text) or text


def _ambiguous(values: dict[str, str], order: dates.Order) -> list[str]:
    if order is dates.Order.UNKNOWN and dates.is_ambiguous(values.get("birth_date", "")):
        return ["day and month of the birth date could be either way round; read as month first"]
    return []


def _likeness(names: dict[str, str], born: str) -> str:
    return "|".join([*(name.casefold() for name in names.values()), born])


def _address(values: dict[str, str]) -> list[str]:
    lines = [values[name] for name in ADDRESS if values.get(name)]
    place = [values[name] for name in ("city", "state", "postcode") if values.get(name)]
    country = values.get("country", "")
    if lines and place:
        lines.append(" ".join(place))
    if lines and country.casefold() not in {"", "us", "usa", "united states"}:
        lines.append(country.upper())
    return lines


def _counsel(values: dict[str, str]) -> dict[str, Any]:
    if not values.get("counsel_name") and not values.get("counsel_firm"):
        return {}
    lines = [part.strip() for part in values.get("counsel_address", "").split(",") if part.strip()]
    return {
        "practitioner": values.get("counsel_name", ""),
        "organisation": values.get("counsel_firm", ""),
        "lines": lines,
    }


def _problems(values: dict[str, str], born: str, found: dict[str, str]) -> list[str]:
    problems = []
    if values.get("birth_date") and not born:
        problems.append("the birth date is no date")
    if values.get("a_number") and "a_number" not in found:
        problems.append("the A-number has not seven to nine digits")
    return problems
