"""What makes people hard to find in a list, and hard to tell from others: a pair for each."""

from collections.abc import Iterator

import pytest

from breaches.matching.linkage import index, linking
from tests.matching.columns import COLUMNS, leak_of, register
from tests.matching.test_index import MAP

AUTO, REVIEW, NOTHING = "auto", "review", "nothing"
BORN, NUMBER, PLACE = "1984-05-17", "212345678", ("AA", "kovel")
# name of the case: (given, family, born, number) leaked and registered, and what becomes of it
CASES = {
    "the same in every field": (("Amadu", "Korvenal", BORN, NUMBER), (), AUTO),
    "day and month swapped": (
        ("Tolvar", "Bexhuna", "1981-09-04", ""),
        ("Tolvar", "Bexhuna", "1981-04-09", NUMBER),
        AUTO,
    ),
    "two surnames, the second dropped": (
        ("Rosina", "Quiroz", BORN, ""),
        ("Rosina", "Quiroz Vallejo", BORN, ""),
        AUTO,
    ),
    "two surnames the other way round": (
        ("Olivia", "Zambrano Tuyuc", BORN, ""),
        ("Olivia", "Tuyuc Zambrano", BORN, ""),
        AUTO,
    ),
    "given and family in each other's place": (
        ("Ferreyros", "Leonidas", BORN, ""),
        ("Leonidas", "Ferreyros", BORN, ""),
        AUTO,
    ),
    "the same words, parted elsewhere and in another order": (
        ("Anselmo", "Tezcuco Uribarri Pascual", BORN, ""),
        ("Pascual Anselmo", "Uribarri Tezcuco", BORN, ""),
        AUTO,
    ),
    "a patronymic between the names": (
        ("Yevgeny Sergeyevich", "Drobyshev", BORN, ""),
        ("Yevgeny", "Drobyshev", BORN, ""),
        AUTO,
    ),
    "a single name": (("", "Sukarnoputra", BORN, ""), (), AUTO),
    "Arabic script": (("Khadija", "Almasri", BORN, ""), ("خديجة", "المصري", BORN, ""), AUTO),
    "Cyrillic script": (("Dmitry", "Khrushchev", BORN, ""), ("Дмитрий", "Хрущёв", BORN, ""), AUTO),
    "Chinese script": (("Xiulan", "Ouyang", BORN, ""), ("秀兰", "欧阳", BORN, ""), AUTO),
    "Chinese in Wade-Giles": (
        ("Hsueh Mei", "Chou", BORN, ""),
        ("Xuemei", "Zhou", BORN, ""),
        REVIEW,
    ),
    "Ethiopic script": (("Tesfaye", "Haile", BORN, ""), ("ተስፋዬ", "ሀይሌ", BORN, ""), AUTO),
    "Hebrew script": (("Yosef", "Baruk", BORN, ""), ("יוסף", "ברוך", BORN, ""), REVIEW),
    "a number that Excel turned into a float": (
        ("Melchor", "Ixtabal", "", "2.09876543E+08"),
        ("Melchor", "Ixtabal", BORN, "A209876543"),
        AUTO,
    ),
    "a number that Excel took for a number": (
        ("Benicio", "Uxmalan", "", "45678901"),
        ("Benicio", "Uxmalan", BORN, "A045678901"),
        AUTO,
    ),
    "only the year is known": (
        ("Ngozika", "Okwuosa", "1979-01-01", ""),
        ("Ngozika", "Okwuosa", "1979-08-23", ""),
        REVIEW,
    ),
    "a namesake born in another year": (
        ("Wendel", "Farqahar", "1961-02-03", ""),
        ("Wendel", "Farqahar", "1993-11-28", ""),
        REVIEW,
    ),
    "a twin": (("Ezekias", "Montbrun", BORN, ""), ("Salome", "Montbrun", BORN, ""), REVIEW),
    "a twin with the next number in the file": (
        ("Luis", "Barquisimo", BORN, "214444402"),
        ("Lucia", "Barquisimo", BORN, "214444401"),
        REVIEW,
    ),
    "a twin whose name begins alike, with another number": (
        ("Maria", "Tachiraque", BORN, "215151515"),
        ("Martin", "Tachiraque", BORN, "219090909"),
        REVIEW,
    ),
    "a relative with the next number in the file": (
        ("Perla", "Ochaita", "2011-03-02", "218000002"),
        ("Ramiro", "Ochaita", "1978-10-12", "218000001"),
        NOTHING,
    ),
    "the same number, name and date in conflict": (
        ("Ludmila", "Svetova", "1990-02-02", "217777777"),
        ("Braulio", "Echeverry", "1955-12-30", "217777777"),
        "identifier_conflict",
    ),
    "a mistyped number": (
        ("Catalino", "Huitzil", BORN, "213334445"),
        ("Catalino", "Huitzil", BORN, "213334455"),
        AUTO,
    ),
}


def tables() -> Iterator[dict[str, list[str]]]:
    """Yield the leaked and the registered rows of the cases, after a crowd to learn from."""
    people = register(1_500, seed=5)
    for place, crowd in ((0, leak_of(people, 600, seed=6)), (1, people)):
        sides = [case[place] or case[0] for case in CASES.values()]
        rows = [(f"case {n}", *side, *PLACE) for n, side in enumerate(sides)]
        added = zip(*rows, strict=True)
        yield {name: crowd[name] + list(new) for name, new in zip(COLUMNS, added, strict=True)}


@pytest.fixture(scope="module")
def verdicts():
    """What becomes of the pair of each case: a veto's name, auto, review or nothing."""
    leak, people = tables()
    found = linking.match(index.build([people], MAP), leak, MAP)
    first, there = len(leak["id"]) - len(CASES), len(people["id"]) - len(CASES)
    said = dict.fromkeys(CASES, NOTHING)
    for pair, (row, other) in enumerate(zip(found.rows, found.others, strict=True)):
        if row >= first and other - there == row - first:
            name = list(CASES)[row - first]
            is_seen = found.posterior[pair] >= 0.02
            said[name] = AUTO if found.is_auto[pair] else REVIEW if is_seen else NOTHING
            if found.vetoes[pair] == "identifier_conflict":
                said[name] = "identifier_conflict"
    return said


@pytest.mark.parametrize("case", CASES)
def test_a_hard_case_is_decided_as_it_should_be(verdicts, case):
    assert verdicts[case] == CASES[case][2]
