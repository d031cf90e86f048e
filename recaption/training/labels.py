"""What the vision tower is taught before there is any text: labels for every patch.

A patch belongs to the object whose square covers most of it, if that is a quarter or
more. Its labels are that object's attributes and where its middle is; the whole
image's labels are background, layout and, for one object alone, the ninth it is in.
"""

import numpy

from scenes import SIDE, SOURCE_SIDE
from vocabulary import COLORS, GROUNDS, LAYOUTS, SHAPES, SIZES, STYLES, TEXTURES

PATCH = 8
GRID = SIDE // PATCH

# Class 0 of "shape" is "no object here"; elsewhere such patches are labelled IGNORED.
IGNORED = -100
PATCH_CLASSES = {
    "shape": 1 + len(SHAPES),
    "color": len(COLORS),
    "size": len(SIZES),
    "texture": len(TEXTURES),
    "group": 3,
    "count": 4,
}
IMAGE_CLASSES = {
    "ground": len(GROUNDS),
    "style": len(STYLES),
    "layout": len(LAYOUTS),
    "ninth": 9,
}


def of_truth(truth):
    """Labels (GRID, GRID, 6), offsets to the middle in patches (GRID, GRID, 2), and the
    image's labels (4)."""
    patches = numpy.full((GRID, GRID, len(PATCH_CLASSES)), IGNORED, numpy.int8)
    patches[..., 0] = 0
    offsets = numpy.zeros((GRID, GRID, 2), numpy.float32)
    best = numpy.full((GRID, GRID), 0.25, numpy.float32)
    unit = PATCH * SOURCE_SIDE / SIDE
    edges = numpy.arange(GRID)
    for position, group in enumerate(truth["groups"]):
        values = (
            1 + SHAPES.index(group["shape"]),
            COLORS.index(group["color"]),
            SIZES.index(group["size"]),
            TEXTURES.index(group["texture"]),
            position,
            group["count"] - 1,
        )
        for place in group["objects"]:
            x, y, radius = (place[key] / unit for key in ("x", "y", "radius"))
            covered = numpy.outer(
                _overlap(edges, y - radius, y + radius),
                _overlap(edges, x - radius, x + radius),
            )
            taken = covered >= best
            best[taken] = covered[taken]
            patches[taken] = values
            rows, columns = numpy.nonzero(taken)
            offsets[rows, columns, 0] = x - columns - 0.5
            offsets[rows, columns, 1] = y - rows - 0.5
    return patches, offsets, _image(truth)


def _image(truth):
    ninth = IGNORED
    if truth["layout"] == "alone":
        place = truth["groups"][0]["objects"][0]
        column, row = (min(2, place[axis] * 3 // SOURCE_SIDE) for axis in ("x", "y"))
        ninth = 3 * row + column
    return numpy.array(
        [
            GROUNDS.index(truth["background"]["color"]),
            STYLES.index(truth["background"]["style"]),
            LAYOUTS.index(truth["layout"]),
            ninth,
        ],
        numpy.int8,
    )


def _overlap(edges, low, high):
    return numpy.clip(numpy.minimum(edges + 1, high) - numpy.maximum(edges, low), 0, 1)
