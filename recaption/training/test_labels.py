"""Patches are labelled with the objects that cover them."""

import numpy

import labels
from test_statements import ALONE, TRUTH
from vocabulary import COLORS, LAYOUTS, SHAPES


def with_radius(truth, radius):
    groups = [
        dict(group, objects=[dict(place, radius=radius) for place in group["objects"]])
        for group in truth["groups"]
    ]
    return dict(truth, groups=groups)


def test_the_patch_in_an_objects_middle_is_its_own():
    patches, offsets, image = labels.of_truth(with_radius(TRUTH, 12))
    # Pixels of 128 to patches of 8: 16 pixels each.
    shape, color, _, _, group, count = patches[20 // 16, 50 // 16]
    assert (SHAPES[shape - 1], COLORS[color], group, count) == ("cross", "red", 0, 1)
    shape, color, _, _, group, count = patches[90 // 16, 60 // 16]
    assert (SHAPES[shape - 1], COLORS[color], group, count) == ("heart", "black", 2, 0)
    numpy.testing.assert_allclose(offsets[5, 3], (60 / 16 - 3.5, 90 / 16 - 5.5))
    assert LAYOUTS[image[2]] == "pair above"
    assert image[3] == labels.IGNORED


def test_elsewhere_there_is_nothing():
    patches, _, image = labels.of_truth(with_radius(ALONE, 12))
    assert patches[0, 0].tolist() == [0] + [labels.IGNORED] * 5
    assert 4 <= (patches[..., 0] > 0).sum() <= 9
    assert image[3] == 5
