"""Where tables are."""

from pathlib import Path

from pyspark.sql import DataFrame, SparkSession


def place(folder: str, name: str) -> str:
    """Names what lies in a folder: a URI stays one, a local path becomes absolute.

    Delta takes tables by path in SQL only where the path is absolute.
    """
    if "://" in folder:
        return f"{folder.rstrip('/')}/{name}"
    return str(Path(folder).resolve() / name)


def exists(spark: SparkSession, uri: str) -> bool:
    """Tells whether there is anything at a place of any file system Spark knows."""
    path = spark._jvm.org.apache.hadoop.fs.Path(uri)
    files = path.getFileSystem(spark._jsc.hadoopConfiguration())
    return files.exists(path)


def read_table(spark: SparkSession, uri: str) -> DataFrame:
    """Reads a table: Delta where there is a Delta log, else Parquet."""
    delta = exists(spark, f"{uri.rstrip('/')}/_delta_log")
    return spark.read.format("delta" if delta else "parquet").load(uri)
