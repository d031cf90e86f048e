"""Lists and deletes the files that an archive of images makes superfluous.

``list`` writes a row for each original, and whether and why it may go; it changes nothing else.
``delete`` deletes what was listed, after the same checks once more.

An original may go if its newest row in the archive

- is a row of a file of its own, and not of a tar's member;
- was verified as it is now, and verified as a file: byte for byte. Where pixels are said to be
  enough, a row that was verified as pixels will do;
- has the size, the time and the SHA-256 that the file has now.

What was verified is read from the outcomes that ``darkroom verify --outcomes`` kept.

Exit status: 0 done; 1 some files could not be deleted; 2 it can't be done as asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql.functions import (
    coalesce,
    col,
    count,
    lit,
    max as greatest_of,
    max_by,
    sha2,
    struct,
    when,
)

DELETIONS_AT_ONCE = 16
STORED = [
    "source_path",
    "container",
    "status",
    "fidelity",
    "file_size",
    "modification_time",
    "file_sha256",
    "version",
    "archived_at",
]
OUTCOMES = ["source_path", "file_sha256", "version", "archived_at", "verified_as"]
LATER = {"container": "string", "version": "long"}
"""Columns that tables of earlier releases lack."""


class Refusal(Exception):
    """What was asked for can't be done."""


def main(words: list[str]) -> int:
    options = parsed(words)
    spark = SparkSession.builder.getOrCreate()
    try:
        action = list_originals if options.action == "list" else delete_originals
        return action(spark, options)
    except Refusal as refusal:
        print(f"darkroom: {refusal}", file=sys.stderr)
        return 2
    finally:
        spark.stop()


def parsed(words: list[str]) -> argparse.Namespace:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--images", required=True, help="folder of the originals")
    common.add_argument("--archive", required=True, help="Delta table of the archive")
    common.add_argument("--listing", required=True, help="Parquet table of the dry run")
    common.add_argument(
        "--kept-as-pixels",
        action="store_true",
        help="let also files go of which the archive keeps pixels alone",
    )
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", parents=[common], help="write the listing")
    listing.add_argument(
        "--outcomes",
        required=True,
        help="Parquet table that 'darkroom verify --outcomes' wrote",
    )
    actions.add_parser("delete", parents=[common], help="delete what is listed")
    return parser.parse_args(words)


def list_originals(spark: SparkSession, options: argparse.Namespace) -> int:
    try:
        verified = spark.read.parquet(options.outcomes).select(OUTCOMES)
    except AnalysisException as missing:
        raise Refusal(
            f"there are no outcomes of a verification at '{options.outcomes}'; "
            "run 'darkroom verify --outcomes' first"
        ) from missing
    archive = newest(spark.read.format("delta").load(options.archive))
    judged = judge(spark, archive, verified, options).persist()
    judged.write.mode("overwrite").parquet(options.listing)
    tell(spark, options, tally(judged), "may be deleted")
    return 0


def delete_originals(spark: SparkSession, options: argparse.Namespace) -> int:
    try:
        listing = spark.read.parquet(options.listing)
    except AnalysisException as missing:
        raise Refusal(
            f"there is no listing at '{options.listing}'; run 'list' first, and look at it"
        ) from missing
    listed = listing.filter("reason is null").select(OUTCOMES)
    archive = newest(spark.read.format("delta").load(options.archive))
    wanted = archive.join(listed, "source_path", "left_semi")
    judged = judge(spark, wanted, listed, options).persist()
    found = tally(judged)
    failures = delete(spark, judged.filter("reason is null"))
    tell(spark, options, found, "deleted", failures)
    return 1 if failures else 0


def newest(rows: DataFrame) -> DataFrame:
    """The newest row of each path, which is the one that is restored.

    A failed attempt is newer than none. Of others, the commit that made a row counts; where
    earlier releases made it, the time.
    """
    for name, kind in LATER.items():
        if name not in rows.columns:
            rows = rows.withColumn(name, lit(None).cast(kind))
    age = struct(
        col("status") != "failed",
        coalesce("version", lit(-1)),
        "archived_at",
        coalesce("file_sha256", lit("")),
    )
    row = max_by(struct(*STORED), age).alias("row")
    return rows.groupBy("source_path").agg(row).select("row.*")


