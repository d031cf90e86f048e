"""Image files to work on, the same for the same seed."""

import random
import struct
import zlib
from pathlib import Path


def png(numbers: random.Random, width: int, height: int) -> bytes:
    """A PNG whose samples wander, so that it shrinks, but not to nothing."""
    rows = bytearray()
    samples = [numbers.randrange(256) for _ in range(3)]
    for _ in range(height):
        rows.append(0)
        for _ in range(width):
            samples = [(sample + numbers.randrange(-6, 7)) % 256 for sample in samples]
            rows += bytes(samples)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def write(folder: Path, count: int, seed: int, side: int = 40) -> Path:
    """Writes so many pictures into a folder, some of them below it; returns the folder."""
    numbers = random.Random(seed)
    for number in range(count):
        file = folder / f"{number % 3}" / f"{number:03}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(numbers, side + numbers.randrange(side), side))
    return folder
