"""What the engine is held against: Splink as its documentation sets it up, rapidfuzz by hand."""

import logging
import os
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import splink.comparison_library as cl
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from breaches.matching.linkage.encoding import Table

# The comparisons, rules and training of Splink's "link only" example with FEBRL 4:
# https://moj-analytical-services.github.io/splink/demos/examples/duckdb/febrl4.html
COMPARISONS = [
    cl.NameComparison("given").configure(term_frequency_adjustments=True),
    cl.NameComparison("family").configure(term_frequency_adjustments=True),
    cl.DateOfBirthComparison("born", input_is_string=True, datetime_format="%Y-%m-%d"),
    cl.DamerauLevenshteinAtThresholds("number", [1, 2]),
    cl.ExactMatch("nationality").configure(term_frequency_adjustments=True),
    cl.ExactMatch("sex"),
    cl.ExactMatch("place").configure(term_frequency_adjustments=True),
]
RULES = [
    block_on("given", "family"),
    block_on("number"),
    block_on("born"),
    block_on("given", "place", "sex"),
    block_on("family", "place", "sex"),
]


def arrow(table: Table, side: str, first: int) -> Any:
    """Return a file as Splink is given one: in small letters, with nulls."""
    names = {"given", "family"}
    columns = {
        name: pa.array([(value.lower() if name in names else value) or None for value in values])
        for name, values in table.items()
    }
    columns["at"] = pa.array([f"{side}{row}" for row in range(first, first + len(table["id"]))])
    return pa.table(columns)


def splink(left: Any, right: Any) -> tuple[Any, Any]:
    """Return a trained linker and what it predicts, as two steps to be measured."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(":memory:")
    connection.execute("SET threads = 1")
    connection.execute(f"SET temp_directory = '{os.environ.get('SPLINK_SPILL', '')}'")
    if (
        "SPLINK_SPILL" in os.environ
    ):  # the people are invented; a real file would lie there in clear
        connection.execute("SET memory_limit = '9GB'")
    api = DuckDBAPI(connection)
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="at",
        comparisons=COMPARISONS,
        blocking_rules_to_generate_predictions=RULES,
        retain_intermediate_calculation_columns=True,
    )
    frames = [api.register(left, dataset_display_name="a"),
              api.register(right, dataset_display_name="b")]  # fmt: skip
    linker = Linker(frames, settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("number"), block_on("given", "family", "born")], recall=0.9
    )
    training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (block_on("born"), block_on("given", "family")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    return linker, connection


def predicted(linker: Any, connection: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the rows of each pair and its probability."""
    name = linker.inference.predict(threshold_match_probability=0.01).physical_name
    sql = f"SELECT at_l, at_r, match_probability FROM {name}"  # noqa: S608  (Splink's own table)
    found = connection.execute(sql).fetchall()
    rows = np.array([int(pair[0][1:]) for pair in found], np.int64)
    others = np.array([int(pair[1][1:]) for pair in found], np.int64)
    return rows, others, np.array([pair[2] for pair in found])


def joined(tables: list[Any]) -> Any:
    """Return pieces as one table."""
    return pa.concat_tables(tables)


def by_hand(left: Any, right: Any, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the score that people write first: half name, a third date, then the number."""
    score = np.zeros(len(rows))
    for name, weight in (("given", 0.25), ("family", 0.25), ("born", 0.3), ("number", 0.2)):
        one = [text or "" for text in left[name].take(pa.array(rows)).to_pylist()]
        other = [text or "" for text in right[name].take(pa.array(others)).to_pylist()]
        alike = process.cpdist(one, other, scorer=JaroWinkler.similarity, dtype=np.float32)
        known = np.array([bool(a and b) for a, b in zip(one, other, strict=True)])
        score += weight * np.where(known, alike, 0.5)
    return score
