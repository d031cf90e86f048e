"""Image files of many kinds, the RGB samples that Pillow reads from them, and the pixel
values that transformers' image processors make of those.

python images.py --output ../../src/test/resources/dev/darkroom/recaption/image

Arrays are kept as SHA-256: of the samples, row by row, and of the values as little-endian
float32, channel by channel. Processors are told that the channels come last, since they
would guess otherwise for images of one or three rows.
"""

import argparse
import hashlib
import io
import json
import pathlib
import struct
import zlib

import numpy
from PIL import Image, ImageCms
from pictures import picture
from transformers import (
    CLIPImageProcessor,
    LlavaOnevisionImageProcessor,
    SiglipImageProcessor,
)
from transformers.models.llava.image_processing_llava import LlavaImageProcessor

PROCESSORS = {
    "clip": CLIPImageProcessor(size={"shortest_edge": 30}, crop_size=28),
    "clip-odd-crop": CLIPImageProcessor(
        size={"shortest_edge": 21}, crop_size={"height": 24, "width": 33}
    ),
    "clip-bilinear": CLIPImageProcessor(
        size={"height": 19, "width": 23}, resample=2, crop_size=16
    ),
    "clip-plain": CLIPImageProcessor(
        size={"shortest_edge": 16}, crop_size=16, do_normalize=False
    ),
    "siglip": SiglipImageProcessor(
        size={"height": 32, "width": 32}, do_convert_rgb=True
    ),
    "siglip-lanczos": SiglipImageProcessor(
        size={"height": 27, "width": 45}, resample=1, do_convert_rgb=True
    ),
    "siglip-box": SiglipImageProcessor(
        size={"height": 13, "width": 11}, resample=4, do_convert_rgb=True
    ),
    "llava-padded": LlavaImageProcessor(
        do_pad=True, size={"shortest_edge": 26}, crop_size=26
    ),
}
ONEVISION = LlavaOnevisionImageProcessor(size={"height": 29, "width": 29})


def raw_png(width, height, depth, kind, samples, transparent=None):
    """A PNG of a kind that Pillow reads but does not write."""

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + row.tobytes() for row in samples)
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + (b"" if transparent is None else chunk(b"tRNS", transparent))
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def encoded(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def oriented():
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(picture(0), "JPEG", quality=90, exif=exif)


def profile():
    """sRGB with red and green exchanged: who goes by it gets other colours."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = data.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ")
    return exchanged.replace(b"?XYZ", b"gXYZ")


def files():
    rng = numpy.random.default_rng(5)
    alpha = Image.fromarray(rng.integers(0, 256, (43, 61), dtype=numpy.uint8))
    rgba = picture(0).copy()
    rgba.putalpha(alpha)
    palette = picture(1).quantize(16)
    deep = rng.integers(0, 65536, (9, 7, 3)).astype(">u2")
    cmyk = picture(6).convert("CMYK")
    return {
        "rgb.png": encoded(picture(0), "PNG", optimize=True),
        "tall.png": encoded(picture(1), "PNG", optimize=True),
        "wide.png": encoded(picture(3), "PNG", optimize=True),
        "tiny.png": encoded(picture(6), "PNG"),
        "one-pixel.png": encoded(picture(0).crop((9, 9, 10, 10)), "PNG"),
        "one-row.png": encoded(picture(3).crop((0, 5, 97, 6)), "PNG"),
        "three-rows.png": encoded(picture(3).crop((0, 5, 50, 8)), "PNG"),
        "one-column.png": encoded(picture(4).crop((5, 0, 6, 90)), "PNG"),
        "grey.png": encoded(picture(2).convert("L"), "PNG"),
        "grey-alpha.png": encoded(rgba.convert("LA"), "PNG"),
        "alpha.png": encoded(rgba, "PNG"),
        "palette.png": encoded(palette, "PNG"),
        "palette-transparent.png": encoded(palette, "PNG", transparency=3),
        "bilevel.png": encoded(picture(2).convert("1"), "PNG"),
        "grey-16.png": raw_png(7, 9, 16, 0, deep[..., 0] % 600),
        "grey-transparent-16.png": raw_png(
            7, 9, 16, 0, deep[..., 0] % 600, transparent=b"\0\7"
        ),
        "grey-alpha-16.png": raw_png(7, 9, 16, 4, deep[..., :2]),
        "rgb-16.png": raw_png(7, 9, 16, 2, deep),
        "grey-2.png": raw_png(
            8, 9, 2, 0, rng.integers(0, 256, (9, 2), dtype=numpy.uint8)
        ),
        "bitmap.bmp": encoded(picture(6), "BMP"),
        "palette.gif": encoded(picture(4), "GIF"),
        "lossless.webp": encoded(picture(5), "WEBP", lossless=True),
        "rgb.tif": encoded(picture(6), "TIFF"),
        "lzw.tif": encoded(picture(2), "TIFF", compression="tiff_lzw"),
        "444.jpg": encoded(picture(0), "JPEG", quality=92, subsampling=0),
        "422.jpg": encoded(picture(3), "JPEG", quality=80, subsampling=1),
        "420.jpg": encoded(picture(7), "JPEG", quality=75, subsampling=2),
        "420-odd.jpg": encoded(picture(1), "JPEG", quality=60, subsampling=2),
        "progressive.jpg": encoded(picture(5), "JPEG", progressive=True),
        "grey.jpg": encoded(picture(2).convert("L"), "JPEG"),
        "profile.jpg": encoded(picture(0), "JPEG", icc_profile=profile()),
        "profile.png": encoded(picture(6), "PNG", icc_profile=profile()),
        "oriented.jpg": oriented(),
        "cmyk.jpg": encoded(cmyk, "JPEG", quality=95),
    }


def sha256(array):
    return hashlib.sha256(numpy.ascontiguousarray(array).tobytes()).hexdigest()


def golden(file):
    image = Image.open(io.BytesIO(file))
    image.load()
    rgb = numpy.asarray(image.convert("RGB"))
    values = {
        name: processor(image, input_data_format="channels_last", return_tensors="np")
        for name, processor in PROCESSORS.items()
    }
    values = {name: value["pixel_values"][0] for name, value in values.items()}
    base = ONEVISION(
        image.convert("RGB"), input_data_format="channels_last", return_tensors="np"
    )
    values["onevision-base"] = base["pixel_values"][0][0]
    return {
        "width": rgb.shape[1],
        "height": rgb.shape[0],
        "rgb": sha256(rgb),
        "values": {
            name: {
                "shape": list(value.shape),
                "sha256": sha256(value.astype("<f4")),
                "first": [float(x) for x in value.ravel()[:3]],
            }
            for name, value in values.items()
        },
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", required=True, type=pathlib.Path)
    output = parser.parse_args().output
    (output / "files").mkdir(parents=True, exist_ok=True)
    goldens = {}
    for name, file in files().items():
        (output / "files" / name).write_bytes(file)
        goldens[name] = golden(file)
    (output / "processors").mkdir(exist_ok=True)
    for name, processor in {**PROCESSORS, "onevision-base": ONEVISION}.items():
        folder = output / "processors" / name
        folder.mkdir(exist_ok=True)
        processor.save_pretrained(folder)
    (output / "goldens.json").write_text(json.dumps(goldens, indent=1) + "\n")


if __name__ == "__main__":
    main()
