"""How scenes are drawn, and what their pixels count."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")

import numpy  # noqa: E402

from labels import label  # noqa: E402
from test_prompts import RING, SIDE, STAR, group, truth  # noqa: E402
from train import KINDS, SOLID_COUNTS, TEXTURED_COUNTS, counted, weights  # noqa: E402

ONE = truth(group(RING, (20, 100)))
DOTTED = truth(group(STAR, (20, 20)))
PAIR = truth(group(RING, (20, 64)), group(STAR, (100, 64)), relation="left of")


def test_kinds_are_drawn_in_their_shares_at_both_ends():
    for at, shares in zip((0, 1), KINDS):
        likely = weights([ONE, DOTTED, PAIR], at)
        assert likely[:2].sum().item() == pytest.approx(shares["one"])
        assert likely[2].item() == pytest.approx(shares["pair"])


def test_textures_come_more_often_in_the_end():
    begin, end = (weights([ONE, DOTTED], at) for at in (0, 1))
    assert begin[1] < 0.1 * begin[0]
    assert end[1] > end[0]


def test_pixels_of_objects_count_more():
    classes, _ = label(PAIR, 6, SIDE)
    counts = counted(torch.from_numpy(classes.reshape(1, 36, -1)), 48)
    assert counts.shape == (1, 1, 48, 48)
    assert numpy.unique(counts).tolist() == [1.0, SOLID_COUNTS, TEXTURED_COUNTS]
    assert counts[0, 0, 24, 7] == SOLID_COUNTS
    assert counts[0, 0, 24, 37] == TEXTURED_COUNTS
    assert counts[0, 0, 2, 2] == 1
