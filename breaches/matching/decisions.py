"""What agreement of identifier, name and birth date is worth. Pure: the rules, in order.

A false match tells a stranger that somebody sought asylum, so only an exact identifier with a
compatible name or birth date confirms by itself; a name alone, or a date alone, never does.
"""

from typing import NamedTuple

CONFIRM, REVIEW = "confirm", "review"


class Rule(NamedTuple):
    """One rule: what it decides, how it is said, and how strong a pair is under it."""

    decides: str
    words: str
    strength: int


RULES = {
    "identifier": Rule(CONFIRM, "The same A-number or other number, and the name or birth date fits.", 100),
    "identifier_conflict": Rule(REVIEW, "The same number, but name and birth date both contradict.", 60),
    "identifier_alone": Rule(REVIEW, "The same number, and nothing else to compare.", 70),
    "name_and_birth_date": Rule(REVIEW, "The same name and birth date; no number to compare.", 80),
    "number_differs": Rule(REVIEW, "The same name and birth date, but the numbers differ.", 50),
    "name_near_birth_date": Rule(REVIEW, "The same name, and a birth date that may be a slip.", 40),
    "similar_name_birth_date": Rule(REVIEW, "A similar name and the same birth date.", 35),
    "score": Rule(REVIEW, "No single rule fits, but all comparisons together speak for it.", 30),
    "name_without_birth_date": Rule(REVIEW, "The same name; one birth date is missing.", 20),
}  # fmt: skip


def rule(identifier: str, name: str, birth_date: str) -> str:
    """Return the code of the rule that fits, or "" when the pair is nothing.

    `identifier` is same, different or missing; see names and birth_dates for the others.
    """
    name_fits, date_fits = name in {"same", "similar"}, birth_date in {"same", "near"}
    if identifier == "same":
        if name_fits or date_fits:
            return "identifier"
        return "identifier_alone" if {name, birth_date} == {"missing"} else "identifier_conflict"
    if name == "same" and birth_date == "same":
        return "number_differs" if identifier == "different" else "name_and_birth_date"
    if identifier == "different":
        return ""
    by_agreement = {
        ("same", "near"): "name_near_birth_date",
        ("similar", "same"): "similar_name_birth_date",
        ("same", "missing"): "name_without_birth_date",
    }
    return by_agreement.get((name, birth_date), "")


def may_fit(identifier: str, birth_date: str) -> bool:
    """Say whether any rule can fit, whatever the names are."""
    if identifier == "same":
        return True
    return birth_date == "same" if identifier == "different" else birth_date != "different"
