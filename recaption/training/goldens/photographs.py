"""Prints what Pillow and two image processors make of every file of a folder: its name,
the SHA-256 of its RGB samples, of CLIP's values and of SigLIP's, one line each.

python photographs.py FOLDER PROCESSORS
"""

import pathlib
import sys

import numpy
from images import sha256
from PIL import Image
from transformers import AutoImageProcessor


def main():
    folder, processors = map(pathlib.Path, sys.argv[1:])
    loaded = [
        AutoImageProcessor.from_pretrained(processors / name, use_fast=False)
        for name in ("clip", "siglip")
    ]
    for file in sorted(folder.iterdir()):
        image = Image.open(file).convert("RGB")
        values = [
            processor(image, input_data_format="channels_last", return_tensors="np")
            for processor in loaded
        ]
        values = [sha256(v["pixel_values"][0].astype("<f4")) for v in values]
        print(file.name, sha256(numpy.asarray(image)), *values)


if __name__ == "__main__":
    main()
