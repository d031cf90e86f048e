"""What each part of a scene is, for the model to say while it learns to draw.

A middle layer that must also tell the objects at its place learns faster what to draw there,
as Yu et al. (2025, "Representation alignment for generation") show with features of a
pretrained network; for scenes the truth is known.
"""

import numpy
from torch.nn import functional

from prompts import COLORS, SHAPES

TEXTURES = ("solid", "striped", "dotted", "checkered")
SIZES = ("small", "medium", "large")
# Of the nearest object: shape, colour, texture, size; then the background's colour.
CLASSES = (len(SHAPES), len(COLORS), len(TEXTURES), len(SIZES), len(COLORS))
# Then whether an object is there at all, and how far right and below its centre is.
LABELS = sum(CLASSES) + 1 + 2
NONE = 255


def label(truth, rows, side):
    """The labels of rows x rows parts of a picture, as bytes (rows, rows, 5) and, in parts'
    widths, offsets (rows, rows, 2). side is that of the truth's picture in pixels."""
    ground = COLORS.index(truth["background"]["color"])
    classes = numpy.full((rows, rows, len(CLASSES)), NONE, numpy.uint8)
    classes[..., -1] = ground
    offsets = numpy.zeros((rows, rows, 2), numpy.float32)
    nearest = numpy.full((rows, rows), numpy.inf)
    part = side / rows
    middle = (numpy.arange(rows) + 0.5) * part
    for group in truth["groups"]:
        look = (
            SHAPES.index(group["shape"]),
            COLORS.index(group["color"]),
            TEXTURES.index(group["texture"]),
            SIZES.index(group["size"]),
        )
        for at in group["objects"]:
            right = at["x"] - middle[None, :]
            below = at["y"] - middle[:, None]
            far = numpy.maximum(abs(right), abs(below)) - at["radius"]
            near = (far < part / 2) & (far < nearest)
            nearest[near] = far[near]
            classes[near, :4] = look
            offsets[near] = numpy.stack(numpy.broadcast_arrays(right, below), -1)[near]
    return classes, offsets / part


def error(said, classes, offsets):
    """How wrong the model is about the labels: cross entropies and squares, in nats.

    said (batch, tokens, LABELS), classes (batch, tokens, 5), offsets (batch, tokens, 2)
    """
    classes = classes.long()
    there = classes[..., 0] != NONE
    total, first = 0.0, 0
    for i, count in enumerate(CLASSES):
        total = total + functional.cross_entropy(
            said[..., first : first + count].flatten(0, 1),
            classes[..., i].flatten(),
            ignore_index=NONE,
        )
        first += count
    total = total + functional.binary_cross_entropy_with_logits(
        said[..., first], there.float()
    )
    return total + functional.mse_loss(said[..., first + 1 :][there], offsets[there])
