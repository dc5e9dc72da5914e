"""The errors that real lists have. Pure, seeded."""

from datetime import date, timedelta
from random import Random

from anyascii import anyascii

from notifications.demo.crowd import Somebody

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misspelt(text: str, dice: Random) -> str:
    """Return a name with one letter other, missing, doubled, or two exchanged."""
    if len(text) < 4:
        return text
    place = dice.randrange(1, len(text) - 1)
    kind = dice.randrange(4)
    if kind == 0:
        return text[:place] + dice.choice(LETTERS) + text[place + 1 :]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    if kind == 2:
        return text[:place] + text[place] + text[place:]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def wrong_date(born: date, dice: Random) -> date:
    """Return a birth date with day and month exchanged, or one part a little off."""
    if born.day <= 12 and dice.random() < 0.5:
        return date(born.year, born.day, born.month)
    return born + timedelta(days=dice.choice((-365, -30, -10, -1, 1, 10, 30, 365)))


def as_leaked(one: Somebody, dice: Random) -> dict[str, str]:
    """Return names, number and birth date as the leaked list writes them."""
    given, family, born = anyascii(one.given), anyascii(one.family), one.born
    luck = dice.random()
    if luck < 0.06:
        given = misspelt(given, dice)
    elif luck < 0.12:
        family = misspelt(family, dice)
    elif luck < 0.15:
        given, family = family, given
    elif luck < 0.18 and " " in family:
        family = family.split()[0]
    if dice.random() < 0.05:
        born = wrong_date(born, dice)
    number = one.a_number
    if dice.random() < 0.02:
        number = ""
    elif dice.random() < 0.3:
        number = f"{number[1:4]}-{number[4:7]}-{number[7:]}"
    return {
        "number": number,
        "given": given.upper(),
        "middle": anyascii(one.middle).upper(),
        "family": family.upper(),
        "born": f"{born:%m/%d/%Y}",
    }
