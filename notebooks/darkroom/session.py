"""The Spark session."""

import os
from pathlib import Path

from pyspark.sql import SparkSession

EXTENSIONS = (
    "io.delta.sql.DeltaSparkSessionExtension,dev.darkroom.udfs.DarkroomExtensions"
)
_BUILT = Path(__file__).resolve().parents[2] / "jobs" / "target" / "darkroom.jar"


def jar() -> Path:
    """Finds the job jar, which holds Delta too: DARKROOM_JAR, or what was built here.

    Raises:
        FileNotFoundError: where there is none.
    """
    path = Path(os.environ.get("DARKROOM_JAR") or _BUILT)
    if not path.is_file():
        raise FileNotFoundError(
            f"there is no job jar at '{path}'; build it with "
            "./mvnw -DskipTests package, or set DARKROOM_JAR to where it is"
        )
    return path


def session(
    name: str = "darkroom notebook", master: str = "local[2]", memory: str = "2g"
) -> SparkSession:
    """Opens a session with Delta and Darkroom's SQL functions, or takes the open one.

    Args:
        name: what Spark's pages call the notebook.
        master: where Spark runs; on a cluster its address, such as ``yarn``.
        memory: heap of the driver, which in local mode does all the work.

    Raises:
        FileNotFoundError: where there is no session and no jar to make one of.
        RuntimeError: where the open session was made without Darkroom's functions.
    """
    spark = SparkSession.getActiveSession() or _open(name, master, memory)
    if not spark.catalog.functionExists("iflow_decode"):
        raise RuntimeError(
            "the open Spark session does not know Darkroom's functions; stop it, or put "
            f"the job jar on the cluster and set spark.sql.extensions to {EXTENSIONS}"
        )
    return spark


def _open(name: str, master: str, memory: str) -> SparkSession:
    builder = (
        SparkSession.builder.appName(name)
        .master(master)
        .config("spark.jars", str(jar()))
        .config("spark.sql.extensions", EXTENSIONS)
        .config(
            "spark.sql.catalog.spark_catalog",
            "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        )
        .config("spark.driver.memory", memory)
        .config("spark.scheduler.mode", "FAIR")
        .config("spark.sql.debug.maxToStringFields", "1000")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "WARN")
    )
    if master.startswith("local"):
        builder = (
            builder.config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.databricks.delta.snapshotPartitions", "2")
        )
    return builder.getOrCreate()
