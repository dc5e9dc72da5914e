"""How a name comes apart: surnames, particles, patronymic, order, script. Pure.

The name stays as given; these are readings of it, and a person of the staff may say otherwise.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii

# Small words that belong to the surname behind them.
PARTICLES = frozenset(
    {
        *("de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du", "van", "von"),
        *("der", "den", "ter", "ten", "al", "el", "bin", "bint", "ibn", "abu", "ben", "y", "e"),
        *("ould", "mint", "san", "santa"),
    }
)
PATRONYMIC = re.compile(
    r"\w+(?:ovich|evich|ovych|evych|ovna|evna|ivna|yivna|ович|евич|овна|евна|івна|йович)",
    re.IGNORECASE,
)
SON_OF = re.compile(r"\b(?:bin|ibn|bint|ould|mint|ogly|oglu|qizi|kyzy)\b\s*(\w+)?", re.IGNORECASE)
TWO_SURNAMES = frozenset(
    [
        "AR",
        "BO",
        "CL",
        "CO",
        "CR",
        "CU",
        "DO",
        "EC",
        "ES",
        "GQ",
        "GT",
        "HN",
        "MX",
        "NI",
        "PA",
        "PE",
        "PR",
        "PY",
        "SV",
        "UY",
        "VE",
    ]
)
FAMILY_FIRST = frozenset(["CN", "HK", "JP", "KH", "KP", "KR", "MO", "SG", "TW", "VN"])
HAN_OR_HANGUL = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]")
GIVEN_THEN_FAMILY, FAMILY_THEN_GIVEN = "given name first", "family name first"


@dataclass(frozen=True)
class NameParts:
    """A name taken apart; what it has not is empty."""

    given: str = ""
    patronymic: str = ""
    surnames: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    order: str = GIVEN_THEN_FAMILY
    is_single: bool = False
    native: str = ""
    transliteration: str = ""


def parts_of(facts: Mapping[str, Any], country: str = "") -> NameParts:
    """Take a name apart; `country` (ISO 3166-1 alpha-2) says whose habits it follows."""
    given, family, order = _given_and_family(facts, country)
    surnames = _surnames(family, facts.get("second_family", ""), country)
    native = facts.get("native", "")
    return NameParts(
        given=given,
        patronymic=facts.get("patronymic") or _patronymic(given, facts.get("middle", ""), family),
        surnames=surnames,
        particles=tuple(word for word in family.split() if word.casefold() in PARTICLES),
        order=order,
        is_single=len(f"{given} {family}".split()) == 1,
        native=native,
        transliteration="" if native.isascii() else anyascii(native).strip(),
    )


def _given_and_family(facts: Mapping[str, Any], country: str) -> tuple[str, str, str]:
    given, family = facts.get("given", ""), facts.get("family", "")
    is_eastern = country in FAMILY_FIRST or bool(HAN_OR_HANGUL.search(facts.get("native", "")))
    order = FAMILY_THEN_GIVEN if is_eastern else GIVEN_THEN_FAMILY
    if given or family:
        return given, family, order
    return _from_full(facts.get("full", ""), order)


def _from_full(full: str, order: str) -> tuple[str, str, str]:
    """Part a name written as one: at its comma, else by its habit; never a single name."""
    before, comma, after = (part.strip() for part in full.partition(","))
    if comma and after:
        return after, before, FAMILY_THEN_GIVEN
    words = full.split()
    if len(words) < 2:
        return full.strip(), "", order
    if order == FAMILY_THEN_GIVEN:
        return " ".join(words[1:]), words[0], order
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:]), order


def _surnames(family: str, second: str, country: str) -> tuple[str, ...]:
    """Return one surname or two, each with its own particles."""
    found: list[str] = []
    waiting: list[str] = []
    for word in family.split():
        waiting.append(word)
        if word.casefold() not in PARTICLES:
            found.append(" ".join(waiting))
            waiting = []
    found += [" ".join(waiting)] if waiting else []
    if country not in TWO_SURNAMES or len(found) != 2:
        found = [family] if family else []
    return (*found, second) if second else tuple(found)


def _patronymic(given: str, middle: str, family: str) -> str:
    for word in f"{given} {middle}".split()[1:]:
        if PATRONYMIC.fullmatch(word):
            return word
    found = SON_OF.search(f"{given} {middle} {family}")
    return found[0].strip() if found and found[1] else ""
