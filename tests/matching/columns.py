"""Invented people in columns, and the same people as a careless list has them."""

from random import Random

BEGINNINGS = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "ch", "sh", "tr"]
ENDINGS = ["an", "el", "im", "or", "ush", "ani", "eto", "ira", "okun", "uvel", "ame", "ydis"]
SYLLABLES = ["ba", "ko", "ri", "ta", "mu", "se", "lo", "ni", "dar", "vel", "gor", "zim"]
COLUMNS = ("id", "given", "family", "born", "number", "country", "town")


def name(dice):
    middle = dice.choice(SYLLABLES) if dice.random() < 0.7 else dice.choice(SYLLABLES) * 2
    return f"{dice.choice(BEGINNINGS)}{dice.choice('aeiou')}{middle}{dice.choice(ENDINGS)}".title()


def register(count, seed):
    dice = Random(seed)
    rows = []
    for number in range(count):
        born = f"{dice.randrange(1950, 2005)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        digits = f"{dice.randrange(10**8, 10**9)}"
        country, town = dice.choice(["AA", "BB", "CC"]), dice.choice(SYLLABLES) * 2
        rows.append([str(number), name(dice), name(dice), born, digits, country, town])
    return columns(rows)


def leak_of(people, count, seed):
    dice = Random(seed)
    rows = [list(row) for row in zip(*(people[name] for name in COLUMNS), strict=True)]
    return columns([with_a_slip(row, dice) for row in dice.sample(rows, count)])


def columns(rows):
    return {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}


def with_a_slip(row, dice):
    row = list(row)
    slip = dice.randrange(5)
    if slip == 0:
        row[1], row[2] = row[2], row[1]
    elif slip == 1:
        row[2] = row[2][:-1]
    elif slip == 2:
        row[4] = ""
    elif slip == 3:
        year, month, day = row[3].split("-")
        row[3] = f"{year}-{day}-{month}"
    return row
