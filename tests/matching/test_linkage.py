"""The statistical engine on plain files: who is whom, without a label and without the database."""

import csv
from random import Random

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from breaches.management.commands import link
from breaches.matching.linkage import chances, linking, mapping, spelling
from breaches.matching.linkage.encoding import birth_date
from breaches.matching.linkage.files import prepare
from breaches.matching.linkage.spelling import skeleton, tokens
from tests.matching.columns import register, with_a_slip

MAP = """
id = "id"
given = "given"
family = "family"
birth_date = "born"
ids = ["number"]
strata = "country"
[attributes]
town = "fuzzy"
"""
SYLLABLES = ["ba", "ko", "ri", "ta", "mu", "se", "lo", "ni", "dar", "vel", "gor", "zim"]


def name(dice):
    return "".join(dice.choices(SYLLABLES, k=3)).capitalize()


def somebody(dice, number):
    born = f"{dice.randrange(1950, 2005)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    country = dice.choice(["AA", "BB", "CC"])
    digits = f"{dice.randrange(10**8, 10**9)}"
    return [str(number), name(dice), name(dice), born, digits, country, dice.choice(SYLLABLES)]


def written(path, rows):
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["id", "given", "family", "born", "number", "country", "town"])
        lines.writerows(rows)
    return str(path)


@pytest.fixture
def files(tmp_path):
    dice = Random(5)
    people = [somebody(dice, number) for number in range(600)]
    left = [["x" + row[0], *with_a_slip(row, dice)[1:]] for row in people[:400]]
    (tmp_path / "map.toml").write_text(MAP)
    return {
        "left": written(tmp_path / "left.csv", left),
        "right": written(tmp_path / "right.csv", people[100:]),
        "both": written(tmp_path / "both.csv", left + people[:400]),
        "map": str(tmp_path / "map.toml"),
        "out": str(tmp_path / "pairs.csv"),
    }


def linked(files, *names, **options):
    paths = [files[name] for name in names]
    call_command("link", *paths, "--map", files["map"], "--out", files["out"], **options)
    with open(files["out"], newline="") as file:
        return list(csv.DictReader(file))


def test_two_files_are_linked_without_labels(files):
    pairs = linked(files, "left", "right")

    likely = [pair for pair in pairs if float(pair["posterior"]) >= 0.5]
    right = [pair for pair in likely if pair["left_id"] == "x" + pair["right_id"]]
    assert len(right) >= 297
    assert len(likely) - len(right) <= 2


def test_the_bits_of_a_pair_add_up_to_its_weight_but_for_the_prior(files):
    pairs = linked(files, "left", "right")

    labels = list(pairs[0])[5:]
    assert labels[:4] == ["given", "family", "order", "birth_date"]
    priors = {
        round(float(pair["weight"]) - sum(float(pair[label]) for label in labels), 1)
        for pair in pairs
    }
    assert max(priors) - min(priors) < 0.2


def test_one_file_is_searched_for_its_own_duplicates(files):
    pairs = linked(files, "both", dedupe=True)

    likely = {(p["left_id"], p["right_id"]) for p in pairs if float(p["posterior"]) >= 0.5}
    assert len({pair for pair in likely if pair[0] == "x" + pair[1]}) >= 395
    assert len(likely) <= 405


def test_a_value_counts_once_for_a_person_however_many_rows_they_have():
    people = register(200, seed=4)
    copies = {name: values * 4 for name, values in people.items()}
    copies["id"] = [str(row) for row in range(800)]
    columns = mapping.read(MAP)[0]

    found = linking.by_person(prepare(copies, columns, None, columns)).index.counted
    once = prepare(people, columns, None, columns).index.counted

    assert found.date.shares.tolist() == once.date.shares.tolist()
    assert found.family.chance == once.family.chance


@pytest.mark.parametrize(("people", "drawings"), [(7, 500), (40, 1_000), (0, 0)])
def test_a_pair_that_was_drawn_often_is_compared_once_and_counted_as_often(people, drawings):
    drawn = np.random.default_rng(3).integers(0, max(people, 1), (2, drawings))

    rows, others, times = chances.once(*drawn, people)

    again = [np.repeat(ones, times.astype(int)) for ones in (rows, others)]
    assert sorted(zip(*again, strict=True)) == sorted(zip(*drawn, strict=True))
    assert (len(set(zip(rows, others, strict=True))) == len(rows)) == (people**2 <= drawings)


def test_the_same_files_give_the_same_answer(files):
    assert linked(files, "left", "right") == linked(files, "left", "right")


