"""Invented people in eleven name cultures and six scripts, a register of them, and a leak.

Half of the leaked people are in the register; of the others every eighth is a relative of
somebody there: the same family name and place, a neighbouring number. Two in a hundred are
registered twice, three in a hundred are leaked twice. The register writes four in ten names of
people with another script in it; the leak writes Latin capitals, with the slips that lists have.
Names come from faker; the same seed makes the same people. A register of more than a million
is filled up with strangers (matching_strangers.py).
"""

import importlib
import random
from bisect import bisect
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from anyascii import anyascii

from benchmarks.matching_strangers import strangers
from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.mapping import Mapping

COLUMNS = ("id", "given", "family", "born", "number", "nationality", "sex", "place")
MAP = Mapping(
    id="id",
    given="given",
    family="family",
    birth_date=("born",),
    ids=("number",),
    strata="nationality",
    attributes={"nationality": "exact", "sex": "exact", "place": "fuzzy"},
)
PIECE = 50_000
ONE_BY_ONE = 1_000_000  # of a larger register: those who can be in the leak
MIXED_FROM = 200_000  # of them: whom the others are mixed from
PLACES = [
    f"{name} {kind}"
    for name in ("NORTH CREEK", "DRY LAKE", "PINE RIDGE", "STONE VALLEY", "RED MESA", "COLD SPRING",
                 "BLUE RIVER", "HIGH PLAINS", "OAK HOLLOW", "SALT FLAT", "MAPLE BAY", "IRON GATE")
    for kind in ("DET CENTER", "PROCESSING CTR", "HOLDING FACILITY", "COUNTY JAIL")
]  # fmt: skip
ARABIC = """محمد:mohammed,muhammad,mohamed أحمد:ahmed,ahmad علي:ali,aly حسن:hassan,hasan
حسين:hussein,hussain,husein عبدالله:abdullah,abdallah خالد:khaled,khalid يوسف:yousef,yusuf,youssef
إبراهيم:ibrahim,ebrahim عمر:omar,umar مصطفى:mustafa,mostafa محمود:mahmoud,mahmud سعيد:saeed,said
طارق:tarek,tariq كريم:karim,kareem فاطمة:fatima,fatma عائشة:aisha,aysha مريم:maryam,mariam
زينب:zainab,zeinab خديجة:khadija,khadijah نور:nour,noor ليلى:layla,leila أمينة:amina,aminah
حداد:haddad,hadad خليل:khalil منصور:mansour,mansur شريف:sharif,shareef صالح:saleh,salih
حمدان:hamdan بركات:barakat رشيد:rashid,rasheed ناصر:nasser,nasir داود:dawood,daoud
المصري:almasri,elmasry السيد:alsayed,elsayed النجار:alnajjar,al-najjar العبيدي:alobeidi,alubaidi
هاشم:hashim,hashem"""
AMHARIC = """አበበ:abebe ተስፋዬ:tesfaye,tesfay ሀይሌ:haile ገብረ:gebre,ghebre ዮሐንስ:yohannes,johannes
ሰሎሞን:solomon ዳዊት:dawit ብርሃኑ:berhanu,birhanu ታደሰ:tadesse,tadese ወልደ:wolde,welde ግርማ:girma
ከበደ:kebede,kebbede መኮንን:mekonnen,makonnen ሙሉጌታ:mulugeta ዮናስ:yonas,jonas ሳሙኤል:samuel ሀና:hanna,hana
ሰላም:selam ማርታ:marta ሳራ:sara,sarah አልማዝ:almaz በቀለ:bekele"""
SOUNDS = (("iy", "y"), ("yu", "iu"), ("kh", "h"), ("zh", "j"), ("ov", "off"), ("sh", "ch"))


class Culture(NamedTuple):
    """How often it is met, its names as (own script, romanisations), and where they live."""

    share: float
    male: list[tuple[str, list[str]]]
    female: list[tuple[str, list[str]]]
    family: list[tuple[str, list[str]]]
    own_script: bool
    two_surnames: bool
    nationalities: list[str]


def _faker(locale: str, kind: str) -> list[str]:
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    names = sorted(set(getattr(provider, kind, ()) or ()))
    random.Random(locale + kind).shuffle(names)
    return names


def _written(names: list[str]) -> list[tuple[str, list[str]]]:
    out = []
    for name in names:
        plain = anyascii(name).lower()
        others = [plain.replace(one, other) for one, other in SOUNDS if one in plain]
        is_latin = all(ord(letter) < 0x250 for letter in name)
        out.append((name, [plain] if is_latin else [plain, *others][:4]))
    return out


