"""Our model on Splink: the same pairs, and nearly the same weights, on DuckDB and on Spark."""

import csv
import os
import shutil
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest
from django.core.management import call_command

from breaches.matching.linkage import conflicts as conflicting
from breaches.matching.linkage import output, policy
from breaches.matching.linkage.files import prepare
from breaches.matching.linkage.linking import link, weigh_pairs
from tests.matching.columns import COLUMNS, leak_of, register
from tests.matching.test_index import MAP
from tests.matching.test_linkage import MAP as TOML

TOLERANCE = 0.1  # share of pairs more than half a bit apart; measured: 0.09 of 3,500
needs_splink = pytest.mark.skipif(
    not ((find_spec("splink") and find_spec("duckdb")) or os.environ.get("REQUIRE_SERVICES")),
    reason="splink or duckdb is missing: ./run test installs them unless QUICK=1",
)
needs_spark = pytest.mark.skipif(
    not ((find_spec("pyspark") and shutil.which("java")) or os.environ.get("SPARK")),
    reason="pyspark is missing: SPARK=1 ./run test installs it, and Java 17",
)


@pytest.fixture(scope="module")
def people():
    return register(1_000, seed=8)


@pytest.fixture(scope="module")
def leak(people):
    return leak_of(people, 400, seed=9)


@pytest.fixture(scope="module")
def files(people, leak):
    return prepare(leak, MAP, people, MAP)


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


@pytest.fixture(scope="module")
def contradicted(people, leak):
    """Return the leak with twenty strangers who have a number of the register, and the register."""
    strangers = register(20, seed=77)
    strangers["number"] = people["number"][:20]
    return {name: leak[name] + strangers[name] for name in COLUMNS}, people


def conflicts(found):
    chosen = found.vetoes == policy.CONFLICT
    pairs = zip(found.rows[chosen].tolist(), found.others[chosen].tolist(), strict=True)
    return dict(zip(pairs, found.posterior[chosen].tolist(), strict=True))


def one_after_the_other(left, right):
    return {name: left[name] + right[name] for name in COLUMNS}


def test_a_number_that_name_and_date_contradict_is_looked_up_by_itself(contradicted, monkeypatch):
    monkeypatch.setattr(conflicting, "PIECE", 100)
    left, right = contradicted
    none = np.zeros(0, np.int64)
    for table, other in ((left, right), (one_after_the_other(left, right), None)):
        files = prepare(table, MAP, other, MAP)
        rows, others = conflicting.with_conflicts(files, none, none)
        again = conflicting.with_conflicts(files, rows, others)

        assert len(rows) >= 20
        assert set(zip(rows, others, strict=True)) == set(conflicts(link(files)))
        assert [len(part) for part in again] == [len(rows), len(rows)]


@needs_splink
def test_splink_on_duckdb_leaves_no_conflict_out(contradicted):
    duckdb_engine = import_module("breaches.matching.linkage.duckdb_engine")
    left, right = contradicted
    for table, other in ((left, right), (one_after_the_other(left, right), None)):
        found = conflicts(duckdb_engine.link(prepare(table, MAP, other, MAP)))

        assert set(found) == set(conflicts(link(prepare(table, MAP, other, MAP))))
        assert min(found.values()) >= policy.REVIEW


@needs_splink
def test_duckdb_can_write_nothing_to_disk():
    duckdb_engine = import_module("breaches.matching.linkage.duckdb_engine")

    connection = duckdb_engine.api()._con
    asked = "SELECT current_setting('temp_directory'), current_setting('enable_external_access')"

    assert connection.execute(asked).fetchone() == ("", False)


@needs_spark
@pytest.mark.filterwarnings(
    "ignore:unclosed <socket:ResourceWarning",  # pyspark leaves them to the collector
    "ignore::pytest.PytestUnraisableExceptionWarning",
)
def test_splink_on_a_local_spark_weighs_as_we_do(files, people, leak, tmp_path):
    spark_engine = import_module("breaches.matching.linkage.spark_engine")

    beside = spark_engine.session().newSession()  # whose tables the command does not see
    apart, missing = held_against_ours(files, spark_engine.api(beside), spark_engine.DIALECT)

    assert apart <= TOLERANCE
    assert missing <= 0.01
    on_spark = linked_by_command(people, leak, tmp_path, "spark")  # and it ends Spark
    own = linked_by_command(people, leak, tmp_path, "own")
    assert len(own) > 390
    assert len(on_spark ^ own) <= 0.01 * len(own)


def linked_by_command(people, leak, folder, engine):
    """Return the likely pairs that `./run link` writes for the two files."""
    for name, table in (("left", leak), ("right", people)):
        rows = zip(*(table[column] for column in COLUMNS), strict=True)
        with output.whole(folder / name) as file:
            output.write(file, list(COLUMNS), map(list, rows))
    (folder / "map").write_text(TOML)
    paths = [str(folder / name) for name in ("left", "right")]
    call_command("link", *paths, map=folder / "map", out=folder / "pairs", engine=engine)
    with (folder / "pairs").open() as file:
        found = [row for row in csv.DictReader(file) if float(row["posterior"]) >= 0.5]
    return {(row["left_id"], row["right_id"]) for row in found}
