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
    "source_path string, status string, fidelity string, file_size long,"
    " modification_time timestamp, file_sha256 string, archived_at timestamp"
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
        status="ok",
        fidelity="file",
        file_size=len(content),
        modification_time=datetime.fromtimestamp(
            path.stat().st_mtime_ns // 10**6 / 1000
        ),
        file_sha256=hashlib.sha256(content).hexdigest(),
        archived_at=ARCHIVED,
    )


def but(row: Row, **changes) -> Row:
    return Row(**(row.asDict() | changes))


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
        "unverified",
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
    verified = [each for name, each in row.items() if name != "unverified"]
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
        before = spark.createDataFrame(verified, SCHEMA)
        return reasons(
            originals.judge(spark, archive, before, asked(images, **changes))
        )

    again = "archived again since the archive was verified"
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
        "unverified": again,
        "gone": missing,
        "outside": missing,
        "larger": missing,
        "shorter": changed,
        "touched": changed,
        "altered": changed,
    }
    assert judged(kept_as_pixels=True) == found | {"pixels": None}


def test_of_several_rows_the_newest_counts(spark, tmp_path):
    first = original(tmp_path, "image", b"first")
    second = but(
        original(tmp_path, "image", b"other"), archived_at=ARCHIVED + timedelta(days=1)
    )
    rows = originals.newest(spark.createDataFrame([first, second], SCHEMA)).collect()
    assert rows == [second]


def test_what_changes_just_before_it_is_deleted_stays(spark, tmp_path):
    rows = [original(tmp_path, name) for name in ["goes", "stays", "went"]]
    os.utime(tmp_path / "stays", (0, 0))
    (tmp_path / "went").unlink()
    failures = originals.delete(spark, spark.createDataFrame(rows, SCHEMA))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["stays"]
    assert len(failures) == 2
    assert any("stays: it changed just now" in line for line in failures)
    assert any("went: java.io.FileNotFoundException" in line for line in failures)


def test_nothing_is_deleted_without_a_listing(spark, tmp_path):
    original(tmp_path, "image")
    with pytest.raises(originals.Refusal, match="there is no listing at .* run 'list'"):
        originals.delete_originals(spark, asked(tmp_path))
    assert (tmp_path / "image").exists()
