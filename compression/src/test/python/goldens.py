"""A few small files of each kind, and what a second implementation reads from them, for tests
without Python.

python goldens.py --output ../resources/decoders

goldens.json has, for each file, its width, height, bits a sample, and the SHA-256 of its
pixels as red, green, blue and alpha, row by row; samples of 16 bits are big endian.
"""

import argparse
import hashlib
import json
import pathlib

import files
import numpy

SEED = 7
SHARES = {
    "png": 5,
    "bmp": 11,
    "gif": 23,
    "tiff": 7,
    "lossless-webp": 13,
    "lossy-webp": 31,
}
MOST_BYTES = 6000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, required=True)
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    goldens = {}
    for form, share in SHARES.items():
        cases = list(files.FORMATS[form](numpy.random.default_rng(SEED)))
        for case in cases[::share]:
            if case.kept or len(case.file) > MOST_BYTES:
                continue
            pixels = files.rgba(case.samples)
            deep = pixels.dtype == numpy.uint16
            data = pixels.astype(">u2" if deep else "u1").tobytes()
            (output / case.name).write_bytes(case.file)
            goldens[case.name] = {
                "width": pixels.shape[1],
                "height": pixels.shape[0],
                "bit_depth": 16 if deep else 8,
                "sha256": hashlib.sha256(data).hexdigest(),
            }
    (output / "goldens.json").write_text(
        json.dumps(goldens, indent=1, sort_keys=True) + "\n"
    )


if __name__ == "__main__":
    main()
