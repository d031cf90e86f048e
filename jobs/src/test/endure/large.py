"""A tar of files of 50 to 120 MB, archived within the heap that bin/darkroom gives."""

from __future__ import annotations

import io
import os
import random
import shutil
import struct
import sys
import tarfile
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import checks
from figures import Figures
from machine import Inspector, Job, Machine

_LEAST = 50 << 20
_MOST = 120 << 20
_SAMPLES = 3
_WIDTH = 4096
_UNKNOWN_COMPRESSION = 34712  # JPEG 2000, which no decoder here opens
_MTIME = 1_700_000_000
_STEPS = {"compress", "--no-resume", "verify", "restore"}


def tar(path: Path, size: int, seed: int) -> int:
    """Writes a tar of about so many bytes; returns how many members it has.

    Half of its images are smooth and half are noise, half have 8 and half have 16 bits. One file
    is a TIFF under a compression that is not decoded, and one is random bytes.
    """
    numbers = random.Random(seed)
    makers: list[Callable[[int], bytes]] = [
        lambda wanted: tiff(_smooth(numbers, 8, wanted), 8),
        lambda wanted: tiff(_noise(numbers, wanted), 16),
        lambda wanted: tiff(_noise(numbers, wanted), 8, _UNKNOWN_COMPRESSION),
        lambda wanted: _noise(numbers, wanted),
        lambda wanted: tiff(_smooth(numbers, 16, wanted), 16),
        lambda wanted: tiff(_noise(numbers, wanted), 8),
    ]
    written = 0
    members = 0
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as out:
        while written < size:
            # What is not decoded is there once; the images alternate.
            maker = (
                makers[members] if members < 6 else makers[(0, 1, 4, 5)[members % 4]]
            )
            content = maker(numbers.randrange(_LEAST, _MOST))
            suffix = "bin" if maker is makers[3] else "tif"
            member = tarfile.TarInfo(f"scans/{members:03}.{suffix}")
            member.size = len(content)
            member.mtime = _MTIME
            out.addfile(member, io.BytesIO(content))
            written += len(content)
            members += 1
    return members


def tiff(samples: bytes, bits: int, compression: int = 1) -> bytes:
    """A TIFF of one strip of RGB samples, 4096 pixels wide; what is over a row is left out."""
    row = _WIDTH * _SAMPLES * bits // 8
    height = len(samples) // row
    strip = memoryview(samples)[: height * row]
    tags = [
        (256, 4, _WIDTH),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, compression),
        (262, 3, 2),
        (273, 4, 16),
        (277, 3, _SAMPLES),
        (278, 4, height),
        (279, 4, len(strip)),
    ]
    # Header, depths, strip, directory: in this order, each on a word.
    directory = struct.pack("<H", len(tags))
    for number, kind, value in tags:
        many = _SAMPLES if number == 258 else 1
        directory += struct.pack("<HHII", number, kind, many, value)
    header = struct.pack("<2sHI3H2x", b"II", 42, 16 + len(strip), bits, bits, bits)
    return b"".join([header, strip, directory, bytes(4)])


def _noise(numbers: random.Random, size: int) -> bytes:
    # In pieces: one call takes several times as much memory as it gives.
    return b"".join(numbers.randbytes(1 << 20) for _ in range(size >> 20))


def _smooth(numbers: random.Random, bits: int, size: int) -> bytes:
    """Rows of one long ramp, each of which begins a little further along."""
    row = _WIDTH * _SAMPLES * bits // 8
    top = (1 << bits) - 1
    steps = 8 * _WIDTH
    level = [numbers.randrange(top) for _ in range(_SAMPLES)]
    ramp = array("H" if bits == 16 else "B")
    for step in range(steps):
        ramp.extend(
            abs((level[c] + step * top // steps) % (2 * top) - top)
            for c in range(_SAMPLES)
        )
    if sys.byteorder == "big":
        ramp.byteswap()
    content = memoryview(ramp.tobytes())
    pixel = _SAMPLES * bits // 8
    starts = (pixel * (y % (7 * _WIDTH)) for y in range(size // row))
    return b"".join(content[start : start + row] for start in starts)


class Large:
    """Archives such a tar twice, verifies it and restores it."""

    def __init__(self, machine: Machine, inspector: Inspector, seed: int):
        self._machine = machine
        self._inspector = inspector
        self._seed = seed

    def archive(self, figures: Figures, size: int, max_pixels: int) -> None:
        """The second time every row is replaced, so that old and new payloads meet."""
        images = self._machine.work / "large"
        images.mkdir()
        members = tar(images / "scans.tar", size, self._seed)
        made = (images / "scans.tar").stat().st_size
        table = self._machine.work / "large-archive"
        restored = self._machine.work / "large-restored"
        compress = [
            *["compress", "--input", images, "--output", table],
            *["--max-pixels", max_pixels],
        ]
        figures.note(f"{members} members, {made / 1e6:,.0f} MB")
        for step in [
            compress,
            [*compress, "--no-resume"],
            ["verify", "--input", table],
            ["restore", "--input", table, "--output", restored, "--as", "tar"],
        ]:
            if not self._done(step, made, figures):
                figures.lost += members
                return
            figures.rounds += 1
        rows = self._inspector.ask("rows", table, "source_path")
        figures.lost += max(0, members - rows["different"])
        figures.doubled += rows["rows"] - rows["different"]
        _compare(images / "scans.tar", restored / "scans.tar", figures)
        shutil.rmtree(restored)

    def _done(self, step: list[object], size: int, figures: Figures) -> bool:
        conf = self._machine.work / "large.conf"
        local = self._machine.root / "jobs/src/main/conf/local.conf"
        usual = Path(os.environ.get("DARKROOM_CONF", local))
        conf.write_text(f"{usual.read_text()}\nspark.local.dir {self._machine.temp}\n")
        job = Job(
            [str(self._machine.root / "bin/darkroom"), *map(str, step)],
            self._machine.log(),
            env={
                **os.environ,
                "DARKROOM_CONF": str(conf),
                "TMPDIR": str(self._machine.temp),
            },
        )
        started = time.monotonic()
        status, peak = job.end_watched()
        seconds = time.monotonic() - started
        name = " ".join(str(word) for word in step if word in _STEPS)
        figures.note(
            f"{name}: {seconds:,.0f} s, {size / 1e6 / seconds:.2f} MB/s,"
            f" {peak / 1e9:.2f} GB of memory at most"
        )
        if status != 0:
            figures.wrong += 1
            figures.note(f"{name} ended with {status}: {job.said[-800:]}")
        for word in ["OUT_OF_MEMORY", "OutOfMemoryError", "TIMEOUT"]:
            if word in job.said_at_all:
                figures.wrong += word != "TIMEOUT"
                figures.note(f"{name} says {word}")
        return status == 0


def _compare(one: Path, other: Path, figures: Figures) -> None:
    """The members of two tars: names, their order, and every byte."""
    if not other.is_file():
        figures.lost += 1
        figures.note(f"{other.name} is not there")
        return
    with tarfile.open(one) as was, tarfile.open(other) as now:
        names = [member.name for member in was]
        if names != [member.name for member in now]:
            figures.wrong += 1
            figures.note("the tar that was restored has other members")
        for name in names:
            try:
                content = now.extractfile(name)
            except KeyError:
                figures.lost += 1
                figures.note(f"{name} is lost")
                continue
            if not checks.same(was.extractfile(name), content):
                figures.wrong += 1
                figures.note(f"{name} came back otherwise")
