"""A set of scenes as the model sees them: pixels in the processor's size, truths, texts."""

import json
import pathlib

import numpy

SIDE = 64
SOURCE_SIDE = 128


class Scenes:
    """Images as a byte array (count, 64, 64, 3), and lists as long."""

    def __init__(self, images, truths, descriptions, captions):
        self.images = images
        self.truths = truths
        self.descriptions = descriptions
        self.captions = captions

    def __len__(self):
        return len(self.images)

    def first(self, count):
        return Scenes(
            self.images[:count],
            self.truths[:count],
            self.descriptions[:count],
            self.captions[:count],
        )


def load(folder):
    """Scenes that prepare.py has put in a folder."""
    folder = pathlib.Path(folder)
    if not (folder / "images.npy").exists():
        raise SystemExit(f"No scenes in {folder}: make them with prepare.py.")
    with open(folder / "texts.jsonl", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    return Scenes(
        numpy.load(folder / "images.npy", mmap_mode="r"),
        [text["truth"] for text in texts],
        [text["description"] for text in texts],
        [text["caption"] for text in texts],
    )


def save(folder, images, texts):
    """Puts images, and for each its truth, description and caption, in a folder."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "texts.jsonl", "w", encoding="utf-8") as lines:
        for text in texts:
            lines.write(json.dumps(text) + "\n")
    numpy.save(folder / "images.npy", images)
