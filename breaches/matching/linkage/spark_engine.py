"""Splink on Spark: a cluster named by SPARK_MASTER, or this machine's cores."""

import os

from pyspark.sql import SparkSession
from splink.backends.spark import SparkAPI, similarity_jar_location

from breaches.matching.linkage import splink_engine
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.linked import Linked

DIALECT = "spark"


def link(files: Files) -> Linked:
    """Link by Splink on Spark."""
    spark = session()
    try:
        return splink_engine.link(files, api(spark), DIALECT)
    finally:
        spark.stop()


def session() -> SparkSession:
    """Return a session that has Splink's string functions; its user interface stays off."""
    master = os.environ.get("SPARK_MASTER", "local[*]")
    memory = os.environ.get("SPARK_MEMORY", "4g")
    settings = {
        "spark.jars": similarity_jar_location(),
        "spark.driver.memory": memory,
        "spark.executor.memory": memory,
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": os.environ.get("SPARK_PARTITIONS", "8"),
        "spark.local.dir": os.environ.get("SPARK_LOCAL_DIR", "/dev/shm"),  # noqa: S108  (memory)
        "spark.io.encryption.enabled": "true",
    }
    builder = SparkSession.builder.master(master).appName("redress")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def api(spark: SparkSession) -> SparkAPI:
    """Return what Splink runs on; lineage is broken in memory, so that nothing lies on disk."""
    return SparkAPI(spark_session=spark, break_lineage_method="persist")
