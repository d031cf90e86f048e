"""Makes a folder of scenes for training from the Parquet table of `darkroom scenes`.

    bin/darkroom scenes --count 120000 --seed 1 --output scenes
    python prepare.py --scenes scenes --output train

Pictures are brought to the model's size by the model's own processor, once.
"""

import argparse
import io
import json
import pathlib

import numpy
from PIL import Image

from scenes import SIDE, SOURCE_SIDE, save


def resized(image):
    """An image in the processor's size; what CLIPImageProcessor does to it before it
    rescales and normalises. Square pictures have nothing to crop."""
    if image.size != (SOURCE_SIDE, SOURCE_SIDE):
        raise SystemExit(
            f"A picture of {image.size[0]} x {image.size[1]} pixels: "
            f"training takes scenes of {SOURCE_SIDE} x {SOURCE_SIDE} alone."
        )
    small = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    return numpy.asarray(small)


def text_of(row):
    """What is known about a row's picture."""
    return {
        "truth": json.loads(row["truth"]),
        "description": row["description"],
        "caption": row["caption"],
    }


def main():
    import pyarrow.parquet

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenes", required=True, help="table of `darkroom scenes`")
    parser.add_argument("--output", required=True, help="folder to make")
    options = parser.parse_args()

    images, texts = [], []
    for part in sorted(pathlib.Path(options.scenes).glob("*.parquet")):
        columns = ["image", "truth", "description", "caption"]
        for batch in pyarrow.parquet.ParquetFile(part).iter_batches(
            500, columns=columns
        ):
            for row in batch.to_pylist():
                images.append(resized(Image.open(io.BytesIO(row["image"]))))
                texts.append(text_of(row))
    if not images:
        raise SystemExit(f"No Parquet files in {options.scenes}: name the table.")
    save(options.output, numpy.stack(images), texts)


if __name__ == "__main__":
    main()
