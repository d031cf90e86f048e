"""Draws with the model as it is while it learns, to look at."""

import numpy
import torch
from PIL import Image

STEPS = 20
GUIDANCE = 3.0
SHIFT = 3.0


@torch.no_grad()
def drawn(model, ids, nothing, seed=1):
    """Images (count, side, side, 3) as bytes for token ids: Euler's method along the
    velocity, with classifier-free guidance. nothing is the empty text's ids (1, length)."""
    count, side = len(ids), model.transformer.size.side
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, 3, side, side, generator=generator)
    levels = torch.linspace(1, 0, STEPS + 1)
    levels = SHIFT * levels / (1 + (SHIFT - 1) * levels)
    for level, after in zip(levels[:-1], levels[1:]):
        at = (level * 1000).expand(count)
        without = model(x, nothing.expand(count, -1), at)
        image = without + GUIDANCE * (model(x, ids, at) - without)
        x = x + (after - level) * (x - image) / level
    pixels = ((x.clamp(-1, 1) + 1) * 127.5).round().byte()
    return pixels.permute(0, 2, 3, 1).numpy()


def contact_sheet(images, columns, scale=2):
    """Images side by side, so many to a row."""
    rows = [
        numpy.concatenate(images[i : i + columns], 1)
        for i in range(0, len(images), columns)
    ]
    sheet = Image.fromarray(numpy.concatenate(rows, 0))
    return sheet.resize(
        (sheet.width * scale, sheet.height * scale), Image.Resampling.NEAREST
    )
