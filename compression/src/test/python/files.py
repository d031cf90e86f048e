"""Image files of every kind that is decoded, each with the samples that a second library
reads from it."""

import dataclasses
import io
import struct
import zlib

import imagecodecs
import numpy
import tifffile
from PIL import Image

import pictures


@dataclasses.dataclass
class Case:
    """A file, what its samples are, and by how many levels a decoder may differ."""

    name: str
    file: bytes
    samples: numpy.ndarray
    levels: int = 0
    # Whether such files are kept as their bytes, and not decoded.
    kept: bool = False


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def by_pillow(file, mode=None):
    image = Image.open(io.BytesIO(file))
    image.load()
    if mode is None:
        mode = "RGBA" if image.has_transparency_data else "RGB"
    return numpy.asarray(image.convert(mode))


def png(kind, depth, rows, interlaced=False, filters=(0, 1, 2, 3, 4), chunks=()):
    """A PNG of any colour type and depth; Pillow writes few of them."""
    height, width = rows.shape[:2]
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    def packed(part):
        if depth == 16:
            return part.astype(">u2").reshape(part.shape[0], -1).view(numpy.uint8)
        if depth == 8:
            return part.astype(numpy.uint8).reshape(part.shape[0], -1)
        bits = numpy.zeros((part.shape[0], part.shape[1] * depth), numpy.uint8)
        for bit in range(depth):
            bits[:, bit::depth] = (
                part.reshape(part.shape[0], -1) >> (depth - 1 - bit) & 1
            )
        return numpy.packbits(bits, axis=1)

    def filtered(part):
        back = max(1, channels * depth // 8)
        out = []
        previous = numpy.zeros(part.shape[1], int)
        for y, line in enumerate(part.astype(int)):
            left = numpy.concatenate([numpy.zeros(back, int), line])[: len(line)]
            corner = numpy.concatenate([numpy.zeros(back, int), previous])[: len(line)]
            estimate = left + previous - corner
            distances = [abs(estimate - p) for p in (left, previous, corner)]
            paeth = numpy.where(
                (distances[0] <= distances[1]) & (distances[0] <= distances[2]),
                left,
                numpy.where(distances[1] <= distances[2], previous, corner),
            )
            method = filters[y % len(filters)]
            guess = [0, left, previous, (left + previous) // 2, paeth][method]
            out.append(
                bytes([method]) + ((line - guess) % 256).astype(numpy.uint8).tobytes()
            )
            previous = line
        return b"".join(out)

    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)]
        passes += [(0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b""
    for x, y, across, down in passes:
        part = rows[y::down, x::across]
        if part.size:
            data += filtered(packed(part))
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    body = b"".join(chunk(name, content) for name, content in chunks)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + body
        + chunk(b"IDAT", zlib.compress(data, 9))
        + chunk(b"IEND", b"")
    )


def png_cases(rng):
    for height, width in ((1, 1), (5, 3), (31, 45)):
        for interlaced in (False, True):
            for kind, depths in (
                (0, (1, 2, 4, 8, 16)),
                (2, (8, 16)),
                (4, (8, 16)),
                (6, (8, 16)),
                (3, (1, 2, 4, 8)),
            ):
                for depth in depths:
                    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
                    rows = rng.integers(0, 1 << depth, (height, width, channels))
                    variants = {"": ()}
                    if kind == 3:
                        palette = rng.integers(0, 256, 3 << depth, dtype=numpy.uint8)
                        alphas = rng.integers(
                            0, 256, 1 << (depth - 1), dtype=numpy.uint8
                        )
                        entries = (b"PLTE", palette.tobytes())
                        variants = {
                            "": (entries,),
                            "-trns": (entries, (b"tRNS", alphas.tobytes())),
                        }
                    elif kind in (0, 2):
                        key = rows[0, 0].astype(">u2").tobytes()
                        variants["-key"] = ((b"tRNS", key),)
                    for suffix, chunks in variants.items():
                        file = png(kind, depth, rows, interlaced, chunks=chunks)
                        name = f"{kind}-{depth}-{height}x{width}-{int(interlaced)}{suffix}.png"
                        if depth == 16 or kind == 0 and chunks:
                            # libpng itself, since Pillow reads colours of 16 bits as 8, and
                            # takes transparent greys of fewer bits for others; the binding
                            # reads no interlaced rows.
                            samples = imagecodecs.png_decode(
                                png(kind, depth, rows, chunks=chunks)
                            )
                        else:
                            samples = by_pillow(file)
                        yield Case(name, file, samples)


def bmp_cases(rng):
    for name, kind in pictures.KINDS.items():
        for height, width in pictures.SIZES:
            image = Image.fromarray(kind(rng, height, width))
            for mode in ("RGB", "L", "P", "1"):
                converted = image.quantize(256) if mode == "P" else image.convert(mode)
                file = saved(converted, "BMP")
                yield Case(f"{name}-{mode}-{height}x{width}.bmp", file, by_pillow(file))


def gif_cases(rng):
    for name, kind in pictures.KINDS.items():
        for height, width in pictures.SIZES:
            image = Image.fromarray(kind(rng, height, width))
            for colours in (2, 16, 256):
                indexed = image.quantize(colours)
                for suffix, options in (
                    ("", {}),
                    ("-interlaced", {"interlace": 1}),
                    ("-clear", {"transparency": 0}),
                ):
                    file = saved(indexed, "GIF", **options)
                    yield Case(
                        f"{name}-{colours}-{height}x{width}{suffix}.gif",
                        file,
                        by_pillow(file),
                    )


def tiff_cases(rng):
    for height, width in ((1, 1), (29, 43), (64, 64)):
        colours = pictures.photo(rng, height, width)
        soft = pictures.cut_out(rng, colours, soft=True, black=False)
        deep = rng.integers(0, 65536, (height, width, 3), dtype=numpy.uint16)
        kinds = {
            "grey8": (colours[..., 0], {"photometric": "minisblack"}),
            "white8": (colours[..., 0], {"photometric": "miniswhite"}),
            "grey16": (deep[..., 0], {"photometric": "minisblack"}),
            "rgb8": (colours, {"photometric": "rgb"}),
            "rgb16": (deep, {"photometric": "rgb"}),
            "rgba8": (soft, {"photometric": "rgb", "extrasamples": ["unassalpha"]}),
        }
        layouts = {
            "plain": {},
            "strips": {"rowsperstrip": 7},
            "lzw": {"compression": "lzw"},
            "deflate": {"compression": "zlib"},
            "deflate-predictor": {"compression": "zlib", "predictor": True},
            "lzw-predictor": {"compression": "lzw", "predictor": True},
            "packbits": {"compression": "packbits"},
            "tiles": {"tile": (16, 32), "compression": "zlib"},
        }
        for kind, (array, options) in kinds.items():
            for layout, more in layouts.items():
                for order in "<>":
                    file = io.BytesIO()
                    tifffile.imwrite(
                        file, array, byteorder=order, metadata=None, **options, **more
                    )
                    samples = tifffile.imread(io.BytesIO(file.getvalue()))
                    if kind == "white8":
                        samples = 255 - samples
                    name = f"{kind}-{layout}-{height}x{width}-{'lb'['<>'.index(order)]}.tiff"
                    yield Case(name, file.getvalue(), samples)
        image = Image.fromarray(colours)
        for mode in ("1", "L", "P", "RGB"):
            converted = image.quantize(200) if mode == "P" else image.convert(mode)
            for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
                file = saved(converted, "TIFF", compression=compression)
                name = f"pillow-{mode}-{compression}-{height}x{width}.tiff"
                yield Case(name, file, by_pillow(file))
        for compression in ("group3", "group4"):
            file = saved(image.convert("1"), "TIFF", compression=compression)
            yield Case(
                f"pillow-{compression}-{height}x{width}.tiff",
                file,
                by_pillow(file),
                kept=True,
            )


def lossless_webp_cases(rng):
    number = 0
    for name, kind in pictures.KINDS.items():
        for height, width in pictures.SIZES:
            colours = kind(rng, height, width)
            shapes = {
                "opaque": colours,
                "cut": pictures.cut_out(rng, colours),
                "soft": pictures.cut_out(rng, colours, soft=True),
                "hidden": pictures.cut_out(rng, colours, black=False),
            }
            for shape, array in shapes.items():
                for _ in range(3):
                    quality = (0, 20, 50, 75, 90, 100)[number % 6]
                    method = number % 7
                    exact = number % 2 == 0
                    number += 1
                    file = saved(
                        Image.fromarray(array),
                        "WEBP",
                        lossless=True,
                        quality=quality,
                        method=method,
                        exact=exact,
                    )
                    title = f"{name}-{shape}-{height}x{width}-q{quality}-m{method}-{int(exact)}"
                    yield Case(f"{title}.webp", file, by_pillow(file))


def lossy_webp_cases(rng):
    number = 0
    for name, kind in pictures.KINDS.items():
        for height, width in (*pictures.SIZES, (300, 60)):
            colours = kind(rng, height, width)
            for shape, array in {
                "opaque": colours,
                "soft": pictures.cut_out(rng, colours, soft=True),
            }.items():
                for quality in (5, 50, 75, 95):
                    method = number % 7
                    number += 1
                    file = saved(
                        Image.fromarray(array),
                        "WEBP",
                        quality=quality,
                        method=method,
                        alpha_quality=100 if number % 3 else 40,
                    )
                    title = (
                        f"{name}-{shape}-{height}x{width}-q{quality}-m{method}-lossy"
                    )
                    yield Case(f"{title}.webp", file, by_pillow(file))


def jpeg_cases(rng):
    for name, kind in pictures.KINDS.items():
        for height, width in pictures.SIZES:
            image = Image.fromarray(kind(rng, height, width))
            for quality in (30, 90):
                for subsampling in (0, 1, 2):
                    for progressive in (False, True):
                        file = saved(
                            image,
                            "JPEG",
                            quality=quality,
                            subsampling=subsampling,
                            progressive=progressive,
                        )
                        title = f"{name}-{height}x{width}-q{quality}-s{subsampling}"
                        yield Case(
                            f"{title}-{int(progressive)}.jpg",
                            file,
                            by_pillow(file),
                            levels=2,
                        )
            file = saved(image.convert("L"), "JPEG", quality=80)
            yield Case(
                f"{name}-{height}x{width}-grey.jpg", file, by_pillow(file), levels=2
            )


FORMATS = {
    "png": png_cases,
    "bmp": bmp_cases,
    "gif": gif_cases,
    "tiff": tiff_cases,
    "lossless-webp": lossless_webp_cases,
    "lossy-webp": lossy_webp_cases,
    "jpeg": jpeg_cases,
}


def rgba(samples):
    """Samples as red, green, blue and alpha, whatever channels they have."""
    array = numpy.asarray(samples)
    if array.ndim == 2:
        array = array[..., None]
    top = numpy.iinfo(array.dtype).max
    colours = array[..., : 3 if array.shape[-1] >= 3 else 1]
    alpha = (
        array[..., -1:]
        if array.shape[-1] in (2, 4)
        else numpy.full(array.shape[:2] + (1,), top, array.dtype)
    )
    return numpy.concatenate(
        [numpy.broadcast_to(colours, array.shape[:2] + (3,)), alpha], -1
    )
