"""Which originals may go, and that no others do."""

from __future__ import annotations

import hashlib
import os
from argparse import Namespace
from datetime import datetime, timedelta
from pathlib import Path

import originals
import pytest
from pyspark.sql import DataFrame, Row, SparkSession

ARCHIVED = datetime(2026, 1, 3, 12, 0, 0, 123456)
SCHEMA = (
    "source_path string, container string, status string, fidelity string,"
    " file_size long, modification_time timestamp, file_sha256 string, version long,"
    " archived_at timestamp"
)
OUTCOMES = (
    "source_path string, file_sha256 string, version long, archived_at timestamp,"
    " verified_as string"
)


@pytest.fixture(scope="module")
def spark():
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    yield session
    session.stop()


def original(folder: Path, name: str, content: bytes = b"image") -> Row:
    """Writes a file; returns the row that an archive would have of it."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return Row(
        source_path=f"file:{path}",
        container=None,
        status="ok",
        fidelity="file",
        file_size=len(content),
        modification_time=datetime.fromtimestamp(
            path.stat().st_mtime_ns // 10**6 / 1000
        ),
        file_sha256=hashlib.sha256(content).hexdigest(),
        version=7,
        archived_at=ARCHIVED,
    )


def but(row: Row, **changes) -> Row:
    return Row(**(row.asDict() | changes))


def outcome(row: Row, verified_as: str | None) -> Row:
    """What a verification finds of a row."""
    return Row(
        source_path=row.source_path,
        file_sha256=row.file_sha256,
        version=row.version,
        archived_at=row.archived_at,
        verified_as=verified_as,
    )


def asked(folder: Path, **changes) -> Namespace:
    options = {
        "action": "delete",
        "images": str(folder),
        "archive": str(folder / "archive"),
        "listing": str(folder / "listing"),
        "kept_as_pixels": False,
    }
    return Namespace(**(options | changes))


def reasons(judged: DataFrame) -> dict[str, str | None]:
    return {row.source_path.rsplit("/", 1)[1]: row.reason for row in judged.collect()}


def test_each_check_keeps_files(spark, tmp_path):
    names = ["right", "Stück 100% [1] #2", "deep/below", "stored", "pixels", "failed"]
    names += [
        "again",
        "recommitted",
        "unverified",
        "damaged",
        "promised",
        "member",
        "gone",
        "outside",
        "larger",
        "shorter",
        "touched",
        "altered",
    ]
    images = tmp_path / "images"
    images.mkdir()
    row = {name: original(images, name) for name in names if name != "outside"}
    row["outside"] = original(tmp_path / "elsewhere", "outside")
    row["stored"] = but(row["stored"], status="stored", fidelity="pixels")
    row["pixels"] = but(row["pixels"], fidelity="pixels")
    row["failed"] = but(row["failed"], status="failed", file_sha256=None)
    row["member"] = but(row["member"], container="shard.tar")
    found_as = {"pixels": "pixels", "promised": "pixels", "failed": "nothing"}
    found_as["damaged"] = None
    verified = [
        outcome(each, found_as.get(name, "file"))
        for name, each in row.items()
        if name != "unverified"
    ]
    row["recommitted"] = but(row["recommitted"], version=8)
    row["again"] = but(row["again"], archived_at=ARCHIVED + timedelta(microseconds=1))
    (images / "gone").unlink()
    for name, content in [
        ("larger", b"images"),
        ("shorter", b"im"),
        ("altered", b"IMAGE"),
    ]:
        time = (images / name).stat().st_mtime_ns
        (images / name).write_bytes(content)
        os.utime(images / name, ns=(time, time))
    os.utime(images / "touched", (0, 0))

    def judged(**changes):
        archive = spark.createDataFrame(list(row.values()), SCHEMA)
        before = spark.createDataFrame(verified, OUTCOMES)
        return reasons(
            originals.judge(spark, archive, before, asked(images, **changes))
        )

    again = "archived again since the archive was verified, or not verified"
    changed = "changed since it was archived"
    missing = "no such file in the folder, or a larger one"
    pixels = "the archive keeps its pixels, not the file"
    found = judged()
    assert found == {
        "right": None,
        "Stück 100% [1] #2": None,
        "below": None,
        "stored": None,
        "pixels": pixels,
        "failed": "the archive does not hold it",
        "again": again,
        "recommitted": again,
        "unverified": again,
        "damaged": "what the archive holds of it is damaged",
        "promised": pixels,
        "member": "a member of a tar",
        "gone": missing,
        "outside": missing,
        "larger": missing,
        "shorter": changed,
        "touched": changed,
        "altered": changed,
    }
    kept_as_pixels = {"pixels": None, "promised": None}
    assert judged(kept_as_pixels=True) == found | kept_as_pixels


def test_of_several_rows_the_newest_counts(spark, tmp_path):
    first = original(tmp_path, "image", b"first")
    later = ARCHIVED + timedelta(days=1)
    by_commit = but(original(tmp_path, "image", b"other"), version=8)
    by_time = but(first, archived_at=later, file_sha256="0")
    old = but(first, version=None, archived_at=later)
    failed = but(first, version=9, status="failed")

    def newest(*rows):
        return originals.newest(spark.createDataFrame(rows, SCHEMA)).collect()

    assert newest(first, by_commit, by_time, old, failed) == [by_commit]
    assert newest(first, by_time, old) == [by_time]
    assert newest(old, failed) == [old]


def test_a_table_of_an_earlier_release_has_no_versions(spark, tmp_path):
    row = original(tmp_path, "image")
    table = spark.createDataFrame([row], SCHEMA).drop("version", "container")
    assert originals.newest(table).collect() == [but(row, version=None)]


def test_what_changes_just_before_it_is_deleted_stays(spark, tmp_path):
    rows = [original(tmp_path, name) for name in ["goes", "stays", "went"]]
    os.utime(tmp_path / "stays", (0, 0))
    (tmp_path / "went").unlink()
    failures = originals.delete(spark, spark.createDataFrame(rows, SCHEMA))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["stays"]
    assert len(failures) == 2
    assert any("stays: it changed just now" in line for line in failures)
    assert any("went: java.io.FileNotFoundException" in line for line in failures)


def test_nothing_is_listed_that_was_not_verified(spark, tmp_path):
    missing = asked(tmp_path, outcomes=str(tmp_path / "verified"))
    with pytest.raises(originals.Refusal, match="run 'darkroom verify --outcomes'"):
        originals.list_originals(spark, missing)


def test_nothing_is_deleted_without_a_listing(spark, tmp_path):
    original(tmp_path, "image")
    with pytest.raises(originals.Refusal, match="there is no listing at .* run 'list'"):
        originals.delete_originals(spark, asked(tmp_path))
    assert (tmp_path / "image").exists()
