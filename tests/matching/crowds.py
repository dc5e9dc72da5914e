"""Invented crowds, large enough for the statistical engine to learn from."""

from random import Random

SYLLABLES = [one + other for one in "bdfgklmnprstvz" for other in ("a", "e", "im", "ot", "ur")]


def crowd(count, seed=1):
    """Return people as [given, family, birth date, A-number, nationality]."""
    dice = Random(seed)
    return [
        [
            *("".join(dice.choices(SYLLABLES, k=3)).capitalize() for _ in range(2)),
            f"{dice.randrange(1950, 2003)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
            f"A{dice.randrange(10**8, 10**9)}",
            dice.choice(["Cuba", "Peru", "Haiti"]),
        ]
        for _ in range(count)
    ]


def register_lines(people):
    """Return the people as lines of a register without languages."""
    lines = (
        f"C{n},{given},{family},{number},{born},\n"
        for n, (given, family, born, number, _) in enumerate(people)
    )
    return "".join(lines)


def leak_lines(people, *, numbered=lambda place: True, fear=""):
    """Return the people as leaked rows; `numbered` says which rows keep their A-number."""
    return "".join(
        f"{family},{given},{born},{number if numbered(place) else ''},{country},{fear}\n"
        for place, (given, family, born, number, country) in enumerate(people)
    )
