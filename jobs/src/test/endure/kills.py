"""Jobs that are killed at random moments, and run again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import checks
import pictures
from figures import Figures
from machine import Inspector, Machine

IN_A_ROW = 4
PROMPTS = ["a red circle", "a blue square", "two green triangles", "a yellow ring"]


@dataclass(frozen=True)
class Killable:
    """A job that one round runs into an output of its own.

    Attributes:
        command: the arguments, given the output.
        check: looks at the output, and adds to the figures.
    """

    command: Callable[[Path], list[object]]
    check: Callable[[Path, Figures], None]


def rounds(
    machine: Machine, job: Killable, figures: Figures, kills: int, seed: int
) -> None:
    """So many kills, a few in a row of each output; then a run to the end, and a check.

    A run that is killed may be the first one, or one that goes on where a kill has left things.
    """
    numbers = random.Random(seed)
    undisturbed = machine.work / f"{figures.part}-undisturbed"
    first = machine.start(*job.command(undisturbed))
    if first.end() != 0:
        raise RuntimeError(f"{figures.part} does not run at all: {first.said}")
    usual = first.seconds
    job.check(undisturbed, figures)
    # A run may end before it is killed, so there are more outputs than kills would need.
    for number in range(kills):
        output = machine.work / f"{figures.part}-{number:02}"
        for _ in range(min(IN_A_ROW, kills - figures.kills)):
            killed = machine.start(*job.command(output))
            # Before the first tenth only the JVM starts.
            if not killed.kill_after(numbers.uniform(0.1, 1.0) * usual):
                break
            figures.kills += 1
        again = machine.start(*job.command(output))
        if again.end() != 0:
            figures.wrong += 1
            figures.note(f"the run after a kill failed: {again.said[-400:]}")
        job.check(output, figures)
        figures.rounds += 1
        if figures.kills == kills:
            return


def killable(
    name: str, machine: Machine, inspector: Inspector, seed: int, part: int = 1
) -> Killable:
    """One of the jobs, with inputs of its own, of which a part may be enough."""
    return _Makers(machine, inspector, seed, part).make(name)


class _Makers:
    def __init__(self, machine: Machine, inspector: Inspector, seed: int, part: int):
        self._machine = machine
        self._inspector = inspector
        self._seed = seed
        self._part = part

    def make(self, name: str) -> Killable:
        return getattr(self, name)()

    def compress(self) -> Killable:
        images = self._images(60 // self._part)
        return Killable(
            lambda out: [
                *["compress", "--input", images, "--output", out],
                *["--fidelity", "file", "--chunk", 6],
            ],
            lambda out, figures: checks.archive(self._inspector, images, out, figures),
        )

    def restore(self) -> Killable:
        images = self._images(400 // self._part)
        archive = self._machine.work / "to-restore"
        self._run(
            *["compress", "--input", images, "--output", archive, "--fidelity", "file"]
        )
        return Killable(
            lambda out: ["restore", "--input", archive, "--output", out],
            lambda out, figures: checks.folder(images, out, figures),
        )

    def recaption(self) -> Killable:
        images = self._images(40 // self._part)
        return self._table(
            lambda out: [
                *["recaption", "--input", images, "--output", out],
                *["--chunk", 5, "--max-new-tokens", 8, "--canary", 0],
            ],
            "source_path,image_sha256,prompt,caption,status",
        )

    def generate(self) -> Killable:
        prompts = self._prompts()
        return self._table(
            lambda out: [
                *["generate", "--prompts", prompts, "--output", out],
                *["--seeds", "0..5", "--steps", 3, "--chunk", 6],
            ],
            "key,prompt,seed,image_sha256,pixel_sha256,status",
        )

    def score(self) -> Killable:
        drawn = self._machine.work / "to-score"
        self._run(
            *["generate", "--prompts", self._prompts(), "--output", drawn],
            *["--seeds", "0..5", "--steps", 3],
        )
        return self._table(
            lambda out: ["score", "--input", drawn, "--output", out],
            "key,judge,category,score,status",
        )

    def nouns(self) -> Killable:
        captions = self._machine.work / "captions.csv"
        numbers = random.Random(self._seed)
        words = "dog cat tree house river boat child bird car street window".split()
        lines = [
            f"a {numbers.choice(words)} near the {numbers.choice(words)}"
            for _ in range(20_000)
        ]
        captions.write_text("caption\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return self._table(
            lambda out: [
                *["nouns", "--input", captions, "--column", "caption"],
                *["--output", out],
            ],
            "dataset,caption_column,form,word,occurrences",
            "histogram",
        )

    def _table(
        self, command: Callable[[Path], list[object]], columns: str, below: str = ""
    ) -> Killable:
        expected: dict = {}

        def check(output: Path, figures: Figures) -> None:
            table = output / below
            if not expected:
                expected.update(self._inspector.ask("rows", table, columns))
                expected.update(self._inspector.ask("digest", table, columns))
            checks.same_rows(self._inspector, table, columns, expected, figures)

        return Killable(command, check)

    def _images(self, count: int) -> Path:
        folder = self._machine.work / f"images-{count}"
        return folder if folder.exists() else pictures.write(folder, count, self._seed)

    def _prompts(self) -> Path:
        file = self._machine.work / "prompts.txt"
        file.write_text("\n".join(PROMPTS) + "\n", encoding="utf-8")
        return file

    def _run(self, *args: object) -> None:
        job = self._machine.start(*args)
        if job.end() != 0:
            raise RuntimeError(f"{args[0]} does not run at all: {job.said}")