OTHERWISE = """
id = "id"
given = "g"
strata = "n"
attributes = {n = "exact", t = "fuzzy"}
right = {strata = "o", attributes = {t = "fuzzy"}}
"""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id = ", "not TOML"),
        ('given = "a"', "which column is the id"),
        ('id = "id"', "given and family, or full"),
        ('id = "id"\ngiven = "g"\ncolour = "x"', "colour"),
        ('id = "id"\ngiven = "g"\n[attributes]\ntown = "alike"', "exact"),
        ('id = "id"\ngiven = "g"\nbirth_date = ["y", "m"]', "year, month, day"),
        ('id = "id"\ngiven = "g"\nids = "number"', "ids is a list"),
        ('id = 7\ngiven = "g"', "id is one column"),
        ('id = "id"\ngiven = "g"\nattributes = "town"', "attributes is a table"),
        ('id = "id"\ngiven = "g"\nright = "x"', "is a table"),
        ('id = "id"\ngiven = "g"\n[attributes]\ntown = ["exact"]', "exact"),
        ('id = "id"\ngiven = "g"\nbirth_date = ["", "", ""]', 'a column ""'),
        ('id = "id"\ngiven = "g"\nbirth_date = ""', 'a column ""'),
        ('id = "id"\ngiven = "g"\nids = [" "]', 'a column ""'),
        ('id = "id"\ngiven = "g"\n[attributes]\n"" = "exact"', 'a column ""'),
        ('id = "id"\ngiven = "g"\n[right.right]\nid = "x"', "no other"),
        (OTHERWISE, "in the left file's order"),
    ],
)
def test_a_map_that_cannot_be_followed_says_why(text, fault):
    with pytest.raises(mapping.BadMap, match=fault):
        mapping.read(text)


def test_the_right_file_may_name_its_columns_otherwise():
    left, right = mapping.read('id = "a"\nfull = "n"\nids = ["x"]\n[right]\nids = ["y"]\n')

    assert (left.ids, right.ids, right.full) == (("x",), ("y",), "n")


def test_a_full_name_in_the_right_file_stands_for_both_parts_and_the_parts_for_it():
    parts, full = 'id = "a"\ngiven = "g"\nfamily = "f"\n', 'id = "a"\nfull = "n"\n'

    _, whole = mapping.read(parts + '[right]\nfull = "name"\n')
    _, split = mapping.read(full + '[right]\ngiven = "g"\nfamily = "f"\n')
    _, other = mapping.read(parts + '[right]\ngiven = "first"\n')

    assert (whole.given, whole.family, whole.full) == ("", "", "name")
    assert (split.given, split.family, split.full) == ("g", "f", "")
    assert (other.given, other.family, other.full) == ("first", "f", "")


def test_a_missing_column_and_a_missing_engine_are_said_plainly(files, tmp_path, monkeypatch):
    with pytest.raises(CommandError, match="has no column"):
        linked({**files, "left": written_with_less(tmp_path)}, "left", "right")
    monkeypatch.setattr(link, "find_spec", lambda package: None)
    with pytest.raises(CommandError, match="splink and duckdb: pip install"):
        linked(files, "left", "right", engine="splink")
    with pytest.raises(CommandError, match="two files, or one"):
        linked(files, "left")


def test_a_file_that_cannot_be_read_is_said_plainly(files, tmp_path):
    strange, empty = tmp_path / "latin.csv", tmp_path / "empty.csv"
    head = b"id,given,family,born,number,country,town\n"
    strange.write_bytes(head + b"1,Jos\xe9,A,1990-01-01,1,AA,b\n")
    empty.write_bytes(head)

    with pytest.raises(CommandError, match="save it as a CSV in UTF-8"):
        linked({**files, "left": str(strange)}, "left", "right")
    with pytest.raises(CommandError, match="nothing to link"):
        linked({**files, "left": str(empty)}, "left", "right")


def written_with_less(tmp_path):
    path = tmp_path / "less.csv"
    path.write_text("id,given\n1,Ada\n")
    return str(path)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("19560409", (1956, 4, 9)),
        ("1956-04-09", (1956, 4, 9)),
        ("1956", (1956, 0, 0)),
        ("1956-04", (1956, 4, 0)),
        ("04/09/1956", (1956, 4, 9)),
        ("unknown", (0, 0, 0)),
    ],
)
def test_dates_keep_what_is_known_of_them(text, parts):
    assert birth_date(text) == parts


@pytest.mark.skipif(not spelling.ICU, reason="PyICU is not installed")
def test_names_without_vowels_are_written_by_icu_where_it_is():
    assert [skeleton(part) for part in tokens("ביטון פרץ")] == [
        skeleton("biton"),
        skeleton("peretz"),
    ]


def test_romanisations_of_one_name_have_one_skeleton():
    assert skeleton("mohammed") == skeleton("muhamad")
    assert [skeleton(part) for part in tokens("Хрущёв")] == [skeleton("khrushchev")]
    assert tokens("de la Cruz") == ("cruz",)
