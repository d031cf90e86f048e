"""Makes the TIFF files under src/test/resources/tiff, each by another writer, to be rebuilt byte for byte.

Needs, beside requirements-test.txt, libtiff's tiffcp (Debian: libtiff-tools 4.5.0) and ImageMagick 6.9.11. What
is in the files is compared with tifffile's reading of them: samples.tsv holds name, width, height, channels, bits
and SHA-256 of the samples (big endian; indices of palettes; white is the greatest number).
"""

import hashlib
import pathlib
import subprocess
import tempfile

import numpy
import tifffile
from PIL import Image

TARGET = pathlib.Path(__file__).parent.parent / "resources" / "tiff"


def picture(height: int, width: int, channels: int, bits: int) -> numpy.ndarray:
    y, x = numpy.mgrid[0:height, 0:width]
    noise = numpy.random.default_rng(3).integers(0, 3, (height, width, channels))
    values = ((x + 2 * y)[..., None] * numpy.arange(1, channels + 1) + noise) % 251
    return (values * (257 if bits == 16 else 1)).astype(
        numpy.uint16 if bits == 16 else numpy.uint8
    )


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        make(pathlib.Path(folder))
    lines = []
    for path in sorted(TARGET.glob("*.tif")):
        with tifffile.TiffFile(path) as file:
            page = file.pages[0]
            samples = page.asarray()
            if page.planarconfig == 2 and samples.ndim == 3:
                samples = numpy.moveaxis(samples, 0, -1)
            if page.photometric == 0:
                samples = 2**page.bitspersample - 1 - samples
        height, width = samples.shape[:2]
        channels = samples.shape[2] if samples.ndim == 3 else 1
        bits = 16 if samples.dtype == numpy.uint16 else 8
        data = samples.astype(">u2" if bits == 16 else numpy.uint8).tobytes()
        lines.append(
            f"{path.name}\t{width}\t{height}\t{channels}\t{bits}\t{hashlib.sha256(data).hexdigest()}\n"
        )
    (TARGET / "samples.tsv").write_text("".join(lines))


def make(folder: pathlib.Path) -> None:
    rgb = folder / "rgb.tif"
    Image.fromarray(picture(40, 50, 3, 8)).save(rgb)
    deep = folder / "deep.tif"
    tifffile.imwrite(deep, picture(40, 50, 3, 16), photometric="rgb", metadata=None)
    turning = folder / "turning.tif"
    # even, then noise: libtiff empties its table where the ratio falls
    noise = numpy.random.default_rng(5).integers(0, 256, (130, 100), dtype=numpy.uint8)
    noise[:90] = 7
    tifffile.imwrite(
        turning, noise, photometric="minisblack", metadata=None, rowsperstrip=130
    )
    for name, source, *options in [
        ("libtiff-lzw-ratio", turning, "-c", "lzw"),
        ("libtiff-lzw-difference", rgb, "-c", "lzw:2", "-r", "7"),
        ("libtiff-lzw-tiles", rgb, "-c", "lzw", "-t", "-w", "32", "-l", "16"),
        ("libtiff-lzw-planes-big", rgb, "-c", "lzw:2", "-p", "separate", "-B"),
        ("libtiff-packbits", turning, "-c", "packbits", "-r", "20"),
        ("libtiff-tiles", deep, "-c", "none", "-t", "-w", "16", "-l", "16"),
    ]:
        subprocess.run(["tiffcp", *options, source, TARGET / f"{name}.tif"], check=True)
    for name, *options in [
        ("magick-palette-lzw", "-colors", "14", "-type", "Palette", "-compress", "LZW"),
        ("magick-grey4-lzw", "-colorspace", "Gray", "-depth", "4", "-compress", "LZW"),
        ("magick-packbits", "-compress", "RLE"),
        (
            "magick-white-lzw",
            "-define",
            "quantum:polarity=min-is-white",
            "-colorspace",
            "Gray",
            "-compress",
            "LZW",
        ),
    ]:
        subprocess.run(
            ["/usr/bin/convert", rgb, *options, TARGET / f"{name}.tif"], check=True
        )
    tifffile.imwrite(
        TARGET / "tifffile-lzw-tiles-big.tif",
        picture(40, 50, 1, 16)[..., 0],
        photometric="minisblack",
        metadata=None,
        compression="lzw",
        predictor=True,
        tile=(32, 32),
        byteorder=">",
    )
    Image.fromarray(picture(40, 50, 3, 8)).save(
        TARGET / "pillow-deflate-difference.tif",
        compression="tiff_adobe_deflate",
        tiffinfo={317: 2},
    )
    Image.fromarray(picture(40, 50, 4, 8)).save(
        TARGET / "pillow-rgba-lzw.tif", compression="tiff_lzw"
    )
    Image.fromarray(picture(40, 50, 3, 8)).quantize(9).save(
        TARGET / "pillow-palette-deflate.tif", compression="tiff_deflate"
    )


if __name__ == "__main__":
    main()
