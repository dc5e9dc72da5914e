"""Blocking and scoring by Splink 5 under our own model, on DuckDB or on Spark.

For registers beyond one machine: Splink finds the pairs that matter, and our engine weighs those
once more, with relatives and competition. Needs requirements-scale.txt; the rest does not.
"""

import logging
from typing import Any, NamedTuple

import numpy as np
from splink import Linker

from breaches.matching.linkage import linking, splink_columns, splink_settings
from breaches.matching.linkage.conflicts import with_conflicts
from breaches.matching.linkage.encoding import some_rows
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.linked import Linked
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.vocabulary import Array

LEAST_WEIGHT = -8.0  # bits; nothing lighter is reviewed but for conflicts, which are added
SAMPLE = 20_000  # left rows that a model is learnt from


class Found(NamedTuple):
    """The pairs that Splink returns, with its own weight in bits."""

    rows: Array
    others: Array
    weight: Array


def link(files: Files, api: Any, dialect: str) -> Linked:
    """Return the pairs that Splink finds, weighed by our engine."""
    files = linking.by_person(files) if files.dedupe else files
    model = sampled_model(files)
    found = predicted(files, model, api, dialect)
    rows, others = with_conflicts(files, found.rows, found.others)
    return linking.weigh_pairs(files, model, rows, others)


def sampled_model(files: Files) -> Model:
    """Return a model learnt on this machine from some of the left rows."""
    if files.dedupe or len(files.left) <= SAMPLE:
        return linking.learnt(files)
    rows = np.sort(np.random.default_rng(linking.SEED).permutation(len(files.left))[:SAMPLE])
    return linking.learnt(Files(some_rows(files.left, rows), files.index))


def predicted(files: Files, model: Model, api: Any, dialect: str) -> Found:
    """Return the pairs above the least weight that Splink finds under a model."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    tables = splink_columns.tables(files)
    names = ["a_left", "b_right"][: len(tables)]
    frames = [
        api.register(table, dataset_display_name=name)
        for table, name in zip(tables, names, strict=True)
    ]
    said = splink_settings.settings(model, dialect, dedupe=files.dedupe)
    linker = Linker(frames if len(frames) > 1 else frames[0], said, log_level=logging.ERROR)
    for name, table in splink_columns.frequencies(files, model).items():
        if name.endswith("_same") and not model.u_same_family:
            continue
        linker.table_management.register_term_frequency_lookup(api.register(table), name)
    pairs = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
    table = pairs.as_record_list()
    rows, others, weight = (
        np.array([one[name] for one in table]) for name in ("row_l", "row_r", "match_weight")
    )
    if files.dedupe:
        rows, others = np.minimum(rows, others), np.maximum(rows, others)
    return Found(rows.astype(np.int64), others.astype(np.int64), weight.astype(float))
