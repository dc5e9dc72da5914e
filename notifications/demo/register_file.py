"""The register of the demonstration, as a CSV file. Pure, seeded."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from notifications.demo.crowd import Somebody
from notifications.demo.slips import misspelt, wrong_date

HEADERS = (
    *("client_id", "given_names", "family_names", "native_name", "a_number", "birth_date"),
    *("nationality", "sex", "language", "address_1", "address_2", "address_3", "address_4"),
    *("address_5", "postcode", "country", "safe_address", "counsel_name", "counsel_firm"),
    *("counsel_address", "deceased_on", "guardian_name", "guardian_unsafe"),
)


def namesakes(people: list[Somebody], fresh: list[Somebody], seed: int) -> list[Somebody]:
    """Return `fresh` people under the names of some of `people`: others, called the same."""
    dice = Random(seed)  # noqa: S311  (invented data, not a secret)
    chosen = dice.sample(people, min(len(fresh), len(people)))
    return [
        replace(new, given=old.given, family=old.family, native=old.native)
        for new, old in zip(fresh, chosen, strict=False)
    ]


def client_id(one: Somebody, tag: str) -> str:
    """Return what the register calls somebody; `tag` keeps the people of two crowds apart."""
    return f"C{tag}-{one.number:05}"


def register(people: Iterable[Somebody], seed: int, tag: str = "1") -> bytes:
    """Return the CSV, in UTF-8, one line for each of `people`."""
    dice = Random(seed)  # noqa: S311  (invented data, not a secret)
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(HEADERS)
    lines.writerows(_line(one, dice, tag) for one in people)
    return out.getvalue().encode()


def _line(one: Somebody, dice: Random, tag: str) -> list[str]:
    given, family, born = one.given, one.family, one.born
    if dice.random() < 0.06:
        given = misspelt(given, dice)
    if dice.random() < 0.04:
        born = wrong_date(born, dice)
    number = "" if dice.random() < 0.02 else one.a_number
    lines = [*one.address, *[""] * 5][:5]
    return [
        *(client_id(one, tag), f"{given} {one.middle}".strip(), family, one.native, number),
        *(str(born), one.nationality, one.sex, one.language, *lines, "", ""),
        "yes" if one.has_safe_address else "no",
        *((one.counsel, "Harbor Legal Aid") if one.counsel else ("", "")),
        "12 Court Square, Salem OR 97301" if one.counsel else "",
        "2023-01-15" if one.is_dead else "",
        *(one.guardian, "yes" if one.guardian_is_unsafe else "no" if one.guardian else ""),
    ]
