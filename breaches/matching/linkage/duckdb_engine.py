"""Splink on DuckDB, in memory alone: DuckDB would spill names to disk in clear."""

import duckdb
from splink import DuckDBAPI

from breaches.matching.linkage import splink_engine
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.linked import Linked

DIALECT = "duckdb"


def link(files: Files) -> Linked:
    """Link by Splink on DuckDB."""
    return splink_engine.link(files, api(), DIALECT)


def api() -> DuckDBAPI:
    """Return a database that fails rather than writes to disk, and reads nothing from outside."""
    connection = duckdb.connect(":memory:")
    connection.execute("SET temp_directory = ''")
    connection.execute("SET enable_external_access = false")
    return DuckDBAPI(connection)
