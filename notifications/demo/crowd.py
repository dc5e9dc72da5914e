"""Invented people: the same seed makes the same ones. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from notifications.demo.name_lists import SHARES, Names

SNAPSHOT = date(2022, 11, 19)
STREETS = (
    *("Maple", "Oak", "Cedar", "Elm", "Pine", "Birch"),
    *("Walnut", "Chestnut", "Willow", "Juniper", "Alder", "Laurel"),
)
KINDS = ["Street", "Avenue", "Road", "Lane", "Court", "Drive"]
TOWNS = (
    ("Springfield", "IL", "62701"), ("Riverton", "NJ", "08077"), ("Fairview", "TX", "75069"),
    ("Greenville", "SC", "29601"), ("Salem", "OR", "97301"), ("Clinton", "LA", "70722"),
    ("Georgetown", "KY", "40324"), ("Franklin", "TN", "37064"), ("Ashland", "VA", "23005"),
)  # fmt: skip
PLACES = ("North Creek", "Dry Lake", "Pine Ridge", "Stone Valley", "Red Mesa", "Cold Spring")
FACILITIES = tuple(f"{place} Processing Center" for place in PLACES)
COUNSEL = tuple(f"{name} Doe" for name in ("Harriet", "Leon", "Ruth", "Simon", "Vera", "Noel"))


# Names like no other, so that a test can look for them wherever they must not lie in clear.
CANARIES = {
    0: ("Ubaldina", "Quetzalvander"),
    1: ("Zephyrinho", "Wojnarovello"),
    2: ("Ixchelita", "Brzeczkowitz"),
}


@dataclass(frozen=True)
class Somebody:
    """One invented person as they truly are."""

    number: int
    given: str
    middle: str
    family: str
    native: str
    a_number: str
    born: date
    nationality: str
    language: str
    sex: str
    facility: str
    fear_result: str
    address: tuple[str, ...]
    counsel: str = ""
    is_dead: bool = False
    guardian: str = ""
    guardian_is_unsafe: bool = False
    has_safe_address: bool = False


def crowd(count: int, seed: int) -> Iterator[Somebody]:
    """Yield `count` people, each with an own A-number."""
    dice = Random(seed)  # noqa: S311  (invented data, not a secret)
    numbers = dice.sample(range(200_000_000, 219_999_999), count)
    lists = [names for names, _ in SHARES]
    weights = [share for _, share in SHARES]
    for number, digits in enumerate(numbers):
        names = dice.choices(lists, weights)[0]
        one = _with_circumstances(_somebody(dice, number, digits, names), dice)
        yield _as_canary(one) if number in CANARIES else one


def _somebody(dice: Random, number: int, digits: int, names: Names) -> Somebody:
    sex = dice.choice("FM")
    first = dice.choice(names.female if sex == "F" else names.male)
    last = dice.choice(names.family)
    family = f"{last} {dice.choice(names.family)}" if names.has_two_surnames else last
    native = " ".join(names.native.get(part, "") for part in (first, last)).strip()
    is_whole = first in names.native and last in names.native
    return Somebody(
        number=number,
        given=first,
        middle=dice.choice(names.male) if dice.random() < 0.25 else "",
        family=family,
        native=native if is_whole else "",
        a_number=f"A{digits}",
        born=_born(dice),
        nationality=dice.choice(names.nationalities),
        language=names.language,
        sex=sex,
        facility=dice.choice(FACILITIES),
        fear_result=dice.choices(("positive", "negative", "pending"), (5, 3, 2))[0],
        address=_address(dice),
    )


def _as_canary(one: Somebody) -> Somebody:
    given, family = CANARIES[one.number]
    return replace(one, given=given, family=family, native="")


def _born(dice: Random) -> date:
    if dice.random() < 0.06:  # dates that lists make up when nobody knows
        return date(dice.randrange(1960, 2004), 1, 1)
    youngest = 17 * 365 if dice.random() < 0.04 else 19 * 365
    return SNAPSHOT - timedelta(days=dice.randrange(youngest, 60 * 365))


def _address(dice: Random) -> tuple[str, ...]:
    street = f"{dice.randrange(1, 9900)} {dice.choice(STREETS)} {dice.choice(KINDS)}"
    town, state, postcode = dice.choice(TOWNS)
    flat = (f"Apt {dice.randrange(1, 40)}",) if dice.random() < 0.3 else ()
    return (street, *flat, f"{town} {state} {postcode}")


def _with_circumstances(one: Somebody, dice: Random) -> Somebody:
    """Give some people counsel, a guardian, a safe address, or no address."""
    luck = dice.random()
    if luck < 0.02:
        return replace(one, address=())
    if luck < 0.07:
        return replace(one, counsel=dice.choice(COUNSEL))
    if luck < 0.09:
        return replace(one, has_safe_address=True, address=("PO Box 77", "Salem OR 97301"))
    if luck < 0.095:
        return replace(one, is_dead=True)
    if luck < 0.105:
        return replace(one, guardian=f"{one.family} Guardian", guardian_is_unsafe=luck < 0.1)
    return one