def judge(
    spark: SparkSession,
    archive: DataFrame,
    verified: DataFrame,
    options: argparse.Namespace,
) -> DataFrame:
    """Adds to rows of an archive why their originals must stay; null where they may go."""
    same = verified.groupBy(
        col("source_path").alias("verified_path"),
        col("file_sha256").alias("verified_sha256"),
        col("version").alias("verified_version"),
        col("archived_at").alias("verified_at"),
    ).agg(
        greatest_of("verified_as").alias("verified_as"),
        greatest_of(col("verified_as").isNull()).alias("damaged"),
    )
    largest = archive.agg(greatest_of("file_size")).first()[0]
    found = files(spark, options.images, largest or 0)
    is_whole = (col("status") == "stored") | (col("fidelity") == "file")
    verified_whole = col("verified_as") == "file"
    verified_pixels = lit(options.kept_as_pixels) & (col("verified_as") == "pixels")
    the_same = (
        (col("source_path") == col("verified_path"))
        & col("file_sha256").eqNullSafe(col("verified_sha256"))
        & col("version").eqNullSafe(col("verified_version"))
        & col("archived_at").eqNullSafe(col("verified_at"))
    )
    return (
        archive.join(same, the_same, "left")
        .join(found, "source_path", "left")
        .select(
            *STORED,
            "verified_as",
            first_of(
                (~col("status").isin("ok", "stored"), "the archive does not hold it"),
                (col("container").isNotNull(), "a member of a tar"),
                (
                    col("verified_at").isNull(),
                    "archived again since the archive was verified, or not verified",
                ),
                (col("damaged"), "what the archive holds of it is damaged"),
                (
                    ~coalesce(
                        (is_whole & verified_whole) | verified_pixels, lit(False)
                    ),
                    "the archive keeps its pixels, not the file",
                ),
                (
                    col("found_size").isNull(),
                    "no such file in the folder, or a larger one",
                ),
                (
                    ~col("found_size").eqNullSafe(col("file_size"))
                    | ~col("found_time").eqNullSafe(col("modification_time"))
                    | ~col("found_sha256").eqNullSafe(col("file_sha256")),
                    "changed since it was archived",
                ),
            ).alias("reason"),
        )
    )


def files(spark: SparkSession, folder: str, largest: int) -> DataFrame:
    """The files below a folder that are no larger, with their hashes."""
    try:
        found = (
            spark.read.format("binaryFile")
            .option("recursiveFileLookup", True)
            .option("ignoreMissingFiles", True)
            .load(folder)
        )
    except AnalysisException as missing:
        raise Refusal(f"there is no folder '{folder}'; check the path") from missing
    return found.filter(col("length") <= largest).select(
        col("path").alias("source_path"),
        col("length").alias("found_size"),
        col("modificationTime").alias("found_time"),
        sha2("content", 256).alias("found_sha256"),
    )


def first_of(*reasons: tuple[Column, str]) -> Column:
    """The first reason that holds, or null."""
    return coalesce(*[when(condition, lit(reason)) for condition, reason in reasons])


def delete(spark: SparkSession, rows: DataFrame) -> list[str]:
    """Deletes files, each if it still has the size and time of its row.

    Returns:
        a line for each that could not be deleted.
    """
    hadoop = spark._jsc.hadoopConfiguration()
    paths = spark._jvm.org.apache.hadoop.fs.Path

    def delete_one(row: Row) -> str | None:
        path = paths(row.source_path)
        try:
            system = path.getFileSystem(hadoop)
            status = system.getFileStatus(path)
            if (
                status.isFile()
                and status.getLen() == row.file_size
                and status.getModificationTime() == row.millis
                and system.delete(path, False)
            ):
                return None
            return f"{row.source_path}: it changed just now, and stays"
        except Py4JJavaError as failure:
            return f"{row.source_path}: {failure.java_exception}"

    wanted = rows.selectExpr(
        "source_path", "file_size", "unix_millis(modification_time) millis"
    )
    failures: list[str] = []
    with ThreadPoolExecutor(DELETIONS_AT_ONCE) as pool:
        for some in batches(wanted.toLocalIterator(), 1000):
            failures += [line for line in pool.map(delete_one, some) if line]
    return failures


def batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while some := list(islice(rows, size)):
        yield some


def tally(judged: DataFrame) -> dict[str | None, int]:
    """How many rows there are of each reason."""
    counts = judged.groupBy("reason").agg(count(lit(1)).alias("files"))
    return {row.reason: row.files for row in counts.collect()}


def tell(
    spark: SparkSession,
    options: argparse.Namespace,
    found: dict[str | None, int],
    done: str,
    failures: Sequence[str] = (),
) -> None:
    """Prints what was found, and keeps it as JSON beside the listing."""
    gone = found.get(None, 0) - len(failures)
    kept = {reason: found[reason] for reason in sorted(filter(None, found))}
    print(f"originals in {options.images}")
    print(f"  {done}: {gone:,}")
    for reason, files_kept in kept.items():
        print(f"  kept: {files_kept:,} ({reason})")
    for failure in failures:
        print(f"  failed: {failure}")
    summary = {
        "images": options.images,
        "archive": options.archive,
        done.replace(" ", "_"): gone,
        "kept": kept,
        "failures": list(failures),
    }
    place = f"{options.listing.rstrip('/')}.{options.action}.json"
    write(spark, place, json.dumps(summary, indent=2))


def write(spark: SparkSession, location: str, text: str) -> None:
    path = spark._jvm.org.apache.hadoop.fs.Path(location)
    out = path.getFileSystem(spark._jsc.hadoopConfiguration()).create(path, True)
    try:
        out.write(bytearray(text + "\n", "utf-8"))
    finally:
        out.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
