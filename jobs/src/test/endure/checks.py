"""What must hold of an archive, whatever happened while it was made."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import BinaryIO

from figures import Figures
from machine import Inspector


def archive(inspector: Inspector, images: Path, table: Path, figures: Figures) -> None:
    """Every file has one row, verify is green, and restore gives back the same folder."""
    rows = inspector.ask("rows", table, "source_path")
    files = count(images)
    figures.doubled += rows["rows"] - rows["different"]
    if rows["different"] > files:
        figures.wrong += rows["different"] - files
        figures.note(f"{table.name}: {rows['different']} paths for {files} files")
    verified = inspector.ask("job", "verify", "--input", table)
    if verified["status"] != 0:
        figures.wrong += 1
        figures.note(f"verify: {verified['err'][-300:]}")
    restored = table.with_name(table.name + "-restored")
    shutil.rmtree(restored, ignore_errors=True)
    done = inspector.ask("job", "restore", "--input", table, "--output", restored)
    if done["status"] != 0:
        figures.wrong += 1
        figures.note(f"restore: {done['err'][-300:]}")
    folder(images, restored, figures)


def folder(images: Path, restored: Path, figures: Figures) -> None:
    """Each file of one folder is in the other, byte for byte."""
    for file in sorted(path for path in images.rglob("*") if path.is_file()):
        name = file.relative_to(images)
        other = restored / name
        if not other.is_file():
            figures.lost += 1
            figures.note(f"{name} is lost")
        elif other.read_bytes() != file.read_bytes():
            figures.wrong += 1
            figures.note(f"{name} came back otherwise")


def same_rows(
    inspector: Inspector, table: Path, columns: str, expected: dict, figures: Figures
) -> None:
    """A table has the rows of another run that nothing disturbed."""
    rows = inspector.ask("rows", table, columns)
    figures.lost += max(0, expected["different"] - rows["different"])
    figures.doubled += rows["rows"] - rows["different"]
    digest = inspector.ask("digest", table, columns)["digest"]
    if digest != expected["digest"]:
        figures.wrong += 1
        figures.note(f"{table.name} has other rows than the run without a kill")


def same(one: BinaryIO, other: BinaryIO) -> bool:
    """Whether two streams have the same bytes, which need not fit into memory."""
    while True:
        content = one.read(1 << 20)
        if other.read(1 << 20) != content:
            return False
        if not content:
            return True


def count(folder: Path) -> int:
    """How many files lie below a folder."""
    return sum(path.is_file() for path in folder.rglob("*"))
