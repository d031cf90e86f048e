"""A campaign of what may go wrong: nothing may be lost, doubled or come back otherwise.

Jobs are killed at random moments and run again; disks are full, targets read-only, stores break
off, clocks lie, two drivers write at once; files are broken in thousands of ways; random images
go through every coder. Ends with 1 where something was lost, doubled or wrong.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import checks
import kills
from crowd import Crowd
from faults import Faults
from figures import Figures, table
from large import Large
from machine import Inspector, Machine

ROOT = Path(__file__).resolve().parents[4]
JOBS = ["compress", "restore", "recaption", "generate", "score", "nouns"]


@dataclass(frozen=True)
class Part:
    """One of the campaign.

    Attributes:
        about: what it does, in a line.
        run: does it, and adds to the figures.
        short: whether the short form has it.
    """

    about: str
    run: Callable[[Figures], None]
    short: bool = True


class Campaign:
    """All parts, on one machine.

    Args:
        options: of the command line.
        machine: to run on.
        inspector: that looks at tables.
    """

    def __init__(
        self, options: argparse.Namespace, machine: Machine, inspector: Inspector
    ):
        self._options = options
        self._machine = machine
        self._inspector = inspector
        faults = Faults(machine, inspector, options.seed)
        crowd = Crowd(machine, inspector, options.seed)
        few = max(1, options.rounds // 5)
        self.parts = {
            f"kill-{job}": Part(
                f"kill -9 of the driver of {job}",
                lambda figures, job=job: self._kill(job, figures),
                job == "compress",
            )
            for job in JOBS
        } | {
            "kill-executor": Part(
                "kill -9 of executors and workers of bin/cluster",
                lambda figures: crowd.cluster(figures, options.rounds),
                short=False,
            ),
            "disk-full": Part(
                "the disk fills up, and has room again",
                lambda figures: faults.disk_full(figures, few),
            ),
            "read-only": Part(
                "the target can't be written to, and can again",
                lambda figures: faults.read_only(figures, few),
                short=False,
            ),
            "flaky-store": Part(
                "a store fails one call in fifty, of input and archive",
                lambda figures: faults.flaky_store(figures, few, options.one_in),
            ),
            "clocks": Part(
                "A, B, A, with times of archiving that lie",
                lambda figures: crowd.clocks(figures, few),
                short=False,
            ),
            "two-writers": Part(
                "two drivers write one archive at once",
                lambda figures: crowd.two_writers(figures, few),
            ),
            "large": Part(
                "a tar of files of 50 to 120 MB, within the heap of bin/darkroom",
                lambda figures: Large(machine, inspector, options.seed).archive(
                    figures, options.large_bytes, options.large_max_pixels
                ),
            ),
            "broken-files": Part("files that are nearly images", self._broken),
            "round-trips": Part("random images through every coder", self._trips),
        }

    def _kill(self, job: str, figures: Figures) -> None:
        killable = kills.killable(
            *[job, self._machine, self._inspector, self._options.seed],
            part=5 if self._options.short else 1,
        )
        kills.rounds(
            self._machine, killable, figures, self._options.rounds, self._options.seed
        )

    def _broken(self, figures: Figures) -> None:
        images = self._machine.work / "broken"
        archive = self._machine.work / "broken-archive"
        samples = sorted((ROOT / "compression/src/test/resources/webp").glob("*.webp"))
        self._done(
            "dev.darkroom.jobs.endure.BrokenFiles",
            *[images, self._options.files, self._options.seed, *samples],
        )
        figures.rounds = checks.count(images)
        job = self._machine.start(
            *["compress", "--input", images, "--output", archive, "--fidelity", "file"]
        )
        if job.end() != 0:
            figures.wrong += 1
            figures.note(f"compress failed: {job.said[-400:]}")
        checks.archive(self._inspector, images, archive, figures)

    def _trips(self, figures: Figures) -> None:
        said = self._done(
            "dev.darkroom.compression.endure.CoderRounds",
            *[self._options.trips, self._options.seed],
            statuses=(0, 1),
        )
        found = json.loads(said.strip().splitlines()[-1])
        figures.rounds = found["trips"]
        figures.wrong = found["wrong"]
        figures.note(f"{found['images']:,} images")
        if found["wrong"]:
            figures.note(said[-1500:])

    def _done(self, main: str, *args: object, statuses: tuple[int, ...] = (0,)) -> str:
        from machine import Job

        log = self._machine.log()
        job = Job(self._machine.java(main, *args), log)
        if job.end() not in statuses:
            raise RuntimeError(f"{main} failed: {job.said}")
        return job.said


def _options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/endure",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--rounds", type=int, help="kills of each job; a fifth of it of the rest"
    )
    parser.add_argument("--files", type=int, help="broken files")
    parser.add_argument("--trips", type=int, help="round trips of random images")
    parser.add_argument(
        "--large-bytes", type=int, help="bytes of the tar of large files"
    )
    parser.add_argument(
        "--large-max-pixels",
        type=int,
        default=100_000_000,
        help="large files of more pixels are kept without coding (default: 100,000,000)",
    )
    parser.add_argument(
        "--one-in", type=int, help="of how many calls the store fails one"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="of all that is random (default: 1)"
    )
    parser.add_argument(
        "--only", action="append", metavar="PART", help="may be given again"
    )
    parser.add_argument("--short", action="store_true", help="a short form, of minutes")
    parser.add_argument("--list", action="store_true", help="list the parts and end")
    parser.add_argument(
        "--keep", action="store_true", help="keep what was made, and say where"
    )
    options = parser.parse_args(arguments)
    names = ["rounds", "files", "trips", "one_in", "large_bytes"]
    short = (1, 60, 3_000, 200, 120_000_000)
    whole = (20, 3_000, 1_000_000, 50, 4_000_000_000)
    usual = short if options.short else whole
    for name, value in zip(names, usual, strict=True):
        if getattr(options, name) is None:
            setattr(options, name, value)
    return options


def main() -> int:
    """Runs the campaign; its status."""
    options = _options()
    work = Path(tempfile.mkdtemp(prefix="darkroom-endure-"))
    machine = Machine(ROOT, work)
    inspector = Inspector(machine)
    try:
        campaign = Campaign(options, machine, inspector)
        if options.list:
            for name, part in campaign.parts.items():
                print(f"{name:16} {part.about}")
            return 0
        unknown = sorted(set(options.only or []) - campaign.parts.keys())
        if unknown:
            print(
                f"endure: there is no part {', '.join(unknown)}; see --list",
                file=sys.stderr,
            )
            return 2
        every = [
            _run(name, part)
            for name, part in campaign.parts.items()
            if name in (options.only or [name])
            and (options.only or part.short or not options.short)
        ]
    finally:
        inspector.close()
        if options.keep:
            print(f"endure: what was made is in {work}", file=sys.stderr)
        else:
            shutil.rmtree(work, ignore_errors=True)
    print(table(every))
    for figures in every:
        for note in figures.notes:
            print(f"{figures.part}: {note}")
    return 0 if all(figures.good for figures in every) else 1


def _run(name: str, part: Part) -> Figures:
    figures = Figures(name)
    print(f"endure: {name}, {part.about} ...", file=sys.stderr, flush=True)
    try:
        part.run(figures)
    except RuntimeError as problem:
        figures.wrong += 1
        figures.note(str(problem))
    figures.end()
    return figures


if __name__ == "__main__":
    sys.exit(main())
