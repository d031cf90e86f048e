"""Prints what other lossless codecs make of a folder of PNGs: mean bits per subpixel, MB/s of raw samples on one thread."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image

Codec = tuple[Callable[[np.ndarray], bytes], Callable[[bytes], np.ndarray]]

CODECS: dict[str, Codec] = {
    "PNG level 9": (
        lambda a: imagecodecs.png_encode(a, level=9),
        imagecodecs.png_decode,
    ),
    "WebP lossless": (
        lambda a: imagecodecs.webp_encode(a, lossless=True, method=4),
        imagecodecs.webp_decode,
    ),
    "JPEG-LS": (imagecodecs.jpegls_encode, imagecodecs.jpegls_decode),
    "JPEG XL effort 1": (lambda a: jpegxl(a, 1), imagecodecs.jpegxl_decode),
    "JPEG XL effort 3": (lambda a: jpegxl(a, 3), imagecodecs.jpegxl_decode),
    "JPEG XL effort 7": (lambda a: jpegxl(a, 7), imagecodecs.jpegxl_decode),
    "JPEG XL effort 9": (lambda a: jpegxl(a, 9), imagecodecs.jpegxl_decode),
}


def jpegxl(image: np.ndarray, effort: int) -> bytes:
    """Lossless JPEG XL on one thread."""
    return imagecodecs.jpegxl_encode(image, lossless=True, effort=effort, numthreads=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="8-bit RGB PNGs")
    parser.add_argument(
        "--every", type=int, default=1, help="take one image of so many"
    )
    args = parser.parse_args()
    files = sorted(args.folder.glob("*.png"))[:: args.every]
    images = [np.asarray(Image.open(file).convert("RGB")) for file in files]
    if not images:
        raise SystemExit(f"{args.folder} holds no PNGs")
    megabytes = sum(image.size for image in images) / 1e6
    print(f"{len(images)} images, {megabytes:.1f} MB of samples")
    for name, (encode, decode) in CODECS.items():
        bpsp, encode_seconds, decode_seconds = 0.0, 0.0, 0.0
        for image in images:
            start = time.perf_counter()
            payload = encode(image)
            encoded = time.perf_counter()
            restored = decode(payload)
            decode_seconds += time.perf_counter() - encoded
            encode_seconds += encoded - start
            if not np.array_equal(restored, image):
                raise SystemExit(f"{name} is not lossless here")
            bpsp += 8 * len(payload) / image.size
        print(
            f"{name:18} {bpsp / len(images):.3f} bpsp  encode {megabytes / encode_seconds:8.2f} MB/s  "
            f"decode {megabytes / decode_seconds:8.2f} MB/s",
            flush=True,
        )


if __name__ == "__main__":
    main()
