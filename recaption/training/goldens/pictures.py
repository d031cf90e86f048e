"""Small pictures of odd sizes, drawn from a seed: what the goldens are made of."""

import numpy
from PIL import Image, ImageDraw

SIZES = [(61, 43), (43, 61), (56, 56), (97, 17), (30, 90), (120, 80), (9, 7), (64, 50)]
COLORS = ["#d02020", "#2040c0", "#20a040", "#e0c020", "#101010", "#f0f0f0", "#8040a0"]


def picture(index):
    """An RGB picture of a few shapes on a gradient."""
    rng = numpy.random.default_rng(index)
    width, height = SIZES[index % len(SIZES)]
    across = numpy.linspace(0, 255, width)[None, :, None]
    down = numpy.linspace(0, 255, height)[:, None, None]
    mix = rng.random((2, 3))
    base = (across * mix[0] + down * mix[1]) / 2
    image = Image.fromarray(base.astype(numpy.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(4):
        x, y = rng.integers(0, width), rng.integers(0, height)
        side = int(rng.integers(2, max(3, min(width, height) // 2)))
        color = COLORS[int(rng.integers(len(COLORS)))]
        box = (int(x), int(y), int(x) + side, int(y) + side)
        (draw.ellipse if rng.random() < 0.5 else draw.rectangle)(box, fill=color)
    return image