def _listed(text: str) -> list[tuple[str, list[str]]]:
    pairs = (item.split(":") for item in text.split())
    return [(own, latin.split(",")) for own, latin in pairs]


def _of(
    share: float, locale: str, nations: str, *, script: bool = False, two: bool = False
) -> Culture:
    kinds = ("first_names_male", "first_names_female", "last_names")
    male, female, family = (_faker(locale, kind) for kind in kinds)
    male, female = male or _faker(locale, "first_names"), female or _faker(locale, "first_names")
    family = family or _faker(locale, "last_names_male")
    lists = (_written(names) for names in (male, female, family))
    return Culture(share, *lists, script, two, nations.split())


def cultures() -> list[Culture]:
    """Return the cultures, the commonest first."""
    arabic, amharic = _listed(ARABIC), _listed(AMHARIC)
    return [
        _of(0.40, "es_MX", "MEXI GUAT HOND ELSAL", two=True),
        _of(0.22, "es_CO", "VENEZ COLOM CUBA ECUAD NICAR", two=True),
        _of(0.06, "fr_FR", "HAITI"),
        _of(0.05, "pt_BR", "BRAZI", two=True),
        _of(0.06, "en_IN", "INDIA NEPAL BANGL"),
        _of(0.05, "zh_CN", "CHINA", script=True),
        _of(0.05, "ru_RU", "RUSSI KYRGY KAZAK", script=True),
        _of(0.03, "uk_UA", "UKRAI", script=True),
        Culture(0.05, arabic[:15], arabic[15:23], arabic[23:], True, False, ["EGYPT", "SYRIA"]),
        Culture(0.02, amharic[:15], amharic[15:], amharic[:15], True, False, ["ETHIO", "ERITR"]),
        _of(0.01, "vi_VN", "VIETN", script=False),
    ]  # fmt: skip


class Person(NamedTuple):
    """Somebody as numbers: the same number makes the same person."""

    culture: Culture
    is_male: bool
    given: list[int]
    family: list[int]
    born: tuple[int, int, int]
    number: int
    nationality: str
    place: str


