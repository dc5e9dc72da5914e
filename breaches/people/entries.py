"""One line of a register as facts in slots: what it says, and what is doubtful. Pure."""

from dataclasses import dataclass, field
from typing import Any

from breaches.leaks.vocabulary import IDENTIFIERS
from breaches.people import addresses, dates, identifiers
from breaches.people.countries import country, language

LINES = ("address", "address_2", "address_3", "address_4", "address_5")
NAMES = ("given", "middle", "family", "native", "full")
MORE_NAMES = ("second_family", "patronymic", "former", "alias")
PLAIN = ("sex", "language", "spoken", "written", "interpreter", "large_print")
# The facts that stand in a person's own document; the other slots are rows of their own.
FACTS = (*NAMES, *MORE_NAMES, "birth_date", "nationality", *PLAIN)
ALWAYS = (*NAMES, "birth_date", "nationality", "sex", "language")  # readers count on these
NO = {"", "no", "n", "false", "0", "-", "none", "n/a", "alive"}
YES = {"yes", "y", "true", "1", "si", "sí", "x"}
SCOPES = {"custody": "custody_bond_only", "bond": "custody_bond_only", "other": "other_only"}
FORMS = {"g28": "g28", "eoir28": "eoir28", "e28": "eoir28", "eoir27": "eoir27", "e27": "eoir27"}
GUARDIANS = {"parent", "legal_guardian", "sponsor", "agency"}

Said = dict[str, Any]


class BadEntry(ValueError):
    """The line cannot be taken in; the text says why."""


@dataclass(frozen=True)
class Entry:
    """A person as one line of the register has them; a slot that says nothing is not there."""

    key: str
    said: Said
    problems: list[str] = field(default_factory=list)


def entry(values: dict[str, str], order: dates.Order = dates.Order.UNKNOWN) -> Entry:
    """Return the person on one line, by column meaning; what is doubtful is said in `problems`.

    Raises BadEntry when the line names nobody.
    """
    names = {name: values.get(f"{name}_name", "") for name in NAMES}
    numbers = {kind: identifiers.normal(kind, values[kind]) for kind in _written(values)}
    numbers = {kind: value for kind, value in numbers.items() if value}
    if not any(names.values()) and not numbers:
        raise BadEntry("no name and no identifier")
    born = dates.parse(values.get("birth_date", ""), order)
    address, doubts = _address(values)
    said: Said = {
        **names,
        "second_family": values.get("second_family_name", ""),
        "patronymic": values.get("patronymic_name", ""),
        "former": values.get("former_name", ""),
        "alias": values.get("alias", ""),
        "birth_date": born,
        "nationality": values.get("nationality", ""),
        **_preferences(values),
        **{f"identifier.{kind}": value for kind, value in numbers.items()},
        "address": address,
        "counsel": _counsel(values),
        "guardian": _guardian(values),
        "death": _died(values.get("deceased_on", "")),
    }
    return Entry(
        key=values.get("internal_id") or numbers.get("a_number", "") or _likeness(names, born),
        said={slot: value for slot, value in said.items() if value},
        problems=[*_problems(values, born, numbers), *doubts, *_ambiguous(values, order)],
    )


def _written(values: dict[str, str]) -> list[str]:
    return [kind for kind in sorted(IDENTIFIERS) if values.get(kind)]


def _preferences(values: dict[str, str]) -> Said:
    return {
        "sex": values.get("sex", ""),
        "language": values.get("language", ""),
        "spoken": values.get("spoken_language", ""),
        "written": values.get("written_language", ""),
        "interpreter": is_yes(values.get("interpreter", "")),
        "large_print": is_yes(values.get("large_print", "")),
    }


def is_yes(text: str) -> bool:
    """Say whether a cell means yes."""
    return text.casefold().strip() in YES


def _died(text: str) -> str:
    # Anything else than a no is a death: a letter to the dead is worse than a question.
    return "" if text.casefold() in NO else dates.parse(text) or text


def _ambiguous(values: dict[str, str], order: dates.Order) -> list[str]:
    if order is dates.Order.UNKNOWN and dates.is_ambiguous(values.get("birth_date", "")):
        return ["day and month of the birth date could be either way round; read as month first"]
    return []


def _likeness(names: dict[str, str], born: str) -> str:
    return "|".join([*(name.casefold() for name in names.values()), born])


def _address(values: dict[str, str]) -> tuple[Said, list[str]]:
    lines = [values[name] for name in LINES if values.get(name)]
    place = [values[name] for name in ("city", "state", "postcode") if values.get(name)]
    if lines and place:
        lines.append(" ".join(place))
    if is_yes(values.get("no_fixed_address", "")):
        return {"is_nowhere": True}, []
    if not lines:
        return {}, []
    found = addresses.understood(lines, values.get("country", ""))
    if found.is_nowhere:
        return {"is_nowhere": True, "lines": list(found.lines)}, []
    said: Said = {
        "lines": [*lines, *_foreign(values, found)],
        "normal": list(found.normal),
        "country": found.country,
        "leads_to": found.leads_to,
    }
    if values.get("safe_address"):
        said["is_safe"] = is_yes(values["safe_address"])
    doubts = [f"the address: {problem}" for problem in found.problems]
    return said | ({"offer": found.offer} if found.offer else {}), doubts


def _foreign(values: dict[str, str], found: addresses.Address) -> list[str]:
    is_abroad = values.get("country") and found.country != addresses.HOME
    return [values["country"].upper()] if is_abroad else []


def _counsel(values: dict[str, str]) -> Said:
    if not values.get("counsel_name") and not values.get("counsel_firm"):
        return {}
    lines = [part.strip() for part in values.get("counsel_address", "").split(",") if part.strip()]
    form = "".join(filter(str.isalnum, values.get("counsel_form", "").casefold()))
    scope = values.get("counsel_scope", "").casefold()
    said: Said = {
        "practitioner": values.get("counsel_name", ""),
        "organisation": values.get("counsel_firm", ""),
        "lines": lines,
        "form": form and FORMS.get(form, "other"),
        "scope": scope and next((code for word, code in SCOPES.items() if word in scope), "all"),
    }
    return {name: value for name, value in said.items() if value}


def _guardian(values: dict[str, str]) -> Said:
    is_unsafe = is_yes(values.get("guardian_unsafe", ""))
    if not values.get("guardian_name") and not is_unsafe:
        return {}
    said: Said = {"name": values.get("guardian_name", "")}
    if values.get("guardian_unsafe"):
        said["is_unsafe"] = is_unsafe
    if kind := values.get("guardian_kind", "").casefold().strip().replace(" ", "_"):
        said["kind"] = kind if kind in GUARDIANS else "other"
    return said


def _problems(values: dict[str, str], born: str, numbers: dict[str, str]) -> list[str]:
    problems = []
    if values.get("birth_date") and not born:
        problems.append("the birth date is no date")
    doubtful = [kind for kind in _written(values) if kind != "a_number" or kind not in numbers]
    problems += [identifiers.problem(kind, values[kind]) for kind in doubtful]
    return [*filter(None, problems), *_unknown(values)]


def _unknown(values: dict[str, str]) -> list[str]:
    """Name what nobody knows, never the value: the person's own page shows it, with spellings."""
    return [
        f"the {code} is not known; the person's page offers spellings"
        for code, known in (("nationality", country), ("language", language))
        if values.get(code) and not known(values[code])
    ]
