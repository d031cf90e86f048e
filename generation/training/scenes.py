"""A set of scenes as the model draws them: pixels, and what is known about each."""

import json
import pathlib

import numpy

SIDE = 48
SOURCE_SIDE = 128
OBJECTS = 2
STYLES = ("flat", "soft")


class Scenes:
    """Images as a byte array (count, 48, 48, 3), and lists as long."""

    def __init__(self, images, truths, descriptions):
        self.images = images
        self.truths = truths
        self.descriptions = descriptions

    def __len__(self):
        return len(self.images)


def objects(truth):
    """How many objects a scene has."""
    return sum(group["count"] for group in truth["groups"])


def is_drawn(truth):
    """Whether the model learns scenes like this: one object or two, no grain."""
    return objects(truth) <= OBJECTS and truth["background"]["style"] in STYLES


def load(folder):
    """Scenes that prepare.py has put in a folder."""
    folder = pathlib.Path(folder)
    if not (folder / "images.npy").exists():
        raise SystemExit(f"No scenes in {folder}: make them with prepare.py.")
    with open(folder / "texts.jsonl", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    return Scenes(
        numpy.load(folder / "images.npy"),
        [text["truth"] for text in texts],
        [text["description"] for text in texts],
    )


def save(folder, images, texts):
    """Puts images, and for each its truth and description, in a folder."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "texts.jsonl", "w", encoding="utf-8") as lines:
        for text in texts:
            lines.write(json.dumps(text) + "\n")
    numpy.save(folder / "images.npy", images)
