"""Pictures of the kinds that image files are made of, the same in every run."""

import numpy

SIZES = ((1, 1), (1, 37), (41, 1), (29, 43), (64, 64), (7, 300))


def photo(rng, height, width):
    """Smooth shades with some grain, as a camera sees them."""
    y, x = numpy.mgrid[0:height, 0:width]
    planes = []
    for _ in range(3):
        a, b, c, d = rng.uniform(0.01, 0.2, 4)
        planes.append(
            128 + 60 * numpy.sin(a * x + b * y) + 50 * numpy.cos(c * x - d * y)
        )
    grain = rng.normal(0, 3, (height, width, 3))
    return numpy.clip(numpy.stack(planes, -1) + grain, 0, 255).astype(numpy.uint8)


def noise(rng, height, width):
    return rng.integers(0, 256, (height, width, 3), dtype=numpy.uint8)


def flat(rng, height, width):
    return numpy.full((height, width, 3), rng.integers(0, 256, 3), numpy.uint8)


def few_colours(rng, height, width, colours=None):
    """Patches of 2 to 250 colours."""
    count = colours or int(rng.integers(2, 251))
    palette = rng.integers(0, 256, (count, 3), dtype=numpy.uint8)
    y, x = numpy.mgrid[0:height, 0:width]
    return palette[(x // 5 * 31 + y // 3 * 17 + (x * y) // 40) % count]


def dithered(rng, height, width):
    """Ordered dither to a few levels."""
    bayer = numpy.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]])
    threshold = numpy.tile(bayer, (height // 4 + 1, width // 4 + 1))[:height, :width]
    shades = photo(rng, height, width).astype(int) + (threshold[..., None] * 4 - 30)
    return (numpy.clip(shades, 0, 255) // 64 * 85).astype(numpy.uint8)


def posterised(rng, height, width):
    return photo(rng, height, width) // 32 * 36


def grey(rng, height, width):
    return numpy.repeat(photo(rng, height, width)[..., :1], 3, -1)


def sepia(rng, height, width):
    shades = grey(rng, height, width).astype(float)
    return (shades * [1.0, 0.85, 0.6]).astype(numpy.uint8)


KINDS = {
    "photo": photo,
    "noise": noise,
    "flat": flat,
    "few": few_colours,
    "dithered": dithered,
    "posterised": posterised,
    "grey": grey,
    "sepia": sepia,
}


def cut_out(rng, colours, soft=False, black=True):
    """Adds an alpha channel that leaves an ellipse; outside of it all is transparent, and
    black."""
    height, width = colours.shape[:2]
    y, x = numpy.mgrid[0:height, 0:width]
    distance = ((x - width / 2) / (width / 2.4 + 0.5)) ** 2 + (
        (y - height / 2) / (height / 2.4 + 0.5)
    ) ** 2
    if soft:
        alpha = numpy.clip(255 * (1.6 - distance), 0, 255).astype(numpy.uint8)
    else:
        alpha = numpy.where(distance < 1, 255, 0).astype(numpy.uint8)
    result = numpy.dstack([colours, alpha])
    if black:
        result[alpha == 0] = 0
    return result
