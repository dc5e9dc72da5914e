"""Our model on Splink: the same pairs, and nearly the same weights, on DuckDB and on Spark."""

import shutil
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest

from breaches.matching.linkage.files import prepare
from breaches.matching.linkage.linking import link, weigh_pairs
from tests.matching.columns import leak_of, register
from tests.matching.test_index import MAP

TOLERANCE = 0.1  # share of pairs more than half a bit apart; measured: 0.09 of 3,500
needs_splink = pytest.mark.skipif(
    not (find_spec("splink") and find_spec("duckdb")),
    reason="splink or duckdb is missing: pip install -r requirements-scale.txt",
)
needs_spark = pytest.mark.skipif(
    not (find_spec("splink") and find_spec("pyspark") and shutil.which("java")),
    reason="pyspark or Java 17 is missing: requirements-scale.txt, openjdk-17-jre-headless",
)


@pytest.fixture(scope="module")
def files():
    people = register(1_000, seed=8)
    return prepare(leak_of(people, 400, seed=9), MAP, people, MAP)


def held_against_ours(files, api, dialect):
    splink_engine = import_module("breaches.matching.linkage.splink_engine")
    own = link(files)
    found = splink_engine.predicted(files, own.model, api, dialect)
    again = weigh_pairs(files, own.model, found.rows, found.others)
    weight = dict(zip(zip(found.rows, found.others, strict=True), found.weight, strict=True))
    ours = zip(again.rows, again.others, again.weight + again.relatives, strict=True)
    apart = [abs(weight[row, other] - bits) > 0.5 for row, other, bits in ours]
    likely = own.posterior >= 0.02
    seen = set(zip(own.rows[likely].tolist(), own.others[likely].tolist(), strict=True))
    missing = seen - set(zip(found.rows.tolist(), found.others.tolist(), strict=True))
    return float(np.mean(apart)), len(missing) / len(seen)


@needs_splink
def test_splink_on_duckdb_weighs_as_we_do(files):
    duckdb_engine = import_module("breaches.matching.linkage.duckdb_engine")

    apart, missing = held_against_ours(files, duckdb_engine.api(), "duckdb")

    assert apart <= TOLERANCE
    assert missing <= 0.01


@needs_splink
def test_duckdb_can_write_nothing_to_disk():
    duckdb_engine = import_module("breaches.matching.linkage.duckdb_engine")

    connection = duckdb_engine.api()._con
    asked = "SELECT current_setting('temp_directory'), current_setting('enable_external_access')"

    assert connection.execute(asked).fetchone() == ("", False)


@needs_spark
def test_splink_on_a_local_spark_weighs_as_we_do(files):
    spark_engine = import_module("breaches.matching.linkage.spark_engine")

    spark = spark_engine.session()
    try:
        apart, missing = held_against_ours(files, spark_engine.api(spark), "spark")
    finally:
        spark.stop()

    assert apart <= TOLERANCE
    assert missing <= 0.01
