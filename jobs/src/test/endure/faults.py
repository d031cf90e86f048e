"""Places that fail: a full disk, a folder that can't be written to, a store that breaks off."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import checks
import pictures
from figures import Figures
from machine import Inspector, Machine

_FLAKY = {
    "spark.hadoop.fs.flaky.impl": "dev.darkroom.jobs.endure.FlakyFileSystem",
    "spark.hadoop.fs.flaky.impl.disable.cache": "true",
    "spark.delta.logStore.flaky.impl": "io.delta.storage.LocalLogStore",
}
_MOST_TRIES = 60


class Faults:
    """Jobs at such places, which must say so, and be right when the place is."""

    def __init__(self, machine: Machine, inspector: Inspector, seed: int):
        self._machine = machine
        self._inspector = inspector
        self._seed = seed

    def disk_full(self, figures: Figures, rounds: int) -> None:
        """The disk is full in the midst of an archive, and has room again."""
        images = pictures.write(
            self._machine.work / "images-large", 12, self._seed, 140
        )
        for number in range(rounds):
            disk = self._machine.work / f"disk-{number}"
            disk.mkdir()
            table = disk / "archive"
            # Room for a third, half ... of what it takes.
            room = (350 + 100 * number) << 10
            if _mount(["-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(disk)]):
                try:
                    self._into(images, table, figures, fails=True)
                    _mount(["-o", "remount,size=200m", str(disk)])
                    self._into(images, table, figures)
                    checks.archive(self._inspector, images, table, figures)
                finally:
                    _unmount(disk)
            else:
                figures.note(
                    "no disk can be mounted here: a limit on files stands for it"
                )
                self._into(images, table, figures, fails=True, file_limit=100 << 10)
                self._into(images, table, figures)
                checks.archive(self._inspector, images, table, figures)
            figures.rounds += 1

    def read_only(self, figures: Figures, rounds: int) -> None:
        """The target can't be written to: nothing changes, and the job says why."""
        for number in range(rounds):
            images = pictures.write(
                self._machine.work / f"images-few-{number}", 8, self._seed
            )
            before = shutil.copytree(images, self._machine.work / f"before-{number}")
            place = self._machine.work / f"read-only-{number}"
            place.mkdir()
            table = place / "archive"
            self._into(images, table, figures)
            pictures.write(images / "new", 4, self._seed + 1)
            with _ReadOnly(place) as held:
                if not held:
                    figures.note(
                        "left out: neither a mount nor permissions hold this user back"
                    )
                    return
                self._into(images, table, figures, fails=True)
                restored = self._machine.start(
                    *["restore", "--input", table, "--output", place / "restored"]
                )
                if restored.end() == 0:
                    figures.wrong += 1
                    figures.note("restore into a read-only folder ended with 0")
            checks.archive(self._inspector, before, table, figures)
            self._into(images, table, figures)
            checks.archive(self._inspector, images, table, figures)
            figures.rounds += 1

    def flaky_store(self, figures: Figures, rounds: int, one_in: int) -> None:
        """One call in so many fails, of the input's and of the archive's."""
        images = pictures.write(self._machine.work / "images-flaky", 15, self._seed)
        for number in range(rounds):
            table = self._machine.work / f"flaky-{number}"
            for attempt in range(_MOST_TRIES):
                conf = {
                    **_FLAKY,
                    "spark.hadoop.flaky.one.in": str(one_in),
                    "spark.hadoop.flaky.seed": str(
                        self._seed + 1000 * number + attempt
                    ),
                }
                summary = table.with_name(f"{table.name}-{attempt}.json")
                job = self._machine.start(
                    *["compress", "--input", f"flaky:{images}"],
                    *["--output", f"flaky:{table}", "--fidelity", "file"],
                    *["--chunk", 5, "--retry-failed", "--summary-json", summary],
                    conf=conf,
                )
                status = job.end()
                figures.kills += "503 Slow Down" in job.said
                if status == 0 and json.loads(summary.read_text())["failed"] == 0:
                    break
            else:
                figures.note(f"not done after {_MOST_TRIES} runs: {job.said[-300:]}")
            checks.archive(self._inspector, images, table, figures)
            figures.rounds += 1

    def _into(
        self,
        images: Path,
        table: Path,
        figures: Figures,
        fails: bool = False,
        file_limit: int = 0,
    ) -> None:
        job = self._machine.start(
            *["compress", "--input", images, "--output", table],
            *["--fidelity", "file", "--chunk", 4],
            file_limit=file_limit,
        )
        status = job.end()
        figures.kills += fails
        if (status != 0) != fails:
            figures.wrong += 1
            figures.note(f"compress ended with {status}: {job.said[-400:]}")


class _ReadOnly:
    """Makes a folder unwritable for a while; whether that holds."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._mounted = False

    def __enter__(self) -> bool:
        folder = str(self._folder)
        if os.geteuid() != 0:
            for each in [self._folder, *self._folder.rglob("*")]:
                if each.is_dir():
                    each.chmod(0o555)
            return True
        self._mounted = _mount(["--bind", folder, folder])
        return self._mounted and _mount(["-o", "remount,ro,bind", folder])

    def __exit__(self, *_: object) -> None:
        if self._mounted:
            _unmount(self._folder)
        elif os.geteuid() != 0:
            for each in [self._folder, *self._folder.rglob("*")]:
                if each.is_dir():
                    each.chmod(0o755)


def _mount(arguments: list[str]) -> bool:
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    return done.returncode == 0


def _unmount(place: Path) -> None:
    subprocess.run(["umount", str(place)], check=True)
