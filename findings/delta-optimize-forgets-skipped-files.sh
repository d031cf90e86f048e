#!/usr/bin/env bash
# Delta Lake 4.1.0 on Spark 4.1.1: where Spark is told to skip what it can't read
# (spark.sql.files.ignoreMissingFiles, spark.sql.files.ignoreCorruptFiles), Delta's own commands skip it too, and
# commit a table without it.
#
# The table: three data files of 100 rows. The second is removed, or overwritten with zeros. Seen, with either:
# - count() still says 300 rows, since it is answered from the log; collect() gives 200.
# - OPTIMIZE ends without an error and commits one file with 200 rows: what was unreadable for the moment
#   (a mount that was away, a permission) is no longer part of the table.
# - DELETE of every tenth row likewise: 180 rows.
# - MERGE takes the 100 rows for missing and inserts them anew from its source.
# With the flags off each of these commands fails, and the table stays as it was.
#
# Needs bash, python3 with venv, a JDK 17. Fails where anything else is seen.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip -q install pyspark==4.1.1 delta-spark==4.1.0
cat > try.py <<'PY'
import functools
import os
import tempfile

from delta import DeltaTable, configure_spark_with_delta_pip
from pyspark.sql import SparkSession

spark = configure_spark_with_delta_pip(
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.databricks.delta.snapshotPartitions", "1")
    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
    .config(
        "spark.sql.catalog.spark_catalog",
        "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    )
).getOrCreate()
spark.sparkContext.setLogLevel("OFF")


def rows(table):
    return spark.read.format("delta").load(table)


def hurt_table(way):
    table = tempfile.mkdtemp(dir=".")
    for first in (0, 100, 200):
        part = spark.range(first, first + 100).coalesce(1)
        part.write.format("delta").mode("append").save(table)
    hurt = rows(table).inputFiles()[1].split(":", 1)[1]
    size = os.path.getsize(hurt)
    os.remove(hurt)
    checksum = os.path.join(os.path.dirname(hurt), f".{os.path.basename(hurt)}.crc")
    if os.path.exists(checksum):
        os.remove(checksum)
    if way == "corrupt":
        with open(hurt, "wb") as out:
            out.write(bytes(size))
    return table


class Refused(Exception):
    pass


def refusing(command):
    @functools.wraps(command)
    def run(table):
        try:
            command(table)
        except Exception as failure:
            raise Refused("refused") from failure

    return run


@refusing
def scan(table):
    rows(table).collect()


@refusing
def optimize(table):
    DeltaTable.forPath(spark, table).optimize().executeCompaction()


@refusing
def delete(table):
    DeltaTable.forPath(spark, table).delete("id % 10 = 0")


@refusing
def merge(table):
    (
        DeltaTable.forPath(spark, table)
        .alias("t")
        .merge(spark.range(300).alias("s"), "t.id = s.id")
        .whenNotMatchedInsertAll()
        .execute()
    )


for way, flag in (("missing", "ignoreMissingFiles"), ("corrupt", "ignoreCorruptFiles")):
    for command in (scan, optimize, delete, merge):
        for on in ("true", "false"):
            table = hurt_table(way)
            spark.conf.set(f"spark.sql.files.{flag}", on)
            counted = rows(table).count()
            try:
                command(table)
                left = len(rows(table).collect())
                outcome = f"counted {counted} collected {left}"
            except Refused as refusal:
                version = DeltaTable.forPath(spark, table).history(1).first().version
                outcome = f"counted {counted} {refusal} version {version}"
            print(way, command.__name__, f"{flag}={on}", outcome, flush=True)
PY
venv/bin/python try.py 2> log | tee seen || { tail -20 log >&2; exit 1; }

cat > expected <<'TXT'
missing scan ignoreMissingFiles=true counted 300 collected 200
missing scan ignoreMissingFiles=false counted 300 refused version 2
missing optimize ignoreMissingFiles=true counted 300 collected 200
missing optimize ignoreMissingFiles=false counted 300 refused version 2
missing delete ignoreMissingFiles=true counted 300 collected 180
missing delete ignoreMissingFiles=false counted 300 refused version 2
missing merge ignoreMissingFiles=true counted 300 collected 300
missing merge ignoreMissingFiles=false counted 300 refused version 2
corrupt scan ignoreCorruptFiles=true counted 300 collected 200
corrupt scan ignoreCorruptFiles=false counted 300 refused version 2
corrupt optimize ignoreCorruptFiles=true counted 300 collected 200
corrupt optimize ignoreCorruptFiles=false counted 300 refused version 2
corrupt delete ignoreCorruptFiles=true counted 300 collected 180
corrupt delete ignoreCorruptFiles=false counted 300 refused version 2
corrupt merge ignoreCorruptFiles=true counted 300 collected 300
corrupt merge ignoreCorruptFiles=false counted 300 refused version 2
TXT
diff expected seen && echo "seen as stated: what is skipped is gone from the table with the next OPTIMIZE"
