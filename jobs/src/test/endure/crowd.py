"""Several at once: writers on one archive, executors on a cluster, clocks that differ."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import checks
import pictures
from figures import Figures
from machine import Inspector, Job, Machine


class Crowd:
    """Runs such jobs, and looks at what they left."""

    def __init__(self, machine: Machine, inspector: Inspector, seed: int):
        self._machine = machine
        self._inspector = inspector
        self._seed = seed

    def two_writers(self, figures: Figures, rounds: int) -> None:
        """Two drivers archive one folder at once; then a third finds nothing to do."""
        images = pictures.write(self._machine.work / "images-shared", 16, self._seed)
        for number in range(rounds):
            table = self._machine.work / f"shared-{number}"
            writers = [self._machine.start(*_compress(images, table)) for _ in range(2)]
            for status in [writer.end() for writer in writers]:
                if status != 0:
                    figures.note(f"one of two writers ended with {status}")
            last = self._machine.start(*_compress(images, table))
            if last.end() != 0:
                figures.wrong += 1
                figures.note(f"the run after two writers failed: {last.said[-400:]}")
            checks.archive(self._inspector, images, table, figures)
            figures.rounds += 1

    def clocks(self, figures: Figures, rounds: int) -> None:
        """A file goes from A to B to A, and each version's time of archiving lies."""
        for number in range(rounds):
            images = self._machine.work / f"changing-{number}"
            table = self._machine.work / f"changed-{number}"
            numbers = random.Random(self._seed + number)
            versions = [pictures.png(numbers, 30, 30) for _ in range(2)]
            for step, content in enumerate([*versions, versions[0]]):
                images.mkdir(exist_ok=True)
                (images / "a.png").write_bytes(content)
                os.utime(images / "a.png", (1_700_000_000 + step, 1_700_000_000 + step))
                job = self._machine.start(*_compress(images, table))
                if job.end() != 0:
                    figures.wrong += 1
                    figures.note(f"compress failed: {job.said[-400:]}")
                restored = self._machine.work / f"changed-{number}-{step}"
                self._inspector.ask(
                    *["job", "restore", "--input", table, "--output", restored]
                )
                checks.folder(images, restored, figures)
                # What was archived by now says that it was archived later than all that follows.
                self._inspector.ask("clock", table, "true", 86_400)
                figures.kills += 1
            figures.rounds += 1

    def cluster(self, figures: Figures, kills: int) -> None:
        """Executors of a cluster of processes are killed, and in each round a worker at last."""
        numbers = random.Random(self._seed)
        images = pictures.write(self._machine.work / "images-cluster", 60, self._seed)
        folder = self._machine.work / "cluster"
        command = self._machine.root / "bin/cluster"
        usual = self._machine.root / "jobs/src/main/conf/standalone.conf"
        conf = self._machine.work / "cluster.conf"
        conf.write_text(usual.read_text() + "\nspark.executor.memory 1g\n")
        environment = {
            **os.environ,
            "DARKROOM_CLUSTER": str(folder),
            "DARKROOM_CLUSTER_CONF": str(conf),
            "DARKROOM_CLUSTER_PORT": "0",
            "DARKROOM_CLUSTER_MEMORY": "1g",
        }
        victims = [
            *["CoarseGrainedExecutorBackend", "CoarseGrainedExecutorBackend"],
            "worker.Worker",
        ]
        # A job may end before its turn comes, so there are more rounds than kills would need.
        for number in range(kills):
            table = self._machine.work / f"clustered-{number}"
            _quietly([command, "start"], environment)
            try:
                submit = [str(command), "submit", *map(str, _compress(images, table))]
                job = Job(submit, self._machine.log(), env=environment)
                for kind in victims[: kills - figures.kills]:
                    figures.kills += _kill_one(kind, folder, job, numbers)
                status = job.end()
                if status != 0:
                    figures.note(
                        f"a job whose executors were killed ended with {status}"
                    )
            finally:
                _quietly([command, "stop"], environment)
            last = self._machine.start(*_compress(images, table))
            if last.end() != 0:
                figures.wrong += 1
                figures.note(f"the run after a kill failed: {last.said[-400:]}")
            checks.archive(self._inspector, images, table, figures)
            figures.rounds += 1
            if figures.kills == kills:
                break
        shutil.rmtree(folder, ignore_errors=True)


def _compress(images: Path, table: Path) -> list[object]:
    return [
        *["compress", "--input", images, "--output", table],
        *["--fidelity", "file", "--chunk", 4],
    ]


def _quietly(command: list[object], environment: dict[str, str]) -> None:
    subprocess.run(
        list(map(str, command)),
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _kill_one(kind: str, folder: Path, job: Job, numbers: random.Random) -> bool:
    """Waits for processes of the cluster, and a while, and kills one; whether there was one."""
    until = time.monotonic() + 60
    while not _processes(kind, folder) and job.runs and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(numbers.uniform(0, 8))
    found = _processes(kind, folder)
    if not found or not job.runs:
        return False
    os.kill(numbers.choice(found), signal.SIGKILL)
    return True


def _processes(kind: str, folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace")
            if kind in words and str(folder) in words:
                found.append(int(entry.name))
        except (OSError, ValueError):
            continue
    return sorted(found)
