"""Makes a folder of scenes for training from the Parquet table of `darkroom scenes`.

    bin/darkroom scenes --count 400000 --seed 3 --output scenes
    python prepare.py --scenes scenes --output train

Keeps the scenes that the model learns to draw: of one object or two, without grain.
"""

import argparse
import io
import json
import pathlib

import numpy
from PIL import Image

from scenes import SIDE, SOURCE_SIDE, is_drawn, save


def resized(image):
    """A picture in the model's size: each pixel the mean of those it covers."""
    if image.size != (SOURCE_SIDE, SOURCE_SIDE):
        raise SystemExit(
            f"A picture of {image.size[0]} x {image.size[1]} pixels: "
            f"training takes scenes of {SOURCE_SIDE} x {SOURCE_SIDE} alone."
        )
    return numpy.asarray(
        image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
    )


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
        columns = ["image", "truth", "description"]
        for batch in pyarrow.parquet.ParquetFile(part).iter_batches(
            500, columns=columns
        ):
            for row in batch.to_pylist():
                truth = json.loads(row["truth"])
                if is_drawn(truth):
                    images.append(resized(Image.open(io.BytesIO(row["image"]))))
                    texts.append({"truth": truth, "description": row["description"]})
    if not images:
        raise SystemExit(f"No Parquet files in {options.scenes}: name the table.")
    save(options.output, numpy.stack(images), texts)
    print(f"{len(images)} scenes in {options.output}")


if __name__ == "__main__":
    main()
