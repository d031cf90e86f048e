"""Each DAG is run, from beginning to end, by Airflow and Spark; what it leaves is looked at."""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone
from pathlib import Path

import pyarrow.compute as compute
from PIL import Image, ImageDraw

JANUARY = datetime(2026, 1, 5, 12, tzinfo=timezone.utc).timestamp()


def draw(folder: Path, name: str, color: str, changed: float = JANUARY) -> Path:
    """Draws a picture that the tiny model knows, as a file of some age."""
    picture = Image.new("RGB", (64, 64), "white")
    ImageDraw.Draw(picture).ellipse((16, 16, 48, 48), fill=color)
    folder.mkdir(exist_ok=True)
    picture.save(folder / name)
    os.utime(folder / name, (changed, changed))
    return folder / name


def figures(folder: Path) -> dict:
    """The figures of a report."""
    assert (folder / "index.html").stat().st_size > 10_000
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_captions_and_their_nouns(installation):
    airflow = installation()
    images = airflow.lake / "images"
    draw(images, "red.png", "red")
    draw(images, "blue.png", "blue")
    draw(images, "tomorrow.png", "green", changed=JANUARY + 86_400)

    # The run for January 5 is due when that day is over.
    first = airflow.run("recaption_new_images", "2026-01-06", max_new_tokens=48)
    assert set(first.states.values()) == {"success"}, first.output
    captions = airflow.rows("captions")
    assert sorted(row["relative_path"] for row in captions) == ["blue.png", "red.png"]
    assert {row["status"] for row in captions} <= {"ok", "cut"}
    day = airflow.lake / "reports" / "2026-01-05"
    counted = airflow.rows("reports", "2026-01-05", "nouns", "density")
    assert {
        row["captions"] for row in counted if row["caption_column"] == "caption"
    } == {2}
    assert "Captions, 2026-01-05" in (day / "captions" / "index.html").read_text(
        encoding="utf-8"
    )
    assert figures(day / "captions")

    # The same day again: nothing is captioned twice.
    version = airflow.table("captions").version()
    again = airflow.run(
        "recaption_new_images", "2026-01-06", done="nouns|report", max_new_tokens=48
    )
    assert set(again.states.values()) == {"success"}, again.output
    assert airflow.table("captions").version() == version

    weekly = airflow.run("noun_density_weekly", "2026-01-12", threshold=0)
    assert set(weekly.states.values()) == {"success"}, weekly.output
    histogram = airflow.rows("reports", "2026-W02", "nouns", "histogram")
    assert "circle" in {row["word"] for row in histogram}
    assert figures(airflow.lake / "reports" / "2026-W02" / "captions")


def test_a_job_that_refuses_is_not_tried_again(installation):
    airflow = installation(DARKROOM_RETRIES="2")
    draw(airflow.lake / "images", "red.png", "red")
    run = airflow.run("recaption_new_images", "2026-01-06", time_column="age")
    assert run.states["recaption"] == "failed", run.output
    assert run.tries["recaption"] == 1
    assert run.states["nouns"] == run.states["report"] == "upstream_failed"
    assert "is no condition on the table" in run.output


def test_a_lake_is_recompressed_and_originals_go_when_that_is_wanted(installation):
    airflow = installation()
    images = airflow.lake / "images"
    images.mkdir()
    empty = airflow.run("recompress_lake", "2026-01-10")
    assert empty.states.pop("plan") == "success", empty.output
    assert set(empty.states.values()) == {"skipped"}, empty.output

    drawn = draw(images, "drawn.png", "red")
    photo = draw(images, "photo.jpg", "blue")
    edited = draw(images, "edited.jpg", "green")
    broken = images / "broken.png"
    broken.write_bytes(b"no image")
    dry = airflow.run("recompress_lake", "2026-01-10", fidelity="pixels")
    assert dry.states.pop("deletion_wanted") == "success", dry.output
    assert dry.states.pop("delete_originals") == "skipped"
    assert set(dry.states.values()) == {"success"}
    assert all(path.exists() for path in [drawn, photo, edited, broken])
    archived = {row["relative_path"]: row["status"] for row in airflow.rows("archive")}
    assert archived == {
        "drawn.png": "ok",
        "photo.jpg": "stored",
        "edited.jpg": "stored",
        "broken.png": "stored",
    }
    reports = airflow.lake / "reports" / "2026-01-03"
    listed = json.loads((reports / "originals.list.json").read_text(encoding="utf-8"))
    assert listed["may_be_deleted"] == 3
    assert listed["kept"] == {"the archive keeps its pixels, not the file": 1}

    # The archive is as it was verified; a file is not as it was archived.
    draw(images, "edited.jpg", "black")
    wanted = airflow.run(
        "recompress_lake",
        "2026-01-10",
        done="compress|verify",
        fidelity="pixels",
        delete_originals=True,
    )
    assert set(wanted.states.values()) == {"success"}, wanted.output
    assert not photo.exists() and not broken.exists()
    assert all(path.exists() for path in [drawn, edited])
    deleted = json.loads(
        (reports / "originals.delete.json").read_text(encoding="utf-8")
    )
    assert (deleted["deleted"], deleted["failures"]) == (2, [])

    # An archive is verified after its last original is gone.
    drawn.unlink()
    edited.unlink()
    last = airflow.run("recompress_lake", "2026-01-17")
    assert last.states["compress"] == "skipped", last.output
    assert last.states["verify"] == last.states["list_originals"] == "success"
    checked = airflow.lake / "reports" / "2026-01-10" / "archive.verify.json"
    assert json.loads(checked.read_text(encoding="utf-8"))["verified"] == 4


def test_prompts_are_drawn_and_scored(installation):
    airflow = installation()
    prompts = airflow.lake / "prompts.txt"
    prompts.write_text("a red circle\na blue square\n", encoding="utf-8")
    params = {"prompts": str(prompts), "steps": 2}
    first = airflow.run("generate_prompts", "2026-01-06", **params)
    assert set(first.states.values()) == {"success"}, first.output
    images = airflow.rows("generated")
    assert sorted(row["prompt"] for row in images) == ["a blue square", "a red circle"]
    assert {row["status"] for row in images} == {"ok"}
    scores = airflow.table("reports", "2026-01-06", "scores").to_pyarrow_table()
    assert compute.sum(compute.is_valid(scores["score"])).as_py() > 0
    assert figures(airflow.lake / "reports" / "2026-01-06" / "generated")

    # Again, with one more seed: what is there stays as it is.
    keys = {row["key"] for row in images}
    more = airflow.run(
        "generate_prompts", "2026-01-06", done="score|report", seeds="0..1", **params
    )
    assert set(more.states.values()) == {"success"}, more.output
    rows = airflow.rows("generated")
    assert len(rows) == 4
    assert {row["attempt"] for row in rows} == {1}
    assert keys < {row["key"] for row in rows}