class World:
    """Everybody, made on demand from a seed and a number, so that ten million need no memory."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.cultures = cultures()
        self.shares = np.cumsum([one.share for one in self.cultures])

    def dice(self, *what: object) -> random.Random:
        return random.Random(f"{self.seed} {what}")

    def person(self, number: int) -> Person:
        """Return one person."""
        dice = self.dice(number)
        place = int(np.searchsorted(self.shares, dice.random() * self.shares[-1]))
        one = self.cultures[place]
        is_male = dice.random() < 0.66
        names = one.male if is_male else one.female
        second = dice.random() < (0.5 if one.two_surnames else 0.1)
        year = 2024 - min(int(dice.gammavariate(5.5, 5.6)), 88)
        born = (year, dice.randint(1, 12), dice.randint(1, 28))
        if dice.random() < (0.25 if one.family[0][0] > "\u0600" and place >= 8 else 0.015):
            born = (year, 1, 1)
        return Person(
            *(one, is_male, [_zipf(dice, len(names)) for _ in range(1 + second)]),
            [_zipf(dice, len(one.family)) for _ in range(1 + one.two_surnames)],
            *(born, 20_000_000 + number * 7 + dice.randrange(7)),
            *(dice.choice(one.nationalities), dice.choice(PLACES)),
        )


@cache
def _ranks(count: int) -> list[float]:
    shares = np.arange(1, count + 1) ** -0.8  # Zipf's law, as family names mostly follow it
    return list(np.cumsum(shares / shares.sum()))


def _zipf(dice: random.Random, count: int) -> int:
    return min(bisect(_ranks(count), dice.random()), count - 1)


def _names(person: Person, dice: random.Random, own: float) -> tuple[str, str]:
    one = person.culture
    is_own = one.own_script and dice.random() < own

    def text(names: list[tuple[str, list[str]]], places: list[int]) -> str:
        return " ".join(
            names[place][0] if is_own else dice.choice(names[place][1]) for place in places
        )

    given = one.male if person.is_male else one.female
    return text(given, person.given), text(one.family, person.family)


def _row(row_id: str, person: Person, names: tuple[str, str], number: str) -> list[str]:
    born = "{:04}-{:02}-{:02}".format(*person.born)
    sex = "M" if person.is_male else "F"
    return [row_id, *names, born, number, person.nationality, sex, person.place]


def register(world: World, count: int) -> Iterator[tuple[Table, list[int]]]:
    """Yield the register in pieces, with the number of the person of each row."""
    base: dict[str, list[str]] = {name: [] for name in COLUMNS}
    for piece, who in _one_by_one(world, min(count, ONE_BY_ONE)):
        yield piece, who
        if count > ONE_BY_ONE and len(base["id"]) < MIXED_FROM:
            base = {name: base[name] + piece[name] for name in COLUMNS}
    if count > ONE_BY_ONE:
        yield from strangers(base, ONE_BY_ONE, count - ONE_BY_ONE, PIECE)


def _one_by_one(world: World, count: int) -> Iterator[tuple[Table, list[int]]]:
    rows, who = [], []
    for place in range(count):
        dice = world.dice("row", place)
        number = dice.randrange(place) if place and dice.random() < 0.02 else place
        person = world.person(number)
        shown = "" if dice.random() < 0.15 else f"A{person.number:09}"
        rows.append(_row(f"r{place}", person, _names(person, dice, 0.4), shown))
        who.append(number)
        if len(rows) == PIECE or place == count - 1:
            yield _table(rows), who
            rows, who = [], []


def leak(world: World, count: int, register_size: int) -> tuple[Table, list[int]]:
    """Return the leaked rows, with the number of the person of each."""
    dice, rows, who = world.dice("leak"), [], []
    known = min(register_size, ONE_BY_ONE)
    for place in range(count):
        again = dice.random() < 0.03 and who
        if again:
            number = dice.choice(who)
        elif place % 2:
            number = register_size + place
        else:
            number = dice.randrange(known)
        person = world.person(number)
        if number >= register_size and number % 8 == 1:
            person = _relative(world, person, number, known)
        names = _names(person, dice, 0.02)
        rows.append(_slipped(_row(f"l{place}", person, names, f"A{person.number:09}"), dice))
        who.append(number)
    return _table(rows), who


def _table(rows: list[list[str]]) -> Table:
    return {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}


def _relative(world: World, person: Person, number: int, known: int) -> Person:
    dice = world.dice("relative", number)
    of = world.person(dice.randrange(known))
    given = of.culture.male if person.is_male else of.culture.female
    return of._replace(
        is_male=person.is_male,
        given=[_zipf(dice, len(given))],
        born=person.born,
        number=of.number + dice.randint(1, 3),
    )


def _slipped(row: list[str], dice: random.Random) -> list[str]:
    """Return a row as a careless list has it, in capitals."""
    given, family = row[1].split(), row[2].split()
    if len(given) > 1 and dice.random() < 0.5:
        given = given[:1] if dice.random() < 0.9 else [given[0], given[1][0]]
    if len(family) > 1 and dice.random() < 0.42:
        kept, joined = [family[:1]] * 3, [["-".join(family)], ["".join(family)]]
        family = dice.choice([*kept, family[::-1], *joined])
    names = [" ".join(part) for part in (given, family)]
    names = [_typo(name, dice) if dice.random() < 0.12 else name for name in names]
    if dice.random() < 0.04:
        names.reverse()
    if dice.random() < 0.01:
        names[0] = ""
    row[1:3] = [name.upper() for name in names]
    row[3] = "" if dice.random() < 0.02 else _date(row[3], dice)
    row[4] = _number(row[4], dice)
    row[5] = "" if dice.random() < 0.03 else row[5]
    row[7] = dice.choice(PLACES) if dice.random() < 0.3 else row[7]
    return row


def _date(text: str, dice: random.Random) -> str:
    year, month, day = text.split("-")
    luck = dice.random()
    if luck < 0.04:
        month, day = day, month
    elif luck < 0.06:
        year = str(int(year) + dice.choice((-1, 1, -10, 10)))
    elif luck < 0.08:
        day = f"{dice.randint(1, 28):02}"
    elif luck < 0.09:
        month = day = "01"
    elif luck < 0.10:
        year = year[:2] + year[3] + year[2]
    return f"{year}-{month}-{day}"


def _number(text: str, dice: random.Random) -> str:
    luck = dice.random()
    if luck < 0.40:
        return ""
    if luck < 0.43:
        place = dice.randrange(2, 10)
        return text[:place] + str(dice.randrange(10)) + text[place + 1 :]
    return text.lstrip("A0") if luck < 0.46 else text


def _typo(text: str, dice: random.Random) -> str:
    if len(text) < 3:
        return text
    place = dice.randrange(len(text) - 1)
    slips: list[Callable[[], str]] = [
        lambda: text[:place] + text[place + 1 :],
        lambda: text[:place] + text[place + 1] + text[place] + text[place + 2 :],
        lambda: text[:place] + dice.choice("aeiounrst") + text[place + 1 :],
        lambda: text[:place] + text[place] + text[place:],
        lambda: text.replace("o", "0", 1).replace("l", "1", 1),
    ]
    return dice.choice(slips)()
